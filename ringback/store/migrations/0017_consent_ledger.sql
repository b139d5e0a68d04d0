-- The consent ledger: what each contact did, heard and refused, append-only, in one hash chain per business.
-- An entry holds the words and the number and may be forgotten one day; its link in the chain stays for ever.

create table consent_entries (
    business_id     uuid not null references businesses,
    entry_id        uuid not null default gen_random_uuid(),
    -- No foreign key: the ledger outlives a contact that was erased.
    contact_id      uuid,
    phone           text not null,
    kind            text not null check (kind in ('called', 'texted_us', 'asked', 'text_sent', 'opted_out', 'opted_in',
                                                  'suppressed', 'erased', 'disclosed', 'expired')),
    at              timestamptz not null,
    words           text,
    wording_version text,
    rule_version    text,
    source          text not null,
    line            text,
    reference       text,
    -- Without it, whoever knows a link could find an erased number by trying them all.
    salt            uuid not null default gen_random_uuid(),
    primary key (business_id, entry_id)
);
create index consent_entries_of_contact on consent_entries (business_id, contact_id, at);
create index consent_entries_by_age on consent_entries (business_id, at);
create index consent_entries_ends on consent_entries (business_id, kind, contact_id) where kind in ('erased', 'expired');

create table consent_links (
    business_id  uuid not null references businesses,
    position     bigint not null,
    entry_id     uuid not null,
    contact_id   uuid,
    kind         text not null,
    at           timestamptz not null,
    content_hash text not null,
    hash         text not null,
    primary key (business_id, position)
);
create unique index consent_links_entry on consent_links (business_id, entry_id);

-- Each field with its length in bytes before it ("4:stop,"), null as "-,": no two contents are written the same way.
create function consent_hash(p_fields text[]) returns text
    language sql immutable parallel safe
    begin atomic
    select encode(sha256(convert_to(
        string_agg(coalesce(octet_length(f) || ':' || f, '-') || ',', '' order by n), 'UTF8')), 'hex')
    from unnest(p_fields) with ordinality u(f, n);
end;

create function consent_instant(p_at timestamptz) returns text
    language sql immutable parallel safe
    return to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

-- 47 CFR 64.1200(d)(6) keeps refusals five years, Virginia has a STOP honoured for ten; ringback/domain/consent_ledger.py.
create function consent_kept_since(p_kind text, p_now timestamptz) returns timestamptz
    language sql immutable parallel safe
    return (p_now at time zone 'UTC' - case
        when p_kind in ('opted_out', 'opted_in', 'suppressed', 'erased', 'expired') then interval '10 years'
        else interval '5 years' end) at time zone 'UTC';

-- Runs at commit: all other locks are held by then, so nobody waits for a transaction that still waits for somebody,
-- and the chain is only ever held for the length of a commit.
create function link_consent() returns trigger
    language plpgsql as $$
declare
    v_last     consent_links%rowtype;
    v_content  text;
    v_position bigint;
begin
    perform set_config('app.business', new.business_id::text, true);
    perform pg_advisory_xact_lock(hashtextextended('consent ' || new.business_id, 0));
    select * into v_last from consent_links where business_id = new.business_id order by position desc limit 1;
    v_position := coalesce(v_last.position, 0) + 1;
    v_content := consent_hash(array[
        new.salt::text, new.kind, consent_instant(new.at), new.contact_id::text, new.phone, new.words,
        new.wording_version, new.rule_version, new.source, new.line, new.reference]);
    insert into consent_links (business_id, position, entry_id, contact_id, kind, at, content_hash, hash)
    values (new.business_id, v_position, new.entry_id, new.contact_id, new.kind, new.at, v_content,
            consent_hash(array[
                v_last.hash, v_position::text, new.entry_id::text, new.contact_id::text, new.kind,
                consent_instant(new.at), v_content]));
    return null;
end
$$;
create constraint trigger link_consent after insert on consent_entries
    deferrable initially deferred for each row execute function link_consent();

-- The owner of the database is refused as well: an entry changes for nobody.
create function refuse_consent_change() returns trigger
    language plpgsql as $$
begin
    -- What the ledger itself says is gone may go: the contact was erased, or the time to keep it is over.
    if tg_op = 'DELETE' and tg_table_name = 'consent_entries' then
        if exists (select from consent_entries e where e.business_id = old.business_id and e.kind = 'erased'
                   and e.contact_id = old.contact_id and e.entry_id <> old.entry_id)
           or exists (select from consent_entries e where e.business_id = old.business_id and e.kind = 'expired'
                      and consent_kept_since(old.kind, e.at) > old.at) then
            return old;
        end if;
    end if;
    raise exception 'The consent ledger is append-only: % on % is refused.', lower(tg_op), tg_table_name
        using errcode = 'restrict_violation';
end
$$;
create trigger refuse_consent_change before update or delete on consent_entries
    for each row execute function refuse_consent_change();
create trigger refuse_consent_change before update or delete on consent_links
    for each row execute function refuse_consent_change();
create trigger refuse_consent_truncate before truncate on consent_entries execute function refuse_consent_change();
create trigger refuse_consent_truncate before truncate on consent_links execute function refuse_consent_change();

-- An erasure takes the contact's number and words out of the ledger, in the transaction that notes it.
create function erase_consent_words() returns trigger
    language plpgsql as $$
begin
    delete from consent_entries
    where business_id = new.business_id and contact_id = new.contact_id and entry_id <> new.entry_id;
    return null;
end
$$;
create trigger erase_consent_words after insert on consent_entries
    for each row when (new.kind = 'erased' and new.contact_id is not null) execute function erase_consent_words();

-- Forgets what has been kept long enough, and says in the chain that it did; returns how many entries went.
create function expire_consent(p_business uuid, p_most int, p_now timestamptz) returns int
    language plpgsql as $$
declare
    v_due uuid[];
begin
    select array_agg(entry_id) into v_due from (
        select entry_id from consent_entries e
        where e.business_id = p_business and e.at < consent_kept_since('called', p_now)
          and e.at < consent_kept_since(e.kind, p_now)
        order by e.at limit p_most) due;
    if v_due is null then
        return 0;
    end if;
    insert into consent_entries (business_id, phone, kind, at, words, source)
    values (p_business, '', 'expired', p_now, cardinality(v_due)::text, 'retention');
    delete from consent_entries where business_id = p_business and entry_id = any(v_due);
    return cardinality(v_due);
end
$$;

-- What writes the ledger: the rows that already tell of it. Nothing can be done to a contact beside it, and no hot
-- step makes another round trip.

alter table messages add column wording_version text, add column rule_version text;

-- A call with its outcome, once it is decided; nobody knows whose a withheld number was.
create function ledger_call() returns trigger
    language plpgsql as $$
begin
    insert into consent_entries (business_id, contact_id, phone, kind, at, words, source, line, reference)
    select c.business_id, c.contact_id, k.phone, 'called', c.started_at, new.outcome, 'call', l.number,
           c.provider_call_id
    from calls c join contacts k using (business_id, contact_id) join lines l using (business_id, line_id)
    where c.business_id = new.business_id and c.call_id = new.call_id;
    return null;
end
$$;
create trigger ledger_call after insert on text_backs for each row execute function ledger_call();

-- Texts between staff and us (alerts, and the answers to them) are no dealings with a contact.
create function ledger_text() returns trigger
    language plpgsql as $$
declare
    v_is_sent  boolean := new.direction = 'out';
    -- What people and the receptionist write to one contact stays in its thread; the ledger keeps standing words.
    v_standing boolean := new.purpose not in ('reply', 'receptionist', 'inbound');
begin
    insert into consent_entries
        (business_id, contact_id, phone, kind, at, words, wording_version, rule_version, source, line, reference)
    select new.business_id, t.contact_id, k.phone, case when v_is_sent then 'text_sent' else 'texted_us' end,
           case when v_is_sent then coalesce(new.sending_at, new.settled_at, new.created_at) else new.created_at end,
           case when v_standing then new.body end,
           coalesce(new.wording_version,
                    case when v_standing then new.purpose || '@' || left(consent_hash(array[new.body]), 12) end),
           new.rule_version, case when v_is_sent then new.purpose else 'text' end, l.number, new.provider_message_id
    from threads t join contacts k using (business_id, contact_id)
        left join lines l on l.business_id = new.business_id and l.line_id = new.line_id
    where t.business_id = new.business_id and t.thread_id = new.thread_id and (v_is_sent or not t.for_alerts);
    return null;
end
$$;
create trigger ledger_text_in after insert on messages
    for each row when (new.direction = 'in') execute function ledger_text();
create trigger ledger_text_out after update of state on messages
    for each row when (new.direction = 'out' and new.purpose <> 'alert' and new.state = 'accepted'
                       and old.state <> 'accepted') execute function ledger_text();

create function ledger_opt_out() returns trigger
    language plpgsql as $$
declare
    v_ended boolean := tg_op = 'UPDATE';
begin
    insert into consent_entries (business_id, contact_id, phone, kind, at, words, source, line)
    select new.business_id, new.contact_id, k.phone, case when v_ended then 'opted_in' else 'opted_out' end,
           case when v_ended then new.ended_at else new.opted_out_at end,
           case when v_ended then new.ended_how else new.words end,
           case when v_ended then 'keyword' else new.source end, l.number
    from contacts k left join lines l on l.business_id = new.business_id and l.line_id = new.line_id
    where k.business_id = new.business_id and k.contact_id = new.contact_id;
    return null;
end
$$;
create trigger ledger_opt_out after insert on opt_outs for each row execute function ledger_opt_out();
create trigger ledger_opt_in after update of ended_at on opt_outs
    for each row when (old.ended_at is null and new.ended_at is not null) execute function ledger_opt_out();

create function ledger_mark() returns trigger
    language plpgsql as $$
begin
    insert into consent_entries (business_id, contact_id, phone, kind, at, words, source)
    select new.business_id, new.contact_id, k.phone, 'suppressed', new.made_at,
           new.kind || case when new.why = '' then '' else ': ' || new.why end, new.made_by
    from contacts k where k.business_id = new.business_id and k.contact_id = new.contact_id;
    return null;
end
$$;
-- That a number cannot get texts is no wish of its owner.
create trigger ledger_mark after insert on contact_marks
    for each row when (new.kind <> 'untextable') execute function ledger_mark();

-- Whoever books on the page leaves a number for texts about that booking.
create function ledger_booking() returns trigger
    language plpgsql as $$
begin
    insert into consent_entries (business_id, contact_id, phone, kind, at, source, reference)
    select new.business_id, new.contact_id, k.phone, 'asked', new.changed_at, 'booking_page', new.booking_id::text
    from contacts k where k.business_id = new.business_id and k.contact_id = new.contact_id;
    return null;
end
$$;
create trigger ledger_booking after insert on bookings
    for each row when (new.made_by = 'page' and new.state = 'booked') execute function ledger_booking();
create trigger ledger_booking_kept after update of state on bookings
    for each row when (new.made_by = 'page' and old.state = 'held' and new.state = 'booked')
    execute function ledger_booking();

-- As in 0006, with the versions of the wording and of the rules that a text was written under.
create or replace function add_message(
    p_business uuid, p_thread uuid, p_line uuid, p_message jsonb, p_now timestamptz) returns boolean
    language plpgsql as $$
begin
    insert into messages
        (business_id, message_id, thread_id, line_id, direction, author, purpose, written_by, body, segments, state,
         provider, provider_message_id, created_at, send_at, expires_at, turn_id, wording_version, rule_version)
    values (
        p_business, (p_message->>'message_id')::uuid, p_thread, p_line, p_message->>'direction',
        p_message->>'author', p_message->>'purpose', p_message->>'written_by', p_message->>'body',
        (p_message->>'segments')::int, p_message->>'state', p_message->>'provider',
        p_message->>'provider_message_id', p_now, coalesce((p_message->>'send_at')::timestamptz, p_now),
        (p_message->>'expires_at')::timestamptz, (p_message->>'turn_id')::uuid, p_message->>'wording_version',
        p_message->>'rule_version')
    on conflict do nothing;
    if not found then
        return false;
    end if;
    update threads set last_message_at = p_now, preview = left(p_message->>'body', 120)
    where business_id = p_business and thread_id = p_thread;
    if p_message->>'state' = 'intended' then
        perform enqueue_job(
            'deliver', jsonb_build_object('business', p_business, 'message', p_message->>'message_id'),
            greatest((p_message->>'send_at')::timestamptz - p_now, interval '0'));
    end if;
    perform note_change(p_business, 'thread', p_thread, p_now);
    return true;
end
$$;

-- Opts a contact out on every line and drops every text that is still with us; false where that stood already.
create function opt_out_contact(
    p_business uuid, p_contact uuid, p_opt_out jsonb, p_why text, p_now timestamptz) returns boolean
    language plpgsql as $$
declare
    v_is_new boolean;
    v_told   bigint;
begin
    -- Said again, it stands from the later instant on: a START sent in between must not end it.
    insert into opt_outs as o (business_id, opt_out_id, contact_id, line_id, source, words, opted_out_at)
    values (p_business, (p_opt_out->>'opt_out_id')::uuid, p_contact, (p_opt_out->>'line_id')::uuid,
            p_opt_out->>'source', p_opt_out->>'words', (p_opt_out->>'said_at')::timestamptz)
    on conflict (business_id, contact_id) where ended_at is null
        do update set opted_out_at = greatest(o.opted_out_at, excluded.opted_out_at)
    returning xmax = 0 into v_is_new;
    -- A text marked `sending` may be out already. Only the confirmation of this opt-out may still leave, and it is not
    -- written yet where the opt-out is new: the answer to an earlier START must not come after it.
    with dropped as (
        update messages m set state = 'dropped', error_kind = 'opted_out', settled_at = p_now from threads t
        where t.business_id = p_business and t.contact_id = p_contact and m.business_id = p_business
          and m.thread_id = t.thread_id and m.state = 'intended' and (v_is_new or m.purpose <> 'keyword_answer')
        returning m.message_id),
    skipped as (
        update text_backs b set decision = 'skip', reason = 'opted_out', why = p_why from dropped d
        where b.business_id = p_business and b.message_id = d.message_id returning b.call_id)
    select count(note_change(p_business, 'call', call_id, p_now)) into v_told from skipped;
    if v_is_new then
        perform expire_keyword_answers(p_business, p_contact, p_now);
    end if;
    return v_is_new;
end
$$;

-- An answer to a keyword that was overtaken by another one: should its hand-over fail, it must not be tried again.
create function expire_keyword_answers(p_business uuid, p_contact uuid, p_now timestamptz) returns void
    language sql
    begin atomic
    update messages m set expires_at = p_now from threads t
    where t.business_id = p_business and t.contact_id = p_contact and m.business_id = p_business
      and m.thread_id = t.thread_id and m.state in ('intended', 'sending', 'uncertain')
      and m.purpose = 'keyword_answer';
end;

-- Ends an opt-out that is older than the START; what confirmed it is overtaken. False where there was none.
create function opt_in_contact(p_business uuid, p_contact uuid, p_how text, p_said timestamptz) returns boolean
    language plpgsql as $$
begin
    update opt_outs set ended_at = p_said, ended_how = p_how
    where business_id = p_business and contact_id = p_contact and ended_at is null and opted_out_at <= p_said;
    if not found then
        return false;
    end if;
    perform expire_keyword_answers(p_business, p_contact, p_said);
    return true;
end
$$;

do $$
declare
    t text;
begin
    foreach t in array array['consent_entries', 'consent_links'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format(
            'create policy one_business on %I to ringback_app using (business_id = current_business()) '
            'with check (business_id = current_business())', t);
        execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    end loop;
end
$$;
revoke update on consent_entries from ringback_app;
revoke update, delete on consent_links from ringback_app;
grant execute on all functions in schema public to ringback_app;

-- Opt-outs from before the ledger belong into it.
insert into consent_entries (business_id, contact_id, phone, kind, at, words, source, line)
select o.business_id, o.contact_id, k.phone, 'opted_out', o.opted_out_at, o.words, o.source, l.number
from opt_outs o join contacts k using (business_id, contact_id) left join lines l using (business_id, line_id)
order by o.opted_out_at;
