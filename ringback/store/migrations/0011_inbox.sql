-- The inbox: which view a thread stands in, who has read it, who looks at it now, what the team says of it, and search.

-- A copy of the live closure, so that each view of the inbox is one index; needed_reply_at lets "done" be undone.
alter table closures add column needed_reply_at timestamptz;
alter table threads add column closed_at timestamptz;
update threads t set closed_at = x.closed_at from closures x
    where x.business_id = t.business_id and x.thread_id = t.thread_id and x.reopened_at is null;

create function note_need() returns trigger
    language plpgsql as $$
begin
    new.needed_reply_at := (
        select needs_reply_at from threads where business_id = new.business_id and thread_id = new.thread_id);
    return new;
end
$$;
create trigger note_need before insert on closures for each row execute function note_need();

create function follow_closure() returns trigger
    language plpgsql as $$
begin
    update threads set closed_at = case when new.reopened_at is null then new.closed_at end
    where business_id = new.business_id and thread_id = new.thread_id;
    return null;
end
$$;
create trigger follow_closure after insert or update of reopened_at on closures
    for each row execute function follow_closure();

create index threads_needing_reply on threads (business_id, last_message_at desc, thread_id desc)
    where needs_reply_at is not null and not for_alerts;
create index threads_open on threads (business_id, last_message_at desc, thread_id desc)
    include (contact_id, owner_id, line_id) where needs_reply_at is null and closed_at is null and not for_alerts;
create index threads_done on threads (business_id, last_message_at desc, thread_id desc)
    where needs_reply_at is null and closed_at is not null and not for_alerts;
create index bookings_ahead on bookings (business_id, ends_at) include (contact_id) where state = 'booked';

-- What a person has read, apart from what needs a reply: opening a thread answers nobody.
create table thread_reads (
    business_id uuid not null,
    person_id   uuid not null,
    thread_id   uuid not null,
    read_at     timestamptz not null,
    primary key (business_id, person_id, thread_id),
    foreign key (business_id, thread_id) references threads
);

-- Rows end by themselves: a phone that goes into a tunnel says no goodbye.
create table presences (
    business_id  uuid not null,
    thread_id    uuid not null,
    person_id    uuid not null,
    name         text not null,
    here_until   timestamptz not null,
    typing_since timestamptz,
    typing_until timestamptz,
    primary key (business_id, thread_id, person_id),
    foreign key (business_id, thread_id) references threads
);

create table thread_notes (
    business_id uuid not null,
    note_id     uuid not null,
    thread_id   uuid not null,
    body        text not null,
    written_by  text not null,
    written_at  timestamptz not null,
    primary key (business_id, note_id),
    foreign key (business_id, thread_id) references threads
);
create index thread_notes_thread on thread_notes (business_id, thread_id, written_at desc);

-- Who was given a thread, by whom; without a person it was given back to everybody.
create table assignments (
    business_id   uuid not null,
    assignment_id uuid not null,
    thread_id     uuid not null,
    staff_id      uuid,
    assigned_by   text,
    assigned_at   timestamptz not null,
    primary key (business_id, assignment_id),
    foreign key (business_id, thread_id) references threads
);
create index assignments_thread on assignments (business_id, thread_id, assigned_at desc);

create table quick_replies (
    business_id    uuid not null references businesses,
    quick_reply_id uuid not null,
    title          text not null,
    body           text not null,
    primary key (business_id, quick_reply_id)
);
create unique index quick_replies_title on quick_replies (business_id, lower(title));

-- What the receptionist would answer while a person has the thread. It is good for the text it was made for alone.
create table suggestions (
    business_id   uuid not null,
    suggestion_id uuid not null,
    thread_id     uuid not null,
    message_id    uuid not null,
    -- Null: it has nothing to say that a person could send.
    body          text,
    why           jsonb not null,
    made_at       timestamptz not null,
    settled_at    timestamptz,
    settled_as    text check (settled_as in ('sent', 'edited', 'dropped')),
    primary key (business_id, suggestion_id),
    foreign key (business_id, thread_id) references threads
);
create unique index suggestions_message on suggestions (business_id, message_id);

-- Search. The index is shared by all businesses, so each word stands in it with the business it belongs to, and with the
-- week of the text: a word's list is as long as one business makes it in one week, and weeks are asked newest first.
-- Latin letters lose their accents: "jose" finds "José"; signs part words, or a tag or an address would be one word.
create function fold_text(p_text text) returns text
    language sql immutable parallel safe
    return translate(
        translate(lower(p_text), 'áàâäãåéèêëíìîïóòôöõúùûüñçÁÀÂÄÃÅÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÑÇ', 'aaaaaaeeeeiiiiooooouuuuncaaaaaaeeeeiiiiooooouuuunc'),
        '!"#$%&()*+,-./:;<=>?@[]^_`{|}~¿¡–—“”’''\', repeat(' ', 39));

create function words_of(p_place text, p_text text) returns text[]
    language sql immutable parallel safe
    return (
        select array_agg(p_place || ' ' || w)
        from unnest(tsvector_to_array(to_tsvector('simple'::regconfig, fold_text(p_text)))) w);

create function search_week(p_at timestamptz) returns int
    language sql immutable parallel safe
    return floor(extract(epoch from p_at at time zone 'UTC') / 604800)::int;

create function search_place(p_business uuid, p_week int) returns text
    language sql immutable parallel safe
    return right(p_business::text, 12) || ' ' || p_week;

create function message_words(p_business uuid, p_at timestamptz, p_body text) returns tsvector
    language sql immutable parallel safe
    return array_to_tsvector(coalesce(words_of(search_place(p_business, search_week(p_at)), p_body), '{}'));

-- A number is found by any run of its digits: each is the beginning of one of its ends.
create function contact_words(p_business uuid, p_name text, p_phone text) returns tsvector
    language sql immutable parallel safe
    return array_to_tsvector(
        coalesce(words_of(search_place(p_business, 0), p_name), '{}')
        || array(select search_place(p_business, 0) || ' ' || right(regexp_replace(p_phone, '\D', '', 'g'), n)
                 from generate_series(3, 15) n));

-- Every word must be there, the beginning of it is enough.
create function search_query(p_place text, p_text text) returns tsquery
    language sql immutable parallel safe
    return (
        select string_agg('''' || replace(replace(w, '\', '\\'), '''', '''''') || ''':*', ' & ')::tsquery
        from unnest(words_of(p_place, p_text)) w);

create index messages_words on messages using gin (message_words(business_id, created_at, body));
create index contacts_words on contacts using gin (contact_words(business_id, name, phone));

-- Row-level security lets no index answer "@@", which might tell of rows by its errors. So these two look as the owner,
-- in the business of the transaction alone, and give ids; the rows themselves are read under its policy.
create function find_texts(p_text text, p_limit int) returns table (thread_id uuid, message_id uuid)
    language sql stable security definer set search_path = public
    begin atomic
    select f.thread_id, f.message_id
    from (select search_week(max(t.last_message_at)) as newest, search_week(min(t.created_at)) as oldest
          from threads t where t.business_id = current_business()) span,
    lateral generate_series(span.newest, span.oldest, -1) week,
    lateral (
        select m.thread_id, m.message_id from messages m
        where m.business_id = current_business() and message_words(m.business_id, m.created_at, m.body)
            @@ search_query(search_place(current_business(), week), p_text)
        order by m.created_at desc, m.message_id desc limit p_limit) f
    limit p_limit;
end;

create function find_contacts(p_text text, p_limit int) returns table (thread_id uuid, contact_id uuid)
    language sql stable security definer set search_path = public
    begin atomic
    select t.thread_id, c.contact_id from contacts c
    join threads t on t.business_id = c.business_id and t.contact_id = c.contact_id and not t.for_alerts
    where c.business_id = current_business()
      and contact_words(c.business_id, c.name, c.phone) @@ search_query(search_place(current_business(), 0), p_text)
    order by t.last_message_at desc, t.thread_id desc limit p_limit;
end;

do $$
declare
    t text;
begin
    foreach t in array array[
        'thread_reads', 'presences', 'thread_notes', 'assignments', 'quick_replies', 'suggestions'
    ] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format(
            'create policy one_business on %I to ringback_app using (business_id = current_business()) '
            'with check (business_id = current_business())', t);
        execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    end loop;
end
$$;

grant execute on all functions in schema public to ringback_app;
