-- Brakes: how many texts went out in the last hour and today, what today has cost, who rings many businesses at once.

alter table businesses add column brakes jsonb not null default '{}';

-- One row for each thing that is counted. An hour is thirteen slots of five minutes, the newest first: never less than
-- the last 60 minutes, and at most 65. `day_used` is of `day_on`, a day where the business is.
create table brake_counts (
    business_id uuid not null references businesses,
    scope       text not null,
    subject     text not null,
    slot        bigint not null,
    counts      int[] not null,
    day_on      date not null,
    day_used    int not null,
    primary key (business_id, scope, subject)
) with (fillfactor = 70);

-- What one day has cost, in thousandths of a cent of the business's currency: estimated when a text is decided or a
-- call placed, put right by what the provider says.
create table spend_days (
    business_id uuid not null references businesses,
    day_on      date not null,
    ends_at     timestamptz not null,
    spent       bigint not null default 0,
    -- What the owner has added to the cap of this day alone.
    raised      bigint not null default 0,
    raised_by   text,
    -- When the owner was told that something is held; told once, until they raise the cap.
    told_at     timestamptz,
    primary key (business_id, day_on)
) with (fillfactor = 70);

alter table messages add column cost bigint;
alter table messages add column cost_on date;
alter table call_back_calls add column cost bigint;
alter table call_back_calls add column cost_on date;
-- What was held is listed by day, and is rare.
create index text_backs_held on text_backs (business_id, decided_at desc)
    where reason in ('over_brake', 'over_cap', 'robocall');

do $$
declare
    t text;
begin
    foreach t in array array['brake_counts', 'spend_days'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format(
            'create policy one_business on %I to ringback_app using (business_id = current_business()) '
            'with check (business_id = current_business())', t);
        execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    end loop;
end
$$;

create function brake_slot(p_now timestamptz) returns bigint
    language sql immutable parallel safe
    return floor(extract(epoch from p_now) / 300)::bigint;

-- The slots as they stand now: as many empty ones in front as five minutes have gone by.
create function brake_window(p_counts int[], p_slot bigint, p_now_slot bigint) returns int[]
    language sql immutable parallel safe
    return case
        when p_now_slot <= p_slot then p_counts
        when p_now_slot - p_slot > 12 then array[0]
        else (array_fill(0, array[(p_now_slot - p_slot)::int]) || p_counts)[1:13] end;

create function brake_used(p_business uuid, p_scope text, p_subject text, p_now timestamptz) returns int
    language sql stable
    begin atomic
    select coalesce((
        select sum(n)::int from brake_counts c, unnest(brake_window(c.counts, c.slot, brake_slot(p_now))) n
        where c.business_id = p_business and c.scope = p_scope and c.subject = p_subject), 0);
end;

-- Takes one place (or `amount`) in each of the counters, or in none: returns the scope of the first that is full.
-- The rows are locked in the order given, which is the same everywhere, so of two workers at the last place one waits
-- and then finds it taken.
create function take_places(p_business uuid, p_places jsonb, p_day date, p_now timestamptz) returns text
    language plpgsql as $$
declare
    v_slot  bigint := brake_slot(p_now);
    v_place jsonb;
    v_row   brake_counts%rowtype;
    v_used  int;
    v_more  int;
begin
    insert into brake_counts (business_id, scope, subject, slot, counts, day_on, day_used)
    select p_business, p->>'scope', p->>'subject', v_slot, array[0], p_day, 0 from jsonb_array_elements(p_places) p
    on conflict do nothing;
    for v_place in select * from jsonb_array_elements(p_places) loop
        select * into v_row from brake_counts
        where business_id = p_business and scope = v_place->>'scope' and subject = v_place->>'subject' for update;
        v_more := coalesce((v_place->>'amount')::int, 1);
        v_used := (select sum(n) from unnest(brake_window(v_row.counts, v_row.slot, v_slot)) n);
        if v_used + v_more > (v_place->>'an_hour')::int
            or (case when v_row.day_on = p_day then v_row.day_used else 0 end) + v_more > (v_place->>'a_day')::int then
            return v_place->>'scope';
        end if;
    end loop;
    for v_place in select * from jsonb_array_elements(p_places) loop
        v_more := coalesce((v_place->>'amount')::int, 1);
        update brake_counts c set
            counts = array[(brake_window(c.counts, c.slot, v_slot))[1] + v_more]
                || (brake_window(c.counts, c.slot, v_slot))[2:13],
            slot = greatest(c.slot, v_slot),
            day_used = case when c.day_on = p_day then c.day_used else 0 end + v_more, day_on = p_day
        where business_id = p_business and scope = v_place->>'scope' and subject = v_place->>'subject';
    end loop;
    return null;
end
$$;

-- Takes an amount from the day's money, up to the share of the cap that is its kind's. Null: taken. 'cap_reached' is
-- said once a day, to whoever is to tell the owner; 'over_cap' after that.
create function take_money(p_business uuid, p_cost jsonb, p_now timestamptz) returns text
    language plpgsql as $$
declare
    v_day date := (p_cost->>'day_on')::date;
begin
    -- Twice, because the first of a day finds no row, and may have to wait for another's.
    for v_try in 1..2 loop
        update spend_days set spent = spent + (p_cost->>'millicents')::bigint
        where business_id = p_business and day_on = v_day and spent + (p_cost->>'millicents')::bigint
            <= ((p_cost->>'cap_millicents')::bigint + raised) * (p_cost->>'percent')::int / 100;
        if found then
            return null;
        end if;
        insert into spend_days (business_id, day_on, ends_at)
        values (p_business, v_day, (p_cost->>'ends_at')::timestamptz) on conflict do nothing;
    end loop;
    update spend_days set told_at = p_now where business_id = p_business and day_on = v_day and told_at is null;
    return case when found then 'cap_reached' else 'over_cap' end;
end
$$;

-- A text that will not go out gives its money back; sent again, it is counted anew.
create function give_money_back() returns trigger
    language plpgsql as $$
begin
    update spend_days set spent = greatest(spent - old.cost, 0)
    where business_id = old.business_id and day_on = old.cost_on;
    new.cost := null;
    new.cost_on := null;
    return new;
end
$$;
create trigger give_money_back before update of state on messages
    for each row when (new.state in ('dropped', 'rejected') and old.state not in ('dropped', 'rejected')
        and old.cost is not null) execute function give_money_back();

-- Marks a text as `sending` (save_sending) where the day's money and its contact's limit allow it. Returns null, the
-- line's next free moment, or why it is held: 'over_cap', 'cap_reached', 'over_brake'.
create function begin_sending(p_business uuid, p_message uuid, p_line uuid, p_brake jsonb, p_now timestamptz)
    returns text
    language plpgsql as $$
declare
    v_held text;
begin
    -- A text-back was counted when it was decided; a text that waits for its line's rate is counted once.
    if p_brake is not null and exists (
        select from messages where business_id = p_business and message_id = p_message and cost is null) then
        v_held := take_money(p_business, p_brake, p_now);
        if v_held is null and take_places(
            p_business, p_brake->'places', (p_brake->>'day_on')::date, p_now) is not null then
            update spend_days set spent = spent - (p_brake->>'millicents')::bigint
            where business_id = p_business and day_on = (p_brake->>'day_on')::date;
            v_held := 'over_brake';
        end if;
        if v_held is not null then
            return v_held;
        end if;
        update messages set cost = (p_brake->>'millicents')::bigint, cost_on = (p_brake->>'day_on')::date
        where business_id = p_business and message_id = p_message;
    end if;
    return save_sending(p_business, p_message, p_line, p_now)::text;
end
$$;

-- Who rings many businesses of this installation: a hash of the number, salted anew each day, and in how many it rang.
-- No business stands in here and no number can be read from it, so it is outside row-level security.
create table ring_salts (
    day_on date primary key,
    salt   uuid not null
);

create table ring_counts (
    day_on      date not null,
    number_hash bytea not null,
    businesses  int not null,
    primary key (day_on, number_hash)
);

create function count_rings_across(p_number text, p_now timestamptz) returns int
    language sql stable
    begin atomic
    select coalesce((
        select c.businesses from ring_salts s join ring_counts c
            on c.day_on = s.day_on and c.number_hash = sha256(convert_to(s.salt::text || p_number, 'UTF8'))
        where s.day_on = (p_now at time zone 'UTC')::date), 0);
end;

create function note_ring_across(p_number text, p_now timestamptz) returns void
    language plpgsql as $$
declare
    v_day  date := (p_now at time zone 'UTC')::date;
    v_salt uuid;
begin
    -- Alone in the installation, a business has nobody to learn from.
    if not exists (select from business_directory offset 1) then
        return;
    end if;
    select salt into v_salt from ring_salts where day_on = v_day;
    if v_salt is null then
        insert into ring_salts (day_on, salt) values (v_day, gen_random_uuid()) on conflict do nothing;
        select salt into v_salt from ring_salts where day_on = v_day;
    end if;
    insert into ring_counts as c (day_on, number_hash, businesses)
    values (v_day, sha256(convert_to(v_salt::text || p_number, 'UTF8')), 1)
    on conflict (day_on, number_hash) do update set businesses = c.businesses + 1;
end
$$;

-- Days that are over: the alarms of their caps, their counters, and their salts, without which the hashes that they
-- made say nothing any more.
create function end_past_brakes(p_now timestamptz, p_before date) returns void
    language sql security definer set search_path = public
    begin atomic
    delete from brake_counts where day_on < p_before;
    delete from ring_counts where day_on < p_before;
    delete from ring_salts where day_on < p_before;
    update alarms a set ended_at = p_now from spend_days d
    where a.kind = 'cap' and a.ended_at is null and d.business_id = a.business_id and d.day_on::text = a.subject
      and d.ends_at <= p_now;
end;

-- As in 0003; the counts are read from their counters, with whether the caller is known and rings many businesses.
create or replace function load_call(p_business uuid, p_call uuid, p_now timestamptz) returns jsonb
    language plpgsql as $$
declare
    v_call  calls%rowtype;
    v_phone text;
begin
    perform set_config('app.business', p_business::text, true);
    select * into v_call from calls where business_id = p_business and call_id = p_call for update;
    if v_call.contact_id is not null then
        -- Decisions about one contact happen one after the other, whichever line or worker they come from.
        -- "no key": whoever only refers to the contact (a STOP being filed) need not wait for us.
        select phone into v_phone from contacts
        where business_id = p_business and contact_id = v_call.contact_id for no key update;
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
        'booked_before', exists (
            select from bookings b where b.business_id = p_business and b.contact_id = v_call.contact_id
                                     and b.state in ('booked', 'done', 'no_show')),
        'rings_across', case when v_phone is null then 0 else count_rings_across(v_phone, p_now) end,
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
        'line_sent', brake_used(p_business, 'line', v_call.line_id::text, p_now),
        'business_sent', brake_used(p_business, 'business', '', p_now));
end
$$;

-- As in 0003, with the brakes: what they hold is written as skipped at once, with its Reason. Also returns
-- 'over_brake', 'over_cap' and 'cap_reached' (the owner has not heard of it today).
create or replace function save_decision(
    p_business uuid, p_call uuid, p_decision jsonb, p_message jsonb, p_now timestamptz) returns text
    language plpgsql as $$
declare
    v_call   calls%rowtype;
    v_thread uuid;
    v_brake  jsonb := p_decision->'brake';
    v_held   text;
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
    if p_decision->>'stranger' is not null and not exists (
        select from calls o where o.business_id = p_business and o.contact_id = v_call.contact_id
          and o.call_id <> p_call and o.started_at >= date_trunc('day', p_now, 'UTC')) then
        perform note_ring_across(p_decision->>'stranger', p_now);
    end if;
    if p_message is not null then
        if not claim_text_back(
            p_business, v_call.contact_id, p_call, p_now, (p_decision->>'claim_until')::timestamptz) then
            return 'claimed';
        end if;
        -- Threads before counters: whoever else needs both takes them in this order. What is held begins no thread.
        perform from threads where business_id = p_business and contact_id = v_call.contact_id for no key update;
        v_held := hold_text_back(p_business, p_call, v_brake, p_now);
        if v_held is null then
            v_thread := find_or_create_thread(
                p_business, (p_decision->>'thread_id')::uuid, v_call.contact_id, v_call.line_id, p_now);
            perform add_message(p_business, v_thread, v_call.line_id, p_message, p_now);
            update messages set cost = (v_brake->>'millicents')::bigint, cost_on = (v_brake->>'day_on')::date
            where v_brake is not null and business_id = p_business and message_id = (p_message->>'message_id')::uuid;
        end if;
    end if;
    insert into text_backs
        (business_id, text_back_id, call_id, contact_id, line_id, decision, reason, outcome, send_at, wording, why,
         message_id, decided_at)
    select p_business, (d->>'text_back_id')::uuid, p_call, v_call.contact_id, v_call.line_id,
           d->>'decision', d->>'reason', d->>'outcome', (d->>'send_at')::timestamptz, d->>'wording', d->>'why',
           case when v_held is null then (p_message->>'message_id')::uuid end, p_now
    from (select case when v_held is null then p_decision else p_decision || jsonb_build_object(
        'decision', 'skip', 'send_at', null, 'wording', null,
        'reason', replace(v_held, 'cap_reached', 'over_cap'),
        'why', v_brake->'why'->>replace(v_held, 'cap_reached', 'over_cap')) end as d) x;
    return coalesce(v_held, p_decision->>'decision');
end
$$;

-- Takes the money and the places of a text-back; what is held gives back the caller's window.
create function hold_text_back(p_business uuid, p_call uuid, p_brake jsonb, p_now timestamptz) returns text
    language plpgsql as $$
declare
    v_held text;
begin
    if p_brake is null then
        return null;
    end if;
    v_held := take_money(p_business, p_brake, p_now);
    if v_held is null and take_places(p_business, p_brake->'places', (p_brake->>'day_on')::date, p_now) is not null then
        update spend_days set spent = spent - (p_brake->>'millicents')::bigint
        where business_id = p_business and day_on = (p_brake->>'day_on')::date;
        v_held := 'over_brake';
    end if;
    if v_held is not null then
        delete from text_back_claims where business_id = p_business and call_id = p_call;
    end if;
    return v_held;
end
$$;

-- A person texts a caller whose text-back was held. False where it is not held any more, or was not by a brake.
create function release_text_back(p_business uuid, p_call uuid, p_decision jsonb, p_message jsonb, p_now timestamptz)
    returns text
    language plpgsql as $$
declare
    v_held   text;
    v_thread uuid;
    v_call   calls%rowtype;
    v_brake  jsonb := p_decision->'brake';
begin
    select * into v_call from calls where business_id = p_business and call_id = p_call for update;
    if not exists (
        select from text_backs where business_id = p_business and call_id = p_call
          and reason in ('over_brake', 'over_cap', 'robocall')) then
        return 'gone';
    end if;
    perform from contacts where business_id = p_business and contact_id = v_call.contact_id for no key update;
    if not claim_text_back(p_business, v_call.contact_id, p_call, p_now, (p_decision->>'claim_until')::timestamptz) then
        return 'claimed';
    end if;
    perform from threads where business_id = p_business and contact_id = v_call.contact_id for no key update;
    v_held := hold_text_back(p_business, p_call, v_brake, p_now);
    if v_held is not null then
        return v_held;
    end if;
    v_thread := find_or_create_thread(
        p_business, (p_decision->>'thread_id')::uuid, v_call.contact_id, v_call.line_id, p_now);
    perform add_message(p_business, v_thread, v_call.line_id, p_message, p_now);
    update messages set cost = (v_brake->>'millicents')::bigint, cost_on = (v_brake->>'day_on')::date
    where business_id = p_business and message_id = (p_message->>'message_id')::uuid;
    update text_backs set decision = 'send', reason = null, send_at = p_now, wording = p_decision->>'wording',
        why = p_decision->>'why', message_id = (p_message->>'message_id')::uuid
    where business_id = p_business and call_id = p_call;
    perform note_change(p_business, 'call', p_call, p_now);
    return 'send';
end
$$;

-- As in 0006, with the last texts of the thread: a machine that answers ours is known by them.
create or replace function load_turn(p_business uuid, p_thread uuid, p_now timestamptz) returns jsonb
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
        'recent', (
            select coalesce(jsonb_agg(jsonb_build_object(
                'is_theirs', r.direction = 'in', 'is_persons', r.author = 'staff', 'body', r.body,
                'at', coalesce(r.sending_at, r.created_at)) order by r.created_at, r.message_id), '[]')
            from (select * from messages m where m.business_id = p_business and m.thread_id = p_thread
                  order by m.created_at desc, m.message_id desc limit 40) r
            where r.state not in ('dropped', 'rejected')),
        'to_confirm', (
            select r.booking_id from reminders r where r.business_id = p_business and r.message_id = (
                select m.message_id from messages m
                where m.business_id = p_business and m.thread_id = p_thread and m.direction = 'out'
                  and m.state <> 'dropped'
                order by m.created_at desc, m.message_id desc limit 1)));
end
$$;

grant execute on all functions in schema public to ringback_app;
