-- Bookings, what they occupy, and who waits for an opening. No two bookings share a person or a resource: the
-- exclusion constraint on occupancies says so, whatever the code above it believes.

create type uuidrange as range (subtype = uuid);

-- Of the index types that come with PostgreSQL only GiST on inet knows "differs from", and an IPv6 address has as many
-- bits as a uuid: so a sitting's id is compared as an address, and no extension is needed.
create function uuid_as_inet(id uuid) returns inet
    language sql immutable strict parallel safe
    return regexp_replace(replace(id::text, '-', ''), '(....)(?=.)', '\1:', 'g')::inet;

create table bookings (
    business_id      uuid not null references businesses,
    booking_id       uuid not null,
    contact_id       uuid not null,
    -- The service by its name and price as they were when it was booked; the owner may change both later.
    service          text not null,
    price_cents      int,
    staff_id         uuid not null,
    resource_ids     uuid[] not null default '{}',
    starts_at        timestamptz not null,
    ends_at          timestamptz not null,
    state            text not null check (state in ('held', 'booked', 'cancelled', 'no_show', 'done')),
    -- Bookings of one sitting may overlap: those of a class, or a booking and the hold it is about to move to.
    sitting_id       uuid not null,
    seat             int,
    for_whom         text,
    address          text,
    details          jsonb not null default '{}',
    held_until       timestamptz,
    made_by          text not null check (made_by in ('receptionist', 'page', 'staff', 'api')),
    made_at          timestamptz not null,
    changed_at       timestamptz not null,
    -- Grows with every change that a calendar entry must show (RFC 5545, 3.8.7.4).
    sequence         int not null default 0,
    moved_from       timestamptz,
    reminder_sent_at timestamptz,
    confirmed_at     timestamptz,
    cancelled_at     timestamptz,
    cancelled_by     text,
    cancel_why       text,
    marked_at        timestamptz,
    marked_by        text,
    primary key (business_id, booking_id),
    foreign key (business_id, contact_id) references contacts,
    foreign key (business_id, staff_id) references staff,
    check (starts_at < ends_at),
    check ((state = 'held') = (held_until is not null)),
    check ((state = 'cancelled') = (cancelled_at is not null))
);
-- Several people may share one phone, but nobody is in two places at once.
create unique index bookings_one_place on bookings (business_id, contact_id, starts_at, lower(coalesce(for_whom, '')))
    where state in ('held', 'booked') and seat is not null;
create unique index bookings_seat on bookings (business_id, sitting_id, seat) where state in ('held', 'booked');
create index bookings_by_time on bookings (business_id, starts_at);
create index bookings_by_contact on bookings (business_id, contact_id, starts_at);
create index bookings_by_change on bookings (business_id, changed_at);
create index bookings_held on bookings (business_id, held_until) where state = 'held';

-- What a booking takes, one row for each person and resource, from its start to the end of its buffer.
create table occupancies (
    business_id uuid not null,
    booking_id  uuid not null,
    unit_id     uuid not null,
    from_at     timestamptz not null,
    to_at       timestamptz not null,
    sitting_id  uuid not null,
    is_shared   boolean not null,
    -- Where: '' at the business, null not known yet.
    place       text,
    -- While it is only held: until when, and for whom.
    held_until  timestamptz,
    holder_id   uuid,
    primary key (business_id, booking_id, unit_id),
    foreign key (business_id, booking_id) references bookings on delete cascade,
    constraint occupancies_no_overlap exclude using gist (
        uuidrange(business_id, business_id, '[]') with &&,
        uuidrange(unit_id, unit_id, '[]') with &&,
        tstzrange(from_at, to_at, '[)') with &&,
        uuid_as_inet(sitting_id) inet_ops with <>)
);
-- All that the search for openings reads, so that it reads the index alone.
create index occupancies_ahead on occupancies (business_id, to_at)
    include (unit_id, from_at, sitting_id, is_shared, place, held_until, holder_id);

create index occupancies_held on occupancies (business_id, unit_id) where held_until is not null;

create table waiting_list (
    business_id uuid not null references businesses,
    waiting_id  uuid not null,
    contact_id  uuid not null,
    service     text not null,
    search      jsonb not null,
    for_whom    text,
    joined_at   timestamptz not null,
    told_at     timestamptz,
    primary key (business_id, waiting_id),
    foreign key (business_id, contact_id) references contacts
);
create unique index waiting_list_once on waiting_list (business_id, contact_id, service, lower(coalesce(for_whom, '')))
    where told_at is null;
create index waiting_list_by_service on waiting_list (business_id, service, joined_at) where told_at is null;

do $$
declare
    t text;
begin
    foreach t in array array['bookings', 'occupancies', 'waiting_list'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format(
            'create policy one_business on %I to ringback_app using (business_id = current_business()) '
            'with check (business_id = current_business())', t);
        execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    end loop;
end
$$;

-- Whoever takes or frees time of a business holds this lock first, until the commit: what is read after it stays true.
-- One lock and not one for each person, because a turn may hold, release and move in one transaction, and whoever takes
-- several locks one by one can wait in a circle.
create function lock_calendar(p_business uuid) returns void
    language sql volatile
    begin atomic
    select pg_advisory_xact_lock(hashtextextended('calendar ' || p_business, 0));
end;

-- Holds that no longer count: they ran out, or the same caller wants this time in another way.
create function drop_spent_holds(p_business uuid, p_new bookings, p_units uuid[], p_to timestamptz, p_now timestamptz)
    returns void
    language plpgsql as $$
begin
    delete from bookings b
    where b.business_id = p_business and b.state = 'held'
      and (b.held_until <= p_now or lower(coalesce(b.for_whom, '')) = lower(coalesce(p_new.for_whom, '')))
      and b.booking_id = any(array(
        select o.booking_id from occupancies o
        where o.business_id = p_business and o.held_until is not null and o.unit_id = any(p_units)
          and o.from_at < p_to and o.to_at > p_new.starts_at
          and (o.held_until <= p_now or o.holder_id = p_new.contact_id)
        union all
        select s.booking_id from bookings s
        where s.business_id = p_business and s.state = 'held' and s.contact_id = p_new.contact_id
          and (s.held_until <= p_now or s.starts_at = p_new.starts_at)));
end
$$;

-- A person cannot be at two addresses with less than the travel time between them.
create function is_too_far(p_business uuid, p_new bookings, p_extra jsonb, p_now timestamptz) returns boolean
    language sql stable
    begin atomic
    select exists (
        select from occupancies o, make_interval(mins => (p_extra->>'travel_minutes')::int) travel
        where o.business_id = p_business and o.unit_id = p_new.staff_id and travel > '0'
          and o.from_at < (p_extra->>'to_at')::timestamptz + travel and o.to_at > p_new.starts_at - travel
          and o.sitting_id <> p_new.sitting_id
          and (o.held_until is null or o.held_until > p_now)
          and coalesce(o.place <> (p_extra->>'place'), true));
end;

create function free_seat(p_business uuid, p_sitting uuid, p_capacity int) returns int
    language sql stable
    begin atomic
    select min(n) from generate_series(0, p_capacity - 1) n where not exists (
        select from bookings b
        where b.business_id = p_business and b.sitting_id = p_sitting and b.seat = n and b.state in ('held', 'booked'));
end;

-- Holds or books a time; no row: it is taken. The same booking_id twice, or the same wish of the same person twice,
-- is one booking. p_new has the columns of the booking; p_extra has to_at, capacity, class_id, place, travel_minutes
-- and moving.
create function place_booking(p_business uuid, p_new jsonb, p_extra jsonb, p_now timestamptz) returns setof bookings
    language plpgsql as $$
declare
    v_new    bookings%rowtype := jsonb_populate_record(null::bookings, p_new);
    v_old    bookings%rowtype;
    v_same   bookings%rowtype;
    v_units  uuid[] := v_new.staff_id || v_new.resource_ids;
    v_to     timestamptz := (p_extra->>'to_at')::timestamptz;
    v_class  boolean := (p_extra->>'capacity')::int > 1;
    v_moving uuid := (p_extra->>'moving')::uuid;
begin
    v_new.business_id := p_business;
    perform lock_calendar(p_business);
    select * into v_old from bookings b where b.business_id = p_business and b.booking_id = v_new.booking_id for update;
    if found and v_old.state <> 'held' then
        -- Booked already by an earlier try of the same request; whoever cancelled it since has had the last word.
        return query select v_old.* where v_old.state = 'booked' and v_old.contact_id = v_new.contact_id;
        return;
    end if;
    -- What this person has at this start; the booking that moves is leaving.
    select * into v_same from bookings b
    where b.business_id = p_business and b.contact_id = v_new.contact_id and b.starts_at = v_new.starts_at
      and b.state = 'booked' and lower(coalesce(b.for_whom, '')) = lower(coalesce(v_new.for_whom, ''))
      and (b.booking_id is distinct from v_moving or b.staff_id = v_new.staff_id and b.service = v_new.service);
    if found then
        return query select v_same.* where v_same.service = v_new.service and v_same.staff_id = v_new.staff_id
            and v_moving is null or v_same.booking_id = v_moving;
        return;
    end if;
    -- A hold gives way to what it becomes: it is placed anew, so that one that ran out is checked like any other.
    delete from bookings b where b.business_id = p_business and b.booking_id = v_old.booking_id;
    perform drop_spent_holds(p_business, v_new, v_units, v_to, p_now);
    -- Only its own booking, alone in its sitting, may be overlapped by the time that a contact moves it to.
    select b.sitting_id into v_new.sitting_id from bookings b
    where b.business_id = p_business and b.booking_id = v_moving and b.booking_id = b.sitting_id
      and b.contact_id = v_new.contact_id and b.state = 'booked' and v_new.state = 'held' and not v_class;
    if v_new.sitting_id is null then
        v_new.sitting_id := case when v_class then (p_extra->>'class_id')::uuid else v_new.booking_id end;
        v_new.seat := free_seat(p_business, v_new.sitting_id, (p_extra->>'capacity')::int);
        if v_new.seat is null then
            raise exclusion_violation;
        end if;
    end if;
    if is_too_far(p_business, v_new, p_extra, p_now) then
        raise exclusion_violation;
    end if;
    v_new.made_at := p_now;
    v_new.changed_at := p_now;
    v_new.sequence := 0;
    insert into bookings select v_new.*;
    insert into occupancies
        (business_id, booking_id, unit_id, from_at, to_at, sitting_id, is_shared, place, held_until, holder_id)
    select p_business, v_new.booking_id, unit, v_new.starts_at, v_to, v_new.sitting_id, v_class, p_extra->>'place',
           v_new.held_until, case v_new.state when 'held' then v_new.contact_id end
    from unnest(v_units) unit;
    perform note_change(p_business, 'booking', v_new.booking_id, p_now);
    return next v_new;
exception
    -- The last word is the constraints': whatever got past the checks above ends here, and nothing was written.
    when exclusion_violation or unique_violation or deadlock_detected then
        return;
end
$$;

-- Gives a booking the time of a hold; it keeps its id, and its old time is free in the same moment.
create function move_booking(p_business uuid, p_booking uuid, p_held uuid, p_now timestamptz) returns setof bookings
    language plpgsql as $$
declare
    v_old  bookings%rowtype;
    v_held bookings%rowtype;
begin
    perform lock_calendar(p_business);
    select * into v_old from bookings where business_id = p_business and booking_id = p_booking for update;
    select * into v_held from bookings where business_id = p_business and booking_id = p_held for update;
    if v_old.state is distinct from 'booked' or v_held.state is distinct from 'held'
        or v_old.contact_id <> v_held.contact_id then
        return;
    end if;
    -- The rows of a hold that ran out are still there: nobody has taken its time since.
    delete from occupancies where business_id = p_business and booking_id = p_booking;
    update occupancies set booking_id = p_booking, held_until = null, holder_id = null,
        sitting_id = case when is_shared then sitting_id else p_booking end
    where business_id = p_business and booking_id = p_held;
    delete from bookings where business_id = p_business and booking_id = p_held;
    return query update bookings b set
        staff_id = v_held.staff_id, resource_ids = v_held.resource_ids,
        starts_at = v_held.starts_at, ends_at = v_held.ends_at,
        sitting_id = case when v_held.sitting_id in (p_booking, p_held) then p_booking else v_held.sitting_id end,
        seat = coalesce(v_held.seat, 0),
        service = v_held.service,
        price_cents = case when b.service = v_held.service then b.price_cents else v_held.price_cents end,
        address = coalesce(v_held.address, b.address), details = b.details || v_held.details,
        moved_from = b.starts_at, confirmed_at = null, reminder_sent_at = null,
        sequence = b.sequence + 1, changed_at = p_now
    where b.business_id = p_business and b.booking_id = p_booking
    returning b.*;
    perform note_change(p_business, 'booking', p_booking, p_now);
exception
    when exclusion_violation or unique_violation or deadlock_detected then
        return;
end
$$;

-- The booking stays as a row; what it occupied is free at once.
create function cancel_booking(p_business uuid, p_booking uuid, p_by text, p_why text, p_now timestamptz)
    returns setof bookings
    language plpgsql as $$
begin
    perform lock_calendar(p_business);
    return query update bookings b set
        state = 'cancelled', cancelled_at = p_now, cancelled_by = p_by, cancel_why = p_why,
        sequence = b.sequence + 1, changed_at = p_now
    where b.business_id = p_business and b.booking_id = p_booking and b.state = 'booked'
    returning b.*;
    if found then
        delete from occupancies where business_id = p_business and booking_id = p_booking;
        perform note_change(p_business, 'booking', p_booking, p_now);
    end if;
end
$$;

create function release_hold(p_business uuid, p_booking uuid, p_now timestamptz) returns boolean
    language plpgsql as $$
begin
    perform lock_calendar(p_business);
    delete from bookings where business_id = p_business and booking_id = p_booking and state = 'held';
    if not found then
        return false;
    end if;
    perform note_change(p_business, 'booking', p_booking, p_now);
    return true;
end
$$;
