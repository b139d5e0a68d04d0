-- How people come in and what they may do: passkeys, links that work once, sessions by device, shared desks.

-- These two are outside row-level security: they are read before it is known who asks, and for which business.
create table passkeys (
    credential_id bytea primary key,
    passkey_id    uuid not null unique,
    person_id     uuid not null references people on delete cascade,
    public_key    bytea not null,
    sign_count    bigint not null,
    name          text not null,
    created_at    timestamptz not null,
    used_at       timestamptz
);
create index passkeys_by_person on passkeys (person_id);

-- What a link or a challenge leads to. A desk's is for ever, the others work once and for a while.
create table sign_in_tokens (
    token_hash  bytea primary key,
    purpose     text not null check (purpose in ('challenge', 'reset', 'invitation', 'texted', 'desk')),
    person_id   uuid references people on delete cascade,
    business_id uuid,
    subject_id  uuid,
    made_at     timestamptz not null,
    expires_at  timestamptz
);
create index sign_in_tokens_by_subject on sign_in_tokens (subject_id) where subject_id is not null;
create index sign_in_tokens_by_person on sign_in_tokens (person_id) where person_id is not null;

alter table sessions add column session_id uuid not null default gen_random_uuid();
alter table sessions add column browser text;
alter table sessions add column system text;
alter table sessions add column desk_id uuid;
alter table sessions add column idle_minutes int;
-- Came in by the PIN of a shared desk: never more than staff, and nothing of their own sign-in may be changed.
alter table sessions add column by_pin boolean not null default false;
create unique index sessions_by_id on sessions (session_id);
create index sessions_by_person on sessions (person_id);

create index memberships_by_business on memberships (business_id);
-- One of the staff is one person.
create unique index memberships_by_staff on memberships (business_id, staff_id) where staff_id is not null;

create table invitations (
    business_id   uuid not null references businesses,
    invitation_id uuid not null,
    name          text not null,
    email         text,
    role          text not null check (role in ('owner', 'staff', 'viewer')),
    staff_id      uuid,
    -- Of the code that goes with a link sent by text: the text itself is kept in the thread, and others may read it.
    code_hash     text,
    invited_by    uuid not null,
    inviter_name  text not null,
    made_at       timestamptz not null,
    expires_at    timestamptz not null,
    accepted_at   timestamptz,
    accepted_by   uuid,
    ended_at      timestamptz,
    primary key (business_id, invitation_id)
);

create table shared_desks (
    business_id  uuid not null references businesses,
    desk_id      uuid not null,
    name         text not null,
    idle_minutes int not null check (idle_minutes between 1 and 240),
    made_by      text not null,
    made_at      timestamptz not null,
    ended_at     timestamptz,
    primary key (business_id, desk_id)
);

create table desk_pins (
    business_id uuid not null references businesses,
    person_id   uuid not null,
    pin_hash    text not null,
    set_at      timestamptz not null,
    primary key (business_id, person_id),
    foreign key (person_id, business_id) references memberships on delete cascade
);

-- The businesses of one person with their names. Each is read under its own row-level security, as its caller.
create function businesses_of(p_person uuid) returns table (business_id uuid, name text, role text)
    language plpgsql as $$
#variable_conflict use_column
declare
    v_before text := current_setting('app.business', true);
    v_member memberships%rowtype;
begin
    for v_member in select * from memberships m where m.person_id = p_person loop
        perform set_config('app.business', v_member.business_id::text, true);
        return query select b.business_id, b.name, v_member.role from businesses b
            where b.business_id = v_member.business_id;
    end loop;
    perform set_config('app.business', coalesce(v_before, ''), true);
end
$$;
grant execute on function businesses_of(uuid) to ringback_app;

do $$
declare
    t text;
begin
    foreach t in array array['invitations', 'shared_desks', 'desk_pins'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format(
            'create policy one_business on %I to ringback_app using (business_id = current_business()) '
            'with check (business_id = current_business())', t);
        execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    end loop;
end
$$;
