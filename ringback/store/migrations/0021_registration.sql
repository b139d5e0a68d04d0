-- Registration with the carriers: what the phone company says of a line, how far the owner is, and what the public
-- pages said when.

-- One row per line, beside its own `registration`, which is the owner's word.
create table line_registrations (
    business_id  uuid not null references businesses,
    line_id      uuid not null,
    -- What the phone company said last; null while it has said nothing yet.
    word         text check (word in ('approved', 'pending', 'rejected', 'missing')),
    detail       text not null default '',
    answered_at  timestamptz,
    -- The last try, and why it brought no answer.
    asked_at     timestamptz,
    trouble      text,
    -- Carriers refused a text as unregistered; what was sent before `lifted_at` says nothing any more.
    refused_at   timestamptz,
    refused_code text not null default '',
    lifted_at    timestamptz,
    primary key (business_id, line_id),
    foreign key (business_id, line_id) references lines
);
create index line_registrations_refused on line_registrations (refused_at) where refused_at is not null;
create index lines_to_look_up_index on lines (business_id, line_id)
    where ended_at is null and registration in ('unknown', 'pending');

-- What the owner told the registration helper, and what their public pages say beside what we know.
create table registrations (
    business_id    uuid primary key references businesses,
    has_tax_number boolean,
    is_company     boolean,
    pages_on       boolean not null default true,
    legal_name     text not null default '',
    email          text not null default '',
    website        text not null default '',
    own_words      text not null default '',
    own_words_es   text not null default '',
    -- The greeting says that a missed caller gets one text.
    plays_line     boolean not null default false,
    changed_at     timestamptz not null
);

create table registration_ticks (
    business_id uuid not null references businesses,
    step        text not null,
    ticked_at   timestamptz not null,
    who         text not null,
    primary key (business_id, step)
);

-- Every version of a public page that somebody could have read: the consent of that day rests on it.
create table page_versions (
    business_id    uuid not null references businesses,
    page           text not null,
    language       text not null,
    version        text not null,
    words          text not null,
    first_shown_at timestamptz not null,
    primary key (business_id, page, language, version)
);
create index page_versions_newest on page_versions (business_id, page, language, first_shown_at desc);

do $$
declare
    t text;
begin
    foreach t in array array['line_registrations', 'registrations', 'registration_ticks', 'page_versions'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format(
            'create policy one_business on %I to ringback_app using (business_id = current_business()) '
            'with check (business_id = current_business())', t);
        execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    end loop;
end
$$;

-- Lines whose registration is not settled and which nobody has asked about since `p_before`. Right after a refusal the
-- phone company often still says "approved", so that look-up waits until `p_refused_before`.
create function lines_to_look_up(p_before timestamptz, p_refused_before timestamptz)
    returns table (business_id uuid, line_id uuid)
    language sql stable security definer set search_path = public
    begin atomic
    select l.business_id, l.line_id from lines l left join line_registrations r using (business_id, line_id)
    where l.ended_at is null and l.registration in ('unknown', 'pending') and l.number like '+1%'
        and (r.asked_at is null or r.asked_at < p_before) and (r.refused_at is null or r.refused_at < p_refused_before)
    union all
    select r.business_id, r.line_id from line_registrations r join lines l using (business_id, line_id)
    where r.refused_at < p_refused_before and (r.asked_at is null or r.asked_at < p_before)
        and l.ended_at is null and l.registration not in ('unknown', 'pending')
    limit 1000;
end;
