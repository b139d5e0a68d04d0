-- The set-up wizard: the first key of an empty installation, how far a set-up is, and the time of a test call.

-- A line that the wizard connected texts nobody until its owner says "go live"; those added otherwise are live.
alter table lines add column in_set_up boolean not null default false;

-- From the hash of the address that an empty installation prints to its first owner. Outside row-level security:
-- nobody has a business then. There is one row at most.
create table welcome_keys (
    key_hash bytea primary key,
    made_at  timestamptz not null
);

create table set_ups (
    business_id uuid primary key references businesses,
    begun_at    timestamptz not null,
    -- The steps that were finished, in no order.
    steps       text[] not null default '{}',
    -- The phone company's credentials between their check and the choice of a number; they go with the line then.
    account     jsonb
);

-- For a quarter of an hour staff phones, and one other, are texted from a line, so that the owner can try it.
create table test_windows (
    business_id uuid not null references businesses,
    window_id   uuid not null,
    line_id     uuid not null,
    phone       text,
    opened_by   text not null,
    opened_at   timestamptz not null,
    ends_at     timestamptz not null,
    primary key (business_id, window_id),
    foreign key (business_id, line_id) references lines
);
create index test_windows_by_line on test_windows (business_id, line_id, opened_at desc);

do $$
declare
    t text;
begin
    foreach t in array array['set_ups', 'test_windows'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format(
            'create policy one_business on %I to ringback_app using (business_id = current_business()) '
            'with check (business_id = current_business())', t);
        execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    end loop;
end
$$;
