-- Who owns the reply: routing, the clock of each wait, the ladder, answers by text, who is away.

alter table businesses add column routing jsonb not null default '{}';

-- One row for each time that a thread waited for an answer: when, for whom, until when, who answered, in time or not.
create table reply_waits (
    business_id     uuid not null references businesses,
    wait_id         uuid not null,
    thread_id       uuid not null,
    needed_at       timestamptz not null,
    -- Set when the wait has been routed.
    routed_at       timestamptz,
    due_at          timestamptz,
    owner_id        uuid,
    -- Why this person: sentences, as [{"msgid": …, "values": {…}}].
    why             jsonb not null default '[]',
    -- The rungs of the ladder that were told, and when the next one is.
    step            int not null default 0,
    next_at         timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by text,
    ended_at        timestamptz,
    ended_how       text check (ended_how in ('reply', 'receptionist', 'closed', 'other')),
    answered_by     text,
    met             boolean,
    primary key (business_id, wait_id),
    foreign key (business_id, thread_id) references threads
);
create unique index reply_waits_open on reply_waits (business_id, thread_id) where ended_how is null;
create index reply_waits_due on reply_waits (next_at)
    where ended_how is null and acknowledged_at is null and next_at is not null;
create index reply_waits_unrouted on reply_waits (needed_at) where routed_at is null;
create index reply_waits_ended on reply_waits (business_id, ended_at) where ended_at is not null;

-- Waits that were there before: they count, but nobody is told of them now.
insert into reply_waits (business_id, wait_id, thread_id, needed_at, routed_at, due_at)
select business_id, gen_random_uuid(), thread_id, needs_reply_at, needs_reply_at, needs_reply_at + interval '5 minutes'
from threads where needs_reply_at is not null;
update threads set reply_due_at = needs_reply_at + interval '5 minutes' where needs_reply_at is not null;

-- A thread comes to need a reply, or needs none any more, in many ways; its wait follows from here, whichever it was.
create function follow_waiting() returns trigger
    language plpgsql as $$
declare
    v_wait reply_waits%rowtype;
begin
    if new.needs_reply_at is not null then
        insert into reply_waits (business_id, wait_id, thread_id, needed_at)
        values (new.business_id, gen_random_uuid(), new.thread_id, new.needs_reply_at)
        on conflict do nothing returning * into v_wait;
    else
        new.reply_due_at := null;
        -- What was written last says who answered, and when by our own clock.
        update reply_waits w set
            ended_how = coalesce(e.how, 'other'), ended_at = e.at, answered_by = e.who, next_at = null,
            met = case when e.how = 'closed' then null else e.at <= w.due_at end
        from (select 1) one left join lateral (
            (select m.created_at as at, 'reply' as how, m.written_by as who from messages m
             where m.business_id = new.business_id and m.thread_id = new.thread_id and m.direction = 'out'
               and m.author = 'staff' and m.created_at >= old.needs_reply_at
             order by m.created_at desc limit 1)
            union all
            (select t.at, 'receptionist', 'receptionist' from turns t
             where t.business_id = new.business_id and t.thread_id = new.thread_id and t.at >= old.needs_reply_at
             order by t.turn_id desc limit 1)
            union all
            (select c.closed_at, 'closed', c.closed_by from closures c
             where c.business_id = new.business_id and c.thread_id = new.thread_id and c.reopened_at is null
               and c.closed_at >= old.needs_reply_at)
            order by at desc limit 1) e on true
        where w.business_id = new.business_id and w.thread_id = new.thread_id and w.ended_how is null
        returning w.* into v_wait;
        -- Nothing is left to do for one that was routed, and whose end is known.
        if v_wait.routed_at is not null and v_wait.ended_at is not null then
            return new;
        end if;
    end if;
    if v_wait.wait_id is not null then
        perform enqueue_job('route_wait', jsonb_build_object('business', new.business_id, 'wait', v_wait.wait_id));
    end if;
    return new;
end
$$;
create trigger threads_follow_waiting before update of needs_reply_at on threads for each row
    when ((old.needs_reply_at is null) <> (new.needs_reply_at is null)) execute function follow_waiting();

-- Call-backs have an owner, and climb the same ladder from the moment they are due.
alter table call_backs add column owner_id uuid;
alter table call_backs add column owned_at timestamptz;
alter table call_backs add column step int not null default 0;
alter table call_backs add column next_at timestamptz;
alter table call_backs add column acknowledged_at timestamptz;
alter table call_backs add column acknowledged_by text;
create index call_backs_due on call_backs (next_at) where done_at is null and acknowledged_at is null;
create index call_backs_unowned on call_backs (created_at) where done_at is null and owned_at is null;
-- Those of before belong to everyone, and nobody is told of them now.
update call_backs set owned_at = created_at where done_at is null;

create function follow_call_back() returns trigger
    language plpgsql as $$
begin
    perform enqueue_job(
        'own_call_back', jsonb_build_object('business', new.business_id, 'call_back', new.call_back_id));
    return null;
end
$$;
create trigger call_backs_follow after insert on call_backs for each row execute function follow_call_back();

-- "Busy until 3": a person, or the whole business where no person is named. It ends by itself.
create table away (
    business_id uuid not null references businesses,
    away_id     uuid not null,
    staff_id    uuid,
    since_at    timestamptz not null,
    until_at    timestamptz not null,
    said_by     text not null,
    ended_at    timestamptz,
    ended_by    text,
    primary key (business_id, away_id),
    foreign key (business_id, staff_id) references staff
);
create unique index away_now on away (business_id, coalesce(staff_id, business_id)) where ended_at is null;

-- When a person is not to be told of what waits, in local time of the business; written and read with their notices.
create table staff_quiet_hours (
    business_id    uuid not null references businesses,
    staff_id       uuid not null,
    quiet_from     text not null,
    quiet_until    text not null,
    urgent_through boolean not null default false,
    primary key (business_id, staff_id),
    foreign key (business_id, staff_id) references staff
);

-- What staff wrote to a line for a caller. It is held while nobody can tell for which one.
create table relays (
    business_id uuid not null references businesses,
    relay_id    uuid not null,
    staff_id    uuid not null,
    line_id     uuid not null,
    body        text not null,
    received_at timestamptz not null,
    -- The threads it may be for, in the order in which staff were asked.
    choices     uuid[] not null,
    asked_at    timestamptz,
    thread_id   uuid,
    state       text not null check (state in ('held', 'going', 'sent', 'refused', 'expired')),
    expires_at  timestamptz not null,
    settled_at  timestamptz,
    primary key (business_id, relay_id),
    foreign key (business_id, staff_id) references staff
);
create index relays_of_staff on relays (business_id, staff_id, received_at desc);
create index relays_unsettled on relays (expires_at) where state in ('held', 'going');

-- What is due by our clock, and what has lost its job: ids alone, across businesses.
create function due_routing_work(p_now timestamptz, p_stuck_before timestamptz)
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
     limit 1000);
end;

do $$
declare
    t text;
begin
    foreach t in array array['reply_waits', 'away', 'staff_quiet_hours', 'relays'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format(
            'create policy one_business on %I to ringback_app using (business_id = current_business()) '
            'with check (business_id = current_business())', t);
        execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    end loop;
end
$$;
