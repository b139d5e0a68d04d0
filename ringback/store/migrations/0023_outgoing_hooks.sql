-- Outgoing hooks: what happened is told to addresses that owners give, at least once each.

create table outgoing_hooks (
    business_id    uuid not null references businesses,
    hook_id        uuid not null,
    url            text not null,
    events         text[] not null,
    -- Sealed. The one before signs as well until its time is up, so that a receiver can change over.
    secret         text not null,
    old_secret     text,
    old_until      timestamptz,
    made_at        timestamptz not null,
    made_by        text not null,
    -- Since when nothing has arrived, and how often in a row.
    failing_since  timestamptz,
    fails          int not null default 0,
    try_at         timestamptz,
    -- One delivery of a hook at a time; a worker that died gives it up by this.
    busy_until     timestamptz,
    minute_at      timestamptz,
    minute_count   int not null default 0,
    off_at         timestamptz,
    off_why        text check (off_why in ('owner', 'failing', 'gone')),
    primary key (business_id, hook_id),
    check ((off_at is null) = (off_why is null))
);

-- One event for one hook. Who and what is looked up when it is sent, so nothing personal is kept here.
create table hook_deliveries (
    business_id  uuid not null references businesses,
    delivery_id  uuid not null,
    hook_id      uuid not null,
    kind         text not null,
    subject      uuid not null,
    facts        jsonb not null,
    happened_at  timestamptz not null,
    made_at      timestamptz not null,
    next_at      timestamptz not null,
    tries        int not null default 0,
    tried_at     timestamptz,
    status       int,
    failed       text,
    delivered_at timestamptz,
    given_up_at  timestamptz,
    primary key (business_id, delivery_id),
    foreign key (business_id, hook_id) references outgoing_hooks on delete cascade
);
create index hook_deliveries_waiting on hook_deliveries (business_id, hook_id, next_at)
    where delivered_at is null and given_up_at is null;
create index hook_deliveries_recent on hook_deliveries (business_id, hook_id, made_at desc, delivery_id desc);
create index hook_deliveries_due on hook_deliveries (next_at) where delivered_at is null and given_up_at is null;
create index hook_deliveries_by_age on hook_deliveries (made_at);

do $$
declare
    t text;
begin
    foreach t in array array['outgoing_hooks', 'hook_deliveries'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format(
            'create policy one_business on %I to ringback_app using (business_id = current_business()) '
            'with check (business_id = current_business())', t);
        execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    end loop;
end
$$;

-- A job that waits will see what is written now. One that runs may have looked already, so it does not count; and one
-- that ends just before we commit is made up for by due_routing_work, once a minute.
create function enqueue_hook(p_business uuid, p_hook uuid) returns void
    language plpgsql as $$
declare
    v_payload jsonb := jsonb_build_object('business', p_business, 'hook', p_hook);
begin
    if not exists (
        select from jobs.pgqueuer
        where md5(payload) = md5(convert_to(v_payload::text, 'UTF8')) and entrypoint = 'deliver_hook'
          and status = 'queued') then
        -- After everything that a caller waits for.
        perform enqueue_job('deliver_hook', v_payload, '0', -20);
    end if;
end
$$;

create function tell_hooks(p_business uuid, p_kind text, p_subject uuid, p_facts jsonb, p_at timestamptz) returns void
    language plpgsql as $$
declare
    v_hook uuid;
begin
    for v_hook in
        insert into hook_deliveries
            (business_id, delivery_id, hook_id, kind, subject, facts, happened_at, made_at, next_at)
        select p_business, gen_random_uuid(), h.hook_id, p_kind, p_subject, p_facts, p_at, p_at, p_at
        from outgoing_hooks h
        where h.business_id = p_business and p_kind = any(h.events) and h.off_at is null
        returning hook_id
    loop
        perform enqueue_hook(p_business, v_hook);
    end loop;
end
$$;

-- Triggers, so that whoever writes the row tells of it, in the same transaction, whatever the way. Their conditions are
-- looked at without a call of the function: rows that tell nothing cost nothing.
create function tell_of_call() returns trigger language plpgsql as $$
begin
    perform tell_hooks(new.business_id, 'call.missed', new.call_id, jsonb_build_object('outcome', new.outcome),
                       coalesce(new.over_at, new.decided_at, new.started_at));
    return null;
end
$$;
create trigger tell_of_call after update of outcome on calls for each row
    when (new.outcome <> 'blocked' and new.outcome not like 'answered%'
          and (old.outcome is null or old.outcome = 'blocked' or old.outcome like 'answered%'))
    execute function tell_of_call();

create function tell_of_message() returns trigger language plpgsql as $$
begin
    perform tell_hooks(new.business_id, tg_argv[0], new.message_id, '{}', coalesce(new.settled_at, new.created_at));
    return null;
end
$$;
create trigger tell_of_text_back after update of state on messages for each row
    when (new.state = 'accepted' and old.state <> 'accepted' and new.purpose = 'text_back')
    execute function tell_of_message('text_back.sent');
create trigger tell_of_message after insert on messages for each row
    when (new.direction = 'in')
    execute function tell_of_message('message.received');

create function tell_of_booking() returns trigger language plpgsql as $$
begin
    perform tell_hooks(
        new.business_id, tg_argv[0], new.booking_id,
        -- As it was then: by the time it is told, it may have changed again.
        jsonb_build_object('service', new.service, 'starts_at', new.starts_at, 'ends_at', new.ends_at,
                           'state', new.state, 'staff_id', new.staff_id, 'price_cents', new.price_cents),
        new.changed_at);
    return null;
end
$$;
create trigger tell_of_new_booking after insert on bookings for each row
    when (new.state = 'booked') execute function tell_of_booking('booking.created');
create trigger tell_of_booked_hold after update on bookings for each row
    when (old.state = 'held' and new.state = 'booked') execute function tell_of_booking('booking.created');
create trigger tell_of_changed_booking after update on bookings for each row
    when (old.state = 'booked' and new.state = 'booked'
          and (old.starts_at <> new.starts_at or old.ends_at <> new.ends_at or old.staff_id <> new.staff_id
               or old.service <> new.service or old.address is distinct from new.address
               or old.for_whom is distinct from new.for_whom))
    execute function tell_of_booking('booking.changed');
create trigger tell_of_cancelled_booking after update on bookings for each row
    when (old.state = 'booked' and new.state = 'cancelled') execute function tell_of_booking('booking.cancelled');

create function tell_of_need() returns trigger language plpgsql as $$
begin
    perform tell_hooks(new.business_id, 'thread.needs_reply', new.thread_id,
                       jsonb_build_object('urgent', new.urgent_at is not null), new.needs_reply_at);
    return null;
end
$$;
create trigger tell_of_need after update of needs_reply_at on threads for each row
    when (old.needs_reply_at is null and new.needs_reply_at is not null) execute function tell_of_need();

create function tell_of_opt_out() returns trigger language plpgsql as $$
begin
    perform tell_hooks(new.business_id, 'contact.opted_out', new.contact_id,
                       jsonb_build_object('source', new.source), new.opted_out_at);
    return null;
end
$$;
create trigger tell_of_opt_out after insert on opt_outs for each row
    when (new.ended_at is null) execute function tell_of_opt_out();

-- Takes the hook and one delivery that is due, or says in how many seconds to look again; null: nothing is left.
-- p_delivery: this one, now. No more than p_per_minute leave for one hook, and what is a day old is given up.
create function claim_hook_delivery(
    p_business uuid, p_hook uuid, p_delivery uuid, p_per_minute int, p_now timestamptz) returns jsonb
    language plpgsql as $$
declare
    v_hook     outgoing_hooks%rowtype;
    v_delivery hook_deliveries%rowtype;
    v_from     timestamptz;
begin
    select * into v_hook from outgoing_hooks where business_id = p_business and hook_id = p_hook for update;
    if v_hook.hook_id is null or (v_hook.off_at is not null and p_delivery is null) then
        return null;
    end if;
    update hook_deliveries set given_up_at = p_now
    where business_id = p_business and hook_id = p_hook and delivered_at is null and given_up_at is null
      and made_at < p_now - interval '1 day';
    select * into v_delivery from hook_deliveries
    where business_id = p_business and hook_id = p_hook and delivered_at is null and given_up_at is null
      and (p_delivery is null or delivery_id = p_delivery)
    order by next_at limit 1;
    if v_delivery.delivery_id is null then
        return null;
    end if;
    v_from := greatest(
        v_hook.busy_until,
        case when p_delivery is null then greatest(v_hook.try_at, v_delivery.next_at) end,
        case when v_hook.minute_count >= p_per_minute then v_hook.minute_at + interval '1 minute' end);
    if v_from > p_now then
        return jsonb_build_object('wait', extract(epoch from v_from - p_now));
    end if;
    update outgoing_hooks set
        busy_until = p_now + interval '30 seconds',
        minute_at = case when minute_at > p_now - interval '1 minute' then minute_at else p_now end,
        minute_count = case when minute_at > p_now - interval '1 minute' then minute_count + 1 else 1 end
    where business_id = p_business and hook_id = p_hook;
    update hook_deliveries set tries = tries + 1, tried_at = p_now
    where business_id = p_business and delivery_id = v_delivery.delivery_id returning * into v_delivery;
    return jsonb_build_object('hook', to_jsonb(v_hook), 'delivery', to_jsonb(v_delivery));
end
$$;

-- As in 0012, and the hooks whose deliveries have lost their job.
create or replace function due_routing_work(p_now timestamptz, p_stuck_before timestamptz)
    returns table (business_id uuid, subject uuid, kind text)
    language sql stable security definer set search_path = public
    begin atomic
    (select w.business_id, w.wait_id as subject, 'climb_wait'::text as kind from reply_waits w
     where w.ended_how is null and w.acknowledged_at is null and w.next_at <= p_now
       and not has_job('climb_wait', jsonb_build_object('business', w.business_id, 'wait', w.wait_id))
     limit 1000)
    union all
    (select w.business_id, w.wait_id as subject, 'route_wait'::text as kind from reply_waits w
     where w.routed_at is null and w.needed_at < p_stuck_before
       and not has_job('route_wait', jsonb_build_object('business', w.business_id, 'wait', w.wait_id))
     limit 1000)
    union all
    (select b.business_id, b.call_back_id as subject, 'climb_call_back'::text as kind from call_backs b
     where b.done_at is null and b.acknowledged_at is null and b.next_at <= p_now
       and not has_job('climb_call_back', jsonb_build_object('business', b.business_id, 'call_back', b.call_back_id))
     limit 1000)
    union all
    (select b.business_id, b.call_back_id as subject, 'own_call_back'::text as kind from call_backs b
     where b.done_at is null and b.owned_at is null and b.created_at < p_stuck_before
       and not has_job('own_call_back', jsonb_build_object('business', b.business_id, 'call_back', b.call_back_id))
     limit 1000)
    union all
    (select r.business_id, r.relay_id as subject, 'expire_relay'::text as kind from relays r
     where r.state = 'held' and r.expires_at <= p_now
       and not has_job('expire_relay', jsonb_build_object('business', r.business_id, 'relay', r.relay_id))
     limit 1000)
    union all
    (select r.business_id, r.relay_id as subject, 'send_relay'::text as kind from relays r
     where r.state = 'going' and r.received_at < p_stuck_before
       and not has_job('send_relay', jsonb_build_object('business', r.business_id, 'relay', r.relay_id))
     limit 1000)
    union all
    (select distinct d.business_id, d.hook_id as subject, 'deliver_hook'::text as kind from hook_deliveries d
     join outgoing_hooks h on h.business_id = d.business_id and h.hook_id = d.hook_id
     where d.delivered_at is null and d.given_up_at is null and h.off_at is null and d.next_at < p_stuck_before
       and (h.try_at is null or h.try_at < p_stuck_before)
       and not has_job('deliver_hook', jsonb_build_object('business', d.business_id, 'hook', d.hook_id))
     limit 1000);
end;

-- As in 0003, and what was told so long ago.
create or replace function forget_old_exchanges(p_before timestamptz) returns void
    language sql security definer set search_path = public
    begin atomic
    delete from provider_exchanges where at < p_before;
    delete from hook_deliveries where made_at < p_before;
end;
