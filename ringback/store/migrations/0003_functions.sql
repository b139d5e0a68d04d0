-- The hot steps, one round trip each. Every function takes the business first and sets it for its transaction.

create function enqueue_job(p_entrypoint text, p_payload jsonb, p_delay interval default '0', p_priority int default 0)
    returns void
    language sql
    -- A body in quotes is bound when it runs: the job tables may be altered by their library's own upgrades.
    as $$
    insert into jobs.pgqueuer (priority, status, entrypoint, payload, execute_after)
    values (p_priority, 'queued', p_entrypoint, convert_to(p_payload::text, 'UTF8'), now() + p_delay);
$$;

-- Whether a thing has a job already, be it that it waits, runs or is parked.
create function has_job(p_entrypoint text, p_payload jsonb) returns boolean
    language sql stable as $$
    select exists (
        select from jobs.pgqueuer
        where md5(payload) = md5(convert_to(p_payload::text, 'UTF8')) and entrypoint = p_entrypoint
          and status in ('queued', 'picked', 'failed'));
$$;

-- For work that looks for what got stuck: one job for a thing at a time.
create function enqueue_missing_job(p_entrypoint text, p_payload jsonb) returns boolean
    language plpgsql as $$
begin
    if has_job(p_entrypoint, p_payload) then
        return false;
    end if;
    perform enqueue_job(p_entrypoint, p_payload);
    return true;
end
$$;

-- Every call of this comes with a job's notification in the same transaction, so one more costs little.
create function note_change(p_business uuid, p_kind text, p_subject uuid, p_now timestamptz) returns void
    language sql
    begin atomic
    insert into changes (business_id, kind, subject, at) values (p_business, p_kind, p_subject, p_now);
    select pg_notify('ringback_changes', p_business::text);
end;

create function find_or_create_contact(p_business uuid, p_contact uuid, p_phone text, p_now timestamptz) returns uuid
    language plpgsql as $$
declare
    v_contact uuid;
begin
    select contact_id into v_contact from contacts where business_id = p_business and phone = p_phone;
    if v_contact is null then
        insert into contacts (business_id, contact_id, phone, created_at) values (p_business, p_contact, p_phone, p_now)
        on conflict (business_id, phone) do update set phone = excluded.phone
        returning contact_id into v_contact;
    end if;
    return v_contact;
end
$$;

-- The row lock taken by "on conflict do update" makes the second of two racing writers wait and find the first's row.
create function find_or_create_thread(p_business uuid, p_thread uuid, p_contact uuid, p_line uuid, p_now timestamptz)
    returns uuid
    language plpgsql as $$
declare
    v_thread uuid;
begin
    insert into threads (business_id, thread_id, contact_id, line_id, created_at, last_message_at)
    values (p_business, p_thread, p_contact, p_line, p_now, p_now)
    on conflict (business_id, contact_id) do update set line_id = excluded.line_id
    returning thread_id into v_thread;
    return v_thread;
end
$$;

create function receive_call_event(
    p_business uuid, p_line uuid, p_provider text, p_key text, p_subject text, p_event jsonb, p_raw jsonb,
    p_ids uuid[], p_phone text, p_plan text, p_day text, p_jobs jsonb, p_now timestamptz,
    out fresh boolean, out blocked boolean, out accepted boolean)
    language plpgsql as $$
declare
    v_contact uuid;
    v_call    calls%rowtype;
    v_job     jsonb;
begin
    perform set_config('app.business', p_business::text, true);
    insert into inbound_events
        (business_id, event_id, provider, delivery_key, line_id, kind, subject, event, raw, received_at, handled_at)
    values (p_business, p_ids[1], p_provider, p_key, p_line, 'call', p_subject, p_event, p_raw, p_now, p_now)
    on conflict (business_id, provider, delivery_key) do nothing;
    fresh := found;
    accepted := p_event->>'kind' = 'dialed' and exists (
        select from inbound_events e
        where e.business_id = p_business and e.provider = p_provider and e.subject = p_subject
          and e.event->>'kind' = 'accepted');
    if p_phone is not null then
        v_contact := find_or_create_contact(p_business, p_ids[2], p_phone, p_now);
    end if;
    blocked := exists (
        select from contact_marks m
        where m.business_id = p_business and m.contact_id = v_contact and m.kind = 'blocked' and m.ended_at is null);
    if not fresh then
        -- A poll may have told of the call before its own callback came: only the callback knows what we answered.
        update calls set plan = p_plan, day = p_day
        where business_id = p_business and provider = p_provider and provider_call_id = p_subject
          and plan = 'unknown' and p_plan <> 'unknown';
        return;
    end if;
    insert into calls as c
        (business_id, call_id, line_id, contact_id, provider, provider_call_id, caller, caller_name, forwarded_from,
         plan, day, blocked, started_at)
    values (p_business, p_ids[3], p_line, v_contact, p_provider, p_subject, coalesce(p_event->>'caller', ''),
            p_event->>'caller_name', p_event->>'forwarded_from', p_plan, p_day, blocked,
            -- A poll tells of a call late: it began when the phone company says.
            least(p_now, (p_event->>'at')::timestamptz))
    on conflict (business_id, provider, provider_call_id) do update set
        contact_id = coalesce(c.contact_id, excluded.contact_id),
        caller = coalesce(nullif(c.caller, ''), excluded.caller),
        caller_name = coalesce(c.caller_name, excluded.caller_name),
        forwarded_from = coalesce(c.forwarded_from, excluded.forwarded_from),
        plan = case when c.plan = 'unknown' then excluded.plan else c.plan end,
        day = coalesce(c.day, excluded.day),
        blocked = c.blocked or excluded.blocked
    returning * into v_call;
    -- Evidence that comes after the decision still mends the outcome; it never makes a second decision.
    if v_call.decided_at is not null then
        p_jobs := '[{"after": 0}]';
    end if;
    for v_job in select * from jsonb_array_elements(p_jobs) loop
        perform enqueue_job(
            'settle_call',
            jsonb_build_object('business', p_business, 'call', v_call.call_id, 'timer', v_job->'timer'),
            make_interval(secs => (v_job->>'after')::float8));
    end loop;
    perform note_change(p_business, 'call', v_call.call_id, p_now);
end
$$;

-- Texts and progress reports: the row and its job, nothing else. Inbound texts go before all other work:
-- a STOP must not wait behind a burst.
create function receive_text_event(
    p_business uuid, p_line uuid, p_provider text, p_key text, p_kind text, p_subject text, p_sender text,
    p_event jsonb, p_raw jsonb, p_id uuid, p_now timestamptz)
    returns boolean
    language plpgsql as $$
begin
    perform set_config('app.business', p_business::text, true);
    insert into inbound_events
        (business_id, event_id, provider, delivery_key, line_id, kind, subject, sender, event, raw, received_at)
    values (p_business, p_id, p_provider, p_key, p_line, p_kind, p_subject, p_sender, p_event, p_raw, p_now)
    on conflict (business_id, provider, delivery_key) do nothing;
    if not found then
        return false;
    end if;
    perform enqueue_job(
        case p_kind when 'message' then 'take_message' else 'note_progress' end,
        jsonb_build_object('business', p_business, 'event', p_id),
        '0', case p_kind when 'message' then 100 else -10 end);
    return true;
end
$$;

create function contact_standing(p_business uuid, p_contact uuid) returns jsonb
    language sql stable
    begin atomic
    select jsonb_build_object(
        'phone', c.phone, 'name', c.name, 'language', c.language,
        'marks', coalesce((select jsonb_agg(m.kind order by m.kind) from contact_marks m
                           where m.business_id = c.business_id and m.contact_id = c.contact_id
                             and m.ended_at is null), '[]'),
        'opted_out_at', (select o.opted_out_at from opt_outs o
                         where o.business_id = c.business_id and o.contact_id = c.contact_id and o.ended_at is null))
    from contacts c
    where c.business_id = p_business and c.contact_id = p_contact;
end;

create function load_call(p_business uuid, p_call uuid, p_now timestamptz) returns jsonb
    language plpgsql as $$
declare
    v_call calls%rowtype;
begin
    perform set_config('app.business', p_business::text, true);
    select * into v_call from calls where business_id = p_business and call_id = p_call for update;
    if v_call.contact_id is not null then
        -- Decisions about one contact happen one after the other, whichever line or worker they come from.
        -- "no key": whoever only refers to the contact (a STOP being filed) need not wait for us.
        perform from contacts where business_id = p_business and contact_id = v_call.contact_id for no key update;
    end if;
    return jsonb_build_object(
        'call', to_jsonb(v_call),
        'version', (select version from businesses where business_id = p_business),
        'events', (select coalesce(jsonb_agg(e.event order by e.received_at, e.event_id), '[]') from inbound_events e
                   where e.business_id = p_business and e.provider = v_call.provider
                     and e.subject = v_call.provider_call_id and e.kind = 'call'),
        'text_back', (select jsonb_build_object('decision', t.decision, 'outcome', t.outcome) from text_backs t
                      where t.business_id = p_business and t.call_id = p_call),
        'contact', contact_standing(p_business, v_call.contact_id),
        'first_time', not exists (
            select from calls o where o.business_id = p_business and o.contact_id = v_call.contact_id
                                  and o.call_id <> p_call and o.started_at < v_call.started_at),
        'answered_since', (
            select max(o.started_at) from calls o
            where o.business_id = p_business and o.contact_id = v_call.contact_id and o.call_id <> p_call
              and o.started_at > v_call.started_at and o.outcome like 'answered%'),
        'called_back_at', (
            select max(b.done_at) from call_backs b
            where b.business_id = p_business and b.contact_id = v_call.contact_id and b.done_at > v_call.started_at),
        'previous_missed_at', (
            select max(o.started_at) from calls o
            where o.business_id = p_business and o.contact_id = v_call.contact_id and o.call_id <> p_call
              and o.started_at <= v_call.started_at and o.outcome not like 'answered%'),
        'claimed_until', (
            select k.until from text_back_claims k
            where k.business_id = p_business and k.contact_id = v_call.contact_id and k.call_id <> p_call),
        'thread', (
            select jsonb_build_object('thread_id', t.thread_id, 'last_inbound_at', t.last_inbound_at, 'closed', exists (
                select from closures x where x.business_id = t.business_id and x.thread_id = t.thread_id
                                         and x.reopened_at is null))
            from threads t where t.business_id = p_business and t.contact_id = v_call.contact_id),
        'line_sent', (
            select count(*) from text_backs b
            where b.business_id = p_business and b.line_id = v_call.line_id and b.decision = 'send'
              and b.decided_at > p_now - interval '1 hour'),
        'business_sent', (
            select count(*) from text_backs b
            where b.business_id = p_business and b.decision = 'send' and b.decided_at > p_now - interval '1 hour'));
end
$$;

create function claim_text_back(p_business uuid, p_contact uuid, p_call uuid, p_now timestamptz, p_until timestamptz)
    returns boolean
    language plpgsql as $$
begin
    insert into text_back_claims as k (business_id, contact_id, call_id, claimed_at, until)
    values (p_business, p_contact, p_call, p_now, p_until)
    on conflict (business_id, contact_id) do update
        set call_id = excluded.call_id, claimed_at = excluded.claimed_at, until = excluded.until
        where k.until <= p_now or k.call_id = p_call;
    return found;
end
$$;

create function add_message(p_business uuid, p_thread uuid, p_line uuid, p_message jsonb, p_now timestamptz)
    returns boolean
    language plpgsql as $$
begin
    insert into messages
        (business_id, message_id, thread_id, line_id, direction, author, purpose, written_by, body, segments, state,
         provider, provider_message_id, created_at, send_at, expires_at)
    values (
        p_business, (p_message->>'message_id')::uuid, p_thread, p_line, p_message->>'direction',
        p_message->>'author', p_message->>'purpose', p_message->>'written_by', p_message->>'body',
        (p_message->>'segments')::int, p_message->>'state', p_message->>'provider',
        p_message->>'provider_message_id', p_now, coalesce((p_message->>'send_at')::timestamptz, p_now),
        (p_message->>'expires_at')::timestamptz)
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

-- Writes the one decision of a call. Returns what stands afterwards: 'send', 'skip', 'kept' (decided before)
-- or 'claimed' (another call of this contact took the window a moment ago; nothing was written but the outcome).
create function save_decision(p_business uuid, p_call uuid, p_decision jsonb, p_message jsonb, p_now timestamptz)
    returns text
    language plpgsql as $$
declare
    v_call   calls%rowtype;
    v_thread uuid;
begin
    perform set_config('app.business', p_business::text, true);
    update calls set outcome = p_decision->>'outcome', over_at = coalesce(over_at, (p_decision->>'over_at')::timestamptz),
                     decided_at = coalesce(decided_at, p_now)
    where business_id = p_business and call_id = p_call returning * into v_call;
    perform note_change(p_business, 'call', p_call, p_now);
    -- The call's own timer has nothing left to ask; unrun it costs a tenth of what it would run.
    delete from jobs.pgqueuer
    where md5(payload) = md5(convert_to(
            jsonb_build_object('business', p_business, 'call', p_call, 'timer', true)::text, 'UTF8'))
      and entrypoint = 'settle_call' and status = 'queued';
    if exists (select from text_backs where business_id = p_business and call_id = p_call) then
        return 'kept';
    end if;
    if p_message is not null then
        if not claim_text_back(
            p_business, v_call.contact_id, p_call, p_now, (p_decision->>'claim_until')::timestamptz) then
            return 'claimed';
        end if;
        v_thread := find_or_create_thread(
            p_business, (p_decision->>'thread_id')::uuid, v_call.contact_id, v_call.line_id, p_now);
        perform add_message(p_business, v_thread, v_call.line_id, p_message, p_now);
    end if;
    insert into text_backs
        (business_id, text_back_id, call_id, contact_id, line_id, decision, reason, outcome, send_at, wording, why,
         message_id, decided_at)
    values (p_business, (p_decision->>'text_back_id')::uuid, p_call, v_call.contact_id, v_call.line_id,
            p_decision->>'decision', p_decision->>'reason', p_decision->>'outcome',
            (p_decision->>'send_at')::timestamptz, p_decision->>'wording', p_decision->>'why',
            (p_message->>'message_id')::uuid, p_now);
    return p_decision->>'decision';
end
$$;

create function load_delivery(p_business uuid, p_message uuid, p_now timestamptz) returns jsonb
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
              and c.outcome is null and c.started_at > p_now - interval '4 hours'));
end
$$;

-- Marks a text as `sending`, or gives it the line's next free moment and returns that: no more than texts_per_second
-- are handed over. 0 means no limit, and then the line's row is not touched: deliveries do not wait for each other.
create function save_sending(p_business uuid, p_message uuid, p_line uuid, p_now timestamptz) returns timestamptz
    language plpgsql as $$
declare
    v_rate real;
    v_slot timestamptz;
begin
    select texts_per_second into v_rate from lines where business_id = p_business and line_id = p_line;
    select slot_at into v_slot from messages where business_id = p_business and message_id = p_message;
    if v_slot > p_now then
        return v_slot;
    end if;
    if v_rate > 0 and v_slot is null then
        update lines set next_text_at = greatest(coalesce(next_text_at, p_now), p_now) + make_interval(secs => 1 / v_rate)
        where business_id = p_business and line_id = p_line
        returning next_text_at - make_interval(secs => 1 / v_rate) into v_slot;
        if v_slot > p_now then
            update messages set slot_at = v_slot where business_id = p_business and message_id = p_message;
            return v_slot;
        end if;
    end if;
    update messages set state = 'sending', sending_at = p_now, slot_at = null, attempts = attempts + 1
    where business_id = p_business and message_id = p_message;
    return null;
end
$$;

create function save_sent(p_business uuid, p_message uuid, p_result jsonb, p_exchange jsonb, p_now timestamptz)
    returns boolean
    language plpgsql as $$
declare
    v_thread uuid;
begin
    perform set_config('app.business', p_business::text, true);
    insert into provider_exchanges (business_id, exchange_id, provider, what, subject, request, status, response, at)
    values (p_business, (p_exchange->>'exchange_id')::uuid, p_exchange->>'provider', p_exchange->>'what',
            p_message::text, p_exchange->'request', (p_exchange->>'status')::int, p_exchange->>'response', p_now);
    -- A status callback may have settled the message while we waited for the answer: what is known stays.
    update messages set
        state = p_result->>'state',
        provider_message_id = coalesce(provider_message_id, p_result->>'provider_message_id'),
        error_kind = p_result->>'error_kind', error_code = p_result->>'error_code',
        send_at = coalesce((p_result->>'send_at')::timestamptz, send_at), settled_at = p_now
    where business_id = p_business and message_id = p_message
      -- "Accepted" is true whatever another worker has made of the text meanwhile: written down, it stops that one.
      and case p_result->>'state' when 'accepted' then state in ('sending', 'uncertain', 'intended')
          else state in ('sending', 'uncertain') and attempts = (p_result->>'attempt')::int end
    returning thread_id into v_thread;
    if v_thread is null then
        return false;
    end if;
    perform note_change(p_business, 'thread', v_thread, p_now);
    return true;
end
$$;

-- Work that belongs to no single business looks across all of them by ids alone. These functions run as the
-- owner, return nothing but ids, and are the only ones that do (tests/store/test_tenancy.py keeps the list).
-- What has a job is left out here: else a thousand parked ones would hide all that lost theirs.

create function stuck_messages(p_before timestamptz) returns table (business_id uuid, message_id uuid)
    language sql stable security definer set search_path = public
    begin atomic
    select m.business_id, m.message_id from messages m
    where m.state in ('sending', 'uncertain', 'intended') and m.send_at < p_before
      and coalesce(m.sending_at, m.send_at) < p_before
      and not has_job('deliver', jsonb_build_object('business', m.business_id, 'message', m.message_id))
    order by m.send_at limit 1000;
end;

create function undecided_calls(p_before timestamptz) returns table (business_id uuid, call_id uuid)
    language sql stable security definer set search_path = public
    begin atomic
    select c.business_id, c.call_id from calls c
    where c.decided_at is null and c.started_at < p_before
      and not has_job('settle_call', jsonb_build_object('business', c.business_id, 'call', c.call_id, 'timer', true))
    order by c.started_at limit 1000;
end;

create function unhandled_events(p_before timestamptz) returns table (business_id uuid, event_id uuid, kind text)
    language sql stable security definer set search_path = public
    begin atomic
    select e.business_id, e.event_id, e.kind from inbound_events e
    where e.handled_at is null and e.received_at < p_before
      and not has_job(
        case e.kind when 'message' then 'take_message' else 'note_progress' end,
        jsonb_build_object('business', e.business_id, 'event', e.event_id))
    order by e.received_at limit 1000;
end;

-- By the last try: lines whose polls always fail must not keep all others from theirs.
create function take_lines_to_poll(p_before timestamptz, p_now timestamptz)
    returns table (business_id uuid, line_id uuid)
    language sql security definer set search_path = public
    begin atomic
    with due as materialized (
        select d.business_id, d.line_id from lines d
        where d.ended_at is null and (d.polled_until is null or d.polled_until < p_before)
        order by d.poll_tried_at nulls first limit 1000 for no key update skip locked)
    update lines l set poll_tried_at = p_now from due
    where l.business_id = due.business_id and l.line_id = due.line_id returning l.business_id, l.line_id;
end;

create index messages_unsettled on messages (send_at) where state in ('sending', 'uncertain', 'intended');
create index calls_undecided on calls (started_at) where decided_at is null;
create index inbound_events_unhandled on inbound_events (received_at) where handled_at is null;
create index changes_by_age on changes (at);
create index provider_exchanges_by_age on provider_exchanges (at);

create function forget_old_exchanges(p_before timestamptz) returns void
    language sql security definer set search_path = public
    begin atomic
    delete from provider_exchanges where at < p_before;
end;

create function end_quiet_alarms(p_kind text, p_before timestamptz, p_now timestamptz) returns void
    language sql security definer set search_path = public
    begin atomic
    update alarms set ended_at = p_now where kind = p_kind and ended_at is null and last_at < p_before;
end;

create function forget_old_changes(p_before timestamptz) returns void
    language sql security definer set search_path = public
    begin atomic
    delete from changes where at < p_before;
end;

grant execute on all functions in schema public to ringback_app;
