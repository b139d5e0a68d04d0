-- The dialog: what the receptionist remembers of a thread, its turns, and what follows from them.

-- Wider than before, so no row can break the new checks: "not valid" spares reading the whole table under its lock.
alter table messages
    drop constraint messages_purpose_check,
    add constraint messages_purpose_check check (purpose in
        ('inbound', 'text_back', 'reply', 'keyword_answer', 'receptionist', 'booking', 'reminder', 'follow_up', 'alert'))
        not valid,
    -- The turn that read this text (inbound), or that wrote it: one text is read by one turn, or by none.
    add column turn_id uuid,
    -- Still to be read by a turn. Cleared by the turn, or where a person has taken over.
    add column unheard boolean not null default false;
create index messages_unheard on messages (created_at) where unheard;
create index messages_to_hear on messages (business_id, thread_id) where unheard;
alter table messages add check (not unheard or direction = 'in') not valid;

alter table opt_outs
    drop constraint opt_outs_source_check,
    add constraint opt_outs_source_check check (source in ('keyword', 'carrier', 'carrier_error', 'staff', 'words'))
        not valid;

-- Alerts to a staff phone and their answers are a thread too, so that they are delivered like every text; it is
-- nobody's conversation, and the inbox leaves it out.
alter table threads add column for_alerts boolean not null default false;

create table dialogs (
    business_id  uuid not null references businesses,
    thread_id    uuid not null,
    -- Empty until the first turn: a person may have taken the thread before it.
    state        jsonb not null,
    language     text,
    started_at   timestamptz not null,
    last_turn_at timestamptz,
    follow_up_at timestamptz,
    paused_at    timestamptz,
    paused_by    text,
    primary key (business_id, thread_id),
    foreign key (business_id, thread_id) references threads
);
create index dialogs_to_follow_up on dialogs (follow_up_at) where follow_up_at is not null;

-- Conversations that a person is in when the receptionist arrives stay theirs, as if they had written after it.
insert into dialogs (business_id, thread_id, state, started_at, paused_at, paused_by)
select distinct on (business_id, thread_id) business_id, thread_id, '{}', created_at, created_at,
       coalesce(written_by, 'staff')
from messages where purpose = 'reply' and created_at > now() - interval '7 days'
order by business_id, thread_id, created_at desc;

create table turns (
    business_id  uuid not null references businesses,
    turn_id      uuid not null,
    thread_id    uuid not null,
    at           timestamptz not null,
    happened     text not null,
    heard        uuid[] not null,
    said         uuid[] not null,
    actions      jsonb not null,
    why          jsonb not null,
    state_before jsonb,
    state_after  jsonb not null,
    primary key (business_id, turn_id),
    foreign key (business_id, thread_id) references threads
);
create index turns_thread on turns (business_id, thread_id, turn_id desc);

create table handoffs (
    business_id uuid not null references businesses,
    handoff_id  uuid not null,
    thread_id   uuid not null,
    kind        text not null,
    summary     text not null,
    handed_at   timestamptz not null,
    taken_at    timestamptz,
    taken_by    text,
    primary key (business_id, handoff_id),
    foreign key (business_id, thread_id) references threads
);
create index handoffs_thread on handoffs (business_id, thread_id, handoff_id desc);
create index handoffs_open on handoffs (business_id, thread_id) where taken_at is null;

create table promises (
    business_id  uuid not null references businesses,
    promise_id   uuid not null,
    thread_id    uuid not null,
    -- The task that the pages show: done there is done here.
    call_back_id uuid not null,
    about        text not null,
    owner        text,
    made_at      timestamptz not null,
    due_at       timestamptz not null,
    warned_at    timestamptz,
    done_at      timestamptz,
    done_by      text,
    primary key (business_id, promise_id),
    foreign key (business_id, thread_id) references threads,
    foreign key (business_id, call_back_id) references call_backs
);
create index promises_due on promises (due_at) where done_at is null and warned_at is null;
create index promises_call_back on promises (business_id, call_back_id) where done_at is null;
create index promises_open on promises (business_id, due_at) where done_at is null;

create table gaps (
    business_id uuid not null references businesses,
    gap_id      uuid not null,
    question    text not null,
    thread_id   uuid not null,
    times       int not null default 1,
    asked_at    timestamptz not null,
    last_at     timestamptz not null,
    answered_at timestamptz,
    answered_by text,
    primary key (business_id, gap_id),
    foreign key (business_id, thread_id) references threads
);
create unique index gaps_open on gaps (business_id, lower(question)) where answered_at is null;

create table alerts (
    business_id     uuid not null references businesses,
    alert_id        uuid not null,
    thread_id       uuid not null,
    words           text not null,
    address         text,
    fee_agreed      boolean,
    raised_at       timestamptz not null,
    rounds          int not null default 0,
    next_at         timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by text,
    eta_minutes     int,
    primary key (business_id, alert_id),
    foreign key (business_id, thread_id) references threads
);
create index alerts_due on alerts (next_at) where acknowledged_at is null and next_at is not null;
-- One emergency at a time in a thread: what the caller adds to it does not start the ladder again.
create unique index alerts_live on alerts (business_id, thread_id) where acknowledged_at is null;
create index alerts_thread on alerts (business_id, thread_id, raised_at desc);

create table alert_texts (
    business_id uuid not null references businesses,
    message_id  uuid not null,
    alert_id    uuid not null,
    phone       text not null,
    round       int not null,
    sent_at     timestamptz not null,
    -- This phone has said something to it: what it says later may be about something else.
    answered_at timestamptz,
    primary key (business_id, message_id),
    foreign key (business_id, alert_id) references alerts
);
create index alert_texts_phone on alert_texts (business_id, phone, sent_at desc);

create table quotes (
    business_id  uuid not null references businesses,
    quote_id     uuid not null,
    thread_id    uuid not null,
    service      text,
    details      jsonb not null,
    requested_at timestamptz not null,
    sent_at      timestamptz,
    sent_by      text,
    accepted_at  timestamptz,
    primary key (business_id, quote_id),
    foreign key (business_id, thread_id) references threads
);
create index quotes_open on quotes (business_id, requested_at) where accepted_at is null;
create index quotes_thread on quotes (business_id, thread_id);

-- The reminder of a booking for one start: due_at is empty when it has been written, or when there is none to be.
create table reminders (
    business_id uuid not null references businesses,
    booking_id  uuid not null,
    starts_at   timestamptz not null,
    due_at      timestamptz,
    message_id  uuid,
    primary key (business_id, booking_id)
);
create index reminders_due on reminders (due_at) where due_at is not null;
create index reminders_message on reminders (business_id, message_id) where message_id is not null;

do $$
declare
    t text;
begin
    foreach t in array array[
        'dialogs', 'turns', 'handoffs', 'promises', 'gaps', 'alerts', 'alert_texts', 'quotes', 'reminders'
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

-- As in 0003, with the turn that wrote the text or is to read it.
create or replace function add_message(
    p_business uuid, p_thread uuid, p_line uuid, p_message jsonb, p_now timestamptz) returns boolean
    language plpgsql as $$
begin
    insert into messages
        (business_id, message_id, thread_id, line_id, direction, author, purpose, written_by, body, segments, state,
         provider, provider_message_id, created_at, send_at, expires_at, turn_id)
    values (
        p_business, (p_message->>'message_id')::uuid, p_thread, p_line, p_message->>'direction',
        p_message->>'author', p_message->>'purpose', p_message->>'written_by', p_message->>'body',
        (p_message->>'segments')::int, p_message->>'state', p_message->>'provider',
        p_message->>'provider_message_id', p_now, coalesce((p_message->>'send_at')::timestamptz, p_now),
        (p_message->>'expires_at')::timestamptz, (p_message->>'turn_id')::uuid)
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

-- A text waits for the receptionist: mark it, and see to it that a job will come by. Called while the thread's row is
-- locked, so a turn whose job is already taken either sees the text or has ended, and is no longer "queued".
create function await_turn(p_business uuid, p_thread uuid, p_message uuid, p_seconds float8) returns void
    language plpgsql as $$
declare
    v_payload jsonb := jsonb_build_object('business', p_business, 'thread', p_thread);
begin
    update messages set unheard = true where business_id = p_business and message_id = p_message;
    if found and not exists (
        select from jobs.pgqueuer
        where md5(payload) = md5(convert_to(v_payload::text, 'UTF8')) and entrypoint = 'take_turn'
          and status = 'queued') then
        perform enqueue_job('take_turn', v_payload, make_interval(secs => p_seconds), 50);
    end if;
end
$$;

-- Everything a turn rests on, with the contact and the thread locked in the order that decisions about calls lock them.
create function load_turn(p_business uuid, p_thread uuid, p_now timestamptz) returns jsonb
    language plpgsql as $$
declare
    v_thread  threads%rowtype;
    v_contact uuid;
begin
    perform set_config('app.business', p_business::text, true);
    select contact_id into v_contact from threads where business_id = p_business and thread_id = p_thread;
    if v_contact is null then
        return null;
    end if;
    perform from contacts where business_id = p_business and contact_id = v_contact for no key update;
    select * into v_thread from threads where business_id = p_business and thread_id = p_thread for no key update;
    return jsonb_build_object(
        'thread_id', p_thread,
        'contact_id', v_contact,
        'line_id', v_thread.line_id,
        'for_alerts', v_thread.for_alerts,
        'version', (select version from businesses where business_id = p_business),
        'contact', contact_standing(p_business, v_contact),
        'known', exists (
            select from bookings b where b.business_id = p_business and b.contact_id = v_contact
                                     and b.state in ('booked', 'done', 'no_show')),
        'has_bookings', exists (
            select from bookings b where b.business_id = p_business and b.contact_id = v_contact
                                     and b.state = 'booked' and b.ends_at > p_now),
        'dialog', (select to_jsonb(d) from dialogs d where d.business_id = p_business and d.thread_id = p_thread),
        'unheard', (
            select coalesce(jsonb_agg(jsonb_build_object(
                'message_id', m.message_id, 'body', m.body, 'at', m.created_at,
                'pictures', (select count(*) from pictures p
                             where p.business_id = m.business_id and p.message_id = m.message_id))
                order by m.created_at, m.message_id), '[]')
            from messages m where m.business_id = p_business and m.thread_id = p_thread and m.unheard),
        'to_confirm', (
            select r.booking_id from reminders r where r.business_id = p_business and r.message_id = (
                select m.message_id from messages m
                where m.business_id = p_business and m.thread_id = p_thread and m.direction = 'out'
                  and m.state <> 'dropped'
                order by m.created_at desc, m.message_id desc limit 1)));
end
$$;

-- Writes one turn: the state, the texts read and said, and whether the thread needs a person ('yes', 'no', 'kept').
create function save_turn(p_business uuid, p_thread uuid, p_turn jsonb, p_messages jsonb, p_now timestamptz)
    returns void
    language plpgsql as $$
declare
    v_line    uuid;
    v_message jsonb;
    v_handed  boolean := exists (
        select from handoffs where business_id = p_business and thread_id = p_thread and taken_at is null);
    v_heard_from timestamptz := coalesce((
        select min(created_at) from messages
        where business_id = p_business and message_id in (select jsonb_array_elements_text(p_turn->'heard')::uuid)),
        '-infinity');
begin
    insert into turns (business_id, turn_id, thread_id, at, happened, heard, said, actions, why, state_before, state_after)
    values (
        p_business, (p_turn->>'turn_id')::uuid, p_thread, p_now, p_turn->>'happened',
        array(select jsonb_array_elements_text(p_turn->'heard')::uuid),
        array(select (m->>'message_id')::uuid from jsonb_array_elements(p_messages) m),
        p_turn->'actions', p_turn->'why', nullif(p_turn->'state_before', 'null'), p_turn->'state_after');
    update messages set unheard = false, turn_id = (p_turn->>'turn_id')::uuid
    where business_id = p_business and message_id in (select jsonb_array_elements_text(p_turn->'heard')::uuid);
    insert into dialogs as d
        (business_id, thread_id, state, language, started_at, last_turn_at, follow_up_at, paused_at, paused_by)
    values (
        p_business, p_thread, p_turn->'state_after', p_turn->'state_after'->>'language', p_now, p_now,
        (p_turn->>'follow_up_at')::timestamptz, (p_turn->>'paused_at')::timestamptz, p_turn->>'paused_by')
    on conflict (business_id, thread_id) do update set
        state = excluded.state, language = excluded.language, last_turn_at = excluded.last_turn_at,
        follow_up_at = excluded.follow_up_at, paused_at = excluded.paused_at, paused_by = excluded.paused_by;
    update threads set
        needs_reply_at = case
            when p_turn->>'needs_person' = 'yes' then coalesce(needs_reply_at, p_now)
            -- Answered; but what was handed over before, or waits since before these texts, still needs its person.
            when p_turn->>'needs_person' = 'no' and not v_handed and needs_reply_at >= v_heard_from then null
            else needs_reply_at end,
        urgent_at = case when (p_turn->>'urgent')::boolean then coalesce(urgent_at, p_now) else urgent_at end
    where business_id = p_business and thread_id = p_thread returning line_id into v_line;
    for v_message in select * from jsonb_array_elements(p_messages) loop
        perform add_message(p_business, p_thread, v_line, v_message, p_now);
    end loop;
    if p_turn->>'closure_id' is not null and not v_handed then
        insert into closures (business_id, closure_id, thread_id, closed_at, closed_by)
        values (p_business, (p_turn->>'closure_id')::uuid, p_thread, p_now, 'receptionist') on conflict do nothing;
    end if;
    perform note_change(p_business, 'thread', p_thread, p_now);
end
$$;

-- A person speaks, or the contact wants no more: what the receptionist had still to say or to read is taken back.
-- Returns when that was written: a booking made in the same turn has not been told to anybody.
create function silence_receptionist(p_business uuid, p_thread uuid, p_by text, p_reason text, p_now timestamptz)
    returns timestamptz[]
    language plpgsql as $$
declare
    v_unsaid timestamptz[];
begin
    with m as (
        update messages set state = 'dropped', error_kind = p_reason, settled_at = p_now
        where business_id = p_business and thread_id = p_thread and state = 'intended'
          and purpose in ('receptionist', 'follow_up') returning created_at)
    select array_agg(created_at) into v_unsaid from m;
    update messages set unheard = false where business_id = p_business and thread_id = p_thread and unheard;
    insert into dialogs as d (business_id, thread_id, state, started_at, paused_at, paused_by)
    values (p_business, p_thread, '{}', p_now, p_now, p_by)
    on conflict (business_id, thread_id) do update set
        -- A thread that a person has stays theirs after a STOP and a START.
        paused_at = case when p_reason = 'person_wrote' or d.paused_at is null then p_now else d.paused_at end,
        paused_by = case when p_reason = 'person_wrote' or d.paused_at is null then p_by else d.paused_by end,
        follow_up_at = null;
    update handoffs set taken_at = p_now, taken_by = p_by
    where business_id = p_business and thread_id = p_thread and taken_at is null and p_reason = 'person_wrote';
    perform note_change(p_business, 'thread', p_thread, p_now);
    return coalesce(v_unsaid, '{}');
end
$$;

-- As in 0003, with whether a person has written since.
create or replace function load_delivery(p_business uuid, p_message uuid, p_now timestamptz) returns jsonb
    language plpgsql as $$
declare
    v_message messages%rowtype;
    v_contact uuid;
    v_phone   text;
    v_call    timestamptz;
begin
    perform set_config('app.business', p_business::text, true);
    select * into v_message from messages where business_id = p_business and message_id = p_message for update;
    select t.contact_id, c.phone into v_contact, v_phone from threads t
        join contacts c on c.business_id = t.business_id and c.contact_id = t.contact_id
        where t.business_id = p_business and t.thread_id = v_message.thread_id;
    select c.started_at into v_call from text_backs b
        join calls c on c.business_id = b.business_id and c.call_id = b.call_id
        where b.business_id = p_business and b.message_id = p_message and v_message.purpose = 'text_back';
    return jsonb_build_object(
        'message', to_jsonb(v_message),
        'contact_id', v_contact,
        'version', (select version from businesses where business_id = p_business),
        'contact', contact_standing(p_business, v_contact),
        'unread_text', exists (
            select from inbound_events e
            where e.business_id = p_business and e.sender = v_phone and e.handled_at is null and e.kind = 'message'),
        'answered_since', (
            select max(c.started_at) from calls c
            where c.business_id = p_business and c.contact_id = v_contact and c.started_at >= v_call
              and c.outcome like 'answered%'),
        'called_back_at', (
            select max(b.done_at) from call_backs b
            where b.business_id = p_business and b.contact_id = v_contact and b.done_at > v_call),
        'wrote_at', (
            select t.last_inbound_at from threads t
            where t.business_id = p_business and t.contact_id = v_contact and t.last_inbound_at > v_call),
        'ringing_since', (
            select min(c.started_at) from calls c
            where c.business_id = p_business and c.contact_id = v_contact and c.started_at > v_call
              -- As long as a call can last: one answered without a whisper is only known to be so when it ends.
              and c.outcome is null and c.started_at > p_now - interval '4 hours'),
        'person_wrote', v_message.purpose in ('receptionist', 'follow_up') and exists (
            select from messages m
            where m.business_id = p_business and m.thread_id = v_message.thread_id and m.purpose = 'reply'
              and m.created_at > v_message.created_at));
end
$$;

-- What is due by our clock, over all businesses, as ids: `kind` is the entrypoint that sees to it.
create function due_dialog_work(p_now timestamptz, p_stuck_before timestamptz)
    returns table (business_id uuid, subject uuid, kind text)
    language sql stable security definer set search_path = public
    begin atomic
    (select distinct m.business_id, m.thread_id as subject, 'take_turn'::text as kind from messages m
     where m.unheard and m.created_at < p_stuck_before
       and not has_job('take_turn', jsonb_build_object('business', m.business_id, 'thread', m.thread_id))
     limit 1000)
    union all
    (select d.business_id, d.thread_id as subject, 'follow_up'::text as kind from dialogs d
     where d.follow_up_at <= p_now
       and not has_job('follow_up', jsonb_build_object('business', d.business_id, 'thread', d.thread_id))
     limit 1000)
    union all
    (select p.business_id, p.promise_id as subject, 'warn_of_promise'::text as kind from promises p
     where p.due_at <= p_now and p.done_at is null and p.warned_at is null
       and not has_job('warn_of_promise', jsonb_build_object('business', p.business_id, 'promise', p.promise_id))
     limit 1000)
    union all
    (select a.business_id, a.alert_id as subject, 'alert_on_call'::text as kind from alerts a
     where a.next_at <= p_now and a.acknowledged_at is null
       and not has_job('alert_on_call', jsonb_build_object('business', a.business_id, 'alert', a.alert_id))
     limit 1000)
    union all
    (select r.business_id, r.booking_id as subject, 'remind'::text as kind from reminders r
     where r.due_at <= p_now
       and not has_job('remind', jsonb_build_object('business', r.business_id, 'booking', r.booking_id))
     limit 1000);
end;

-- Holds that ran out stand in nobody's way; long after, they are only rows.
create function forget_spent_holds(p_before timestamptz) returns void
    language sql security definer set search_path = public
    begin atomic
    delete from bookings where state = 'held' and held_until < p_before;
end;

-- Whoever makes, moves or cancels a booking (the receptionist, a page, staff), its texts follow from here.
create function follow_booking() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.state = new.state and old.starts_at = new.starts_at then
        return null;
    end if;
    update reminders r set due_at = null where r.business_id = new.business_id and r.booking_id = new.booking_id;
    update messages m set state = 'dropped', error_kind = 'booking_changed', settled_at = new.changed_at
    from reminders r
    where r.business_id = new.business_id and r.booking_id = new.booking_id and m.business_id = new.business_id
      and m.message_id = r.message_id and m.state = 'intended';
    if new.state = 'booked' then
        perform enqueue_job('plan_reminder', jsonb_build_object('business', new.business_id, 'booking', new.booking_id));
    end if;
    if tg_op = 'UPDATE' then
        perform enqueue_job('offer_opening', jsonb_build_object('business', new.business_id, 'booking', new.booking_id));
    end if;
    return null;
end
$$;
create trigger follow_booking after insert or update of state, starts_at on bookings
    for each row when (new.state in ('booked', 'cancelled')) execute function follow_booking();

grant execute on all functions in schema public to ringback_app;
