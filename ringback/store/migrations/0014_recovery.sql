-- What the missed calls brought: a ledger with one row per call, sums of it by day, and what the owner says of values.

-- What a job is worth. No row: nothing was set, and the defaults stand in ringback/domain/recovery.py.
create table recovery_values (
    business_id        uuid primary key references businesses,
    job_value_cents    int check (job_value_cents >= 0),
    close_percent      int not null check (close_percent between 0 and 100),
    segment_millicents int not null check (segment_millicents >= 0),
    services           jsonb not null default '{}'
);

-- What a person says a job has brought. It belongs to the missed call that it traces back to.
create table job_values (
    business_id  uuid not null,
    call_id      uuid not null,
    value_cents  int not null check (value_cents >= 0),
    confirmed_by text not null,
    confirmed_at timestamptz not null,
    primary key (business_id, call_id),
    foreign key (business_id, call_id) references calls
);

-- The ledger. Every figure is a count or a sum over it, so that the rows behind a figure are always as many as it says.
create table recovery_calls (
    business_id     uuid not null,
    call_id         uuid not null,
    started_at      timestamptz not null,
    -- In the business's own zone.
    on_date         date not null,
    hour            int not null,
    line_id         uuid not null,
    contact_id      uuid,
    outcome         text not null,
    wording         text,
    is_missed       boolean not null,
    texted_at       timestamptz,
    replied_at      timestamptz,
    booking_id      uuid,
    recovered_at    timestamptz,
    service         text not null,
    price_cents     int,
    confirmed_cents int,
    called_back_at  timestamptz,
    is_lost         boolean not null,
    segments        int not null,
    primary key (business_id, call_id),
    foreign key (business_id, call_id) references calls
);
create index recovery_calls_by_day on recovery_calls (business_id, on_date, started_at, call_id);
create index recovery_calls_by_contact on recovery_calls (business_id, contact_id);
create index recovery_calls_recovered on recovery_calls (business_id, recovered_at) where recovered_at is not null;
create index recovery_calls_rare on recovery_calls (business_id, on_date, started_at, call_id)
    where recovered_at is not null or is_lost or called_back_at is not null;

-- Waits for an answer that somebody ended by answering.
create table recovery_answers (
    business_id uuid not null,
    wait_id     uuid not null,
    thread_id   uuid not null,
    on_date     date not null,
    needed_at   timestamptz not null,
    answered_at timestamptz not null,
    answered_by text not null,
    met         boolean,
    primary key (business_id, wait_id),
    foreign key (business_id, thread_id) references threads
);
create index recovery_answers_by_day on recovery_answers (business_id, on_date, answered_at, wait_id);
create index recovery_answers_by_thread on recovery_answers (business_id, thread_id);

-- The ledger summed by day and by what it can be cut by: 100,000 calls are a few thousand rows here.
create table recovery_days (
    business_id       uuid not null references businesses,
    on_date           date not null,
    cut               text not null,
    name              text not null,
    service           text not null,
    calls             int not null default 0,
    missed            int not null default 0,
    texted            int not null default 0,
    replied           int not null default 0,
    recovered         int not null default 0,
    booked            int not null default 0,
    confirmed         int not null default 0,
    estimated         int not null default 0,
    lost              int not null default 0,
    called_back       int not null default 0,
    call_back_seconds int not null default 0,
    segments          int not null default 0,
    priced            int not null default 0,
    price_cents       bigint not null default 0,
    confirmed_cents   bigint not null default 0,
    answers           int not null default 0,
    answer_seconds    int not null default 0,
    timed             int not null default 0,
    in_time           int not null default 0,
    primary key (business_id, cut, on_date, name, service)
);
create index recovery_days_by_date on recovery_days (business_id, on_date);

-- Up to which change the ledger has been counted, and in which zone.
create table recovery_progress (
    business_id uuid primary key references businesses,
    xid         xid8 not null,
    change_id   bigint not null,
    zone        text not null,
    counted_at  timestamptz not null
);

create table weekly_report_readers (
    business_id uuid not null references businesses,
    person_id   uuid not null,
    since_at    timestamptz not null,
    primary key (business_id, person_id)
);

-- One row per week (its Monday) whose report went out: the key is what makes it one.
create table weekly_reports (
    business_id uuid not null references businesses,
    week_on     date not null,
    sent_at     timestamptz not null,
    letters     int not null,
    primary key (business_id, week_on)
);

create index quotes_by_time on quotes (business_id, requested_at);

-- Which businesses have something to count or a report to write: ids alone, across businesses.
create function due_recovery_work(p_now timestamptz) returns table (business_id uuid, kind text)
    language sql stable security definer set search_path = public
    begin atomic
    select b.business_id, 'recount_recovery'::text as kind
    from businesses b left join recovery_progress p on p.business_id = b.business_id
    where p.business_id is null or p.zone <> b.zone or exists (
        select from changes c
        where c.business_id = b.business_id and (c.xid, c.change_id) > (p.xid, p.change_id)
          and c.xid < pg_snapshot_xmin(pg_current_snapshot())
          and c.kind in ('call', 'thread', 'booking', 'call_back'))
    union all
    select b.business_id, 'weekly_report'::text as kind
    from businesses b cross join lateral (
        select p_now at time zone b.zone as local, date_trunc('week', p_now at time zone b.zone) as monday) w
    where w.local >= w.monday + interval '8 hours'
      and exists (
        select from weekly_report_readers r
        where r.business_id = b.business_id
          and r.since_at < (w.monday + interval '8 hours') at time zone b.zone)
      and not exists (
        select from weekly_reports s where s.business_id = b.business_id and s.week_on = w.monday::date);
end;

do $$
declare
    t text;
begin
    foreach t in array array[
        'recovery_values', 'job_values', 'recovery_calls', 'recovery_answers', 'recovery_days', 'recovery_progress',
        'weekly_report_readers', 'weekly_reports'
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
