-- The people who work here: who they are on the staff list, what they changed, what they own, what they were told.

-- A person who signs in may be one of the staff: threads are theirs, alerts reach them.
alter table memberships add column staff_id uuid;
alter table people add column language text;
alter table memberships drop constraint memberships_role_check;
alter table memberships add constraint memberships_role_check check (role in ('agency', 'owner', 'staff', 'viewer'));

-- One row per change that somebody made: who, what, and what it was before and after.
create table audit_entries (
    business_id uuid not null references businesses,
    entry_id    uuid not null,
    at          timestamptz not null,
    who         text not null,
    person_id   uuid,
    what        text not null,
    subject     text not null,
    before      jsonb,
    after       jsonb,
    primary key (business_id, entry_id)
);
create index audit_entries_recent on audit_entries (business_id, at desc, entry_id desc);

-- Who answers a thread, and until when. The due time is set with needs_reply_at and goes with it.
alter table threads add column owner_id uuid;
alter table threads add column owned_at timestamptz;
alter table threads add column reply_due_at timestamptz;
create index threads_owner on threads (business_id, owner_id) where needs_reply_at is not null;

-- What staff were told, on which way, and whether they have seen it.
create table notices (
    business_id     uuid not null references businesses,
    notice_id       uuid not null,
    staff_id        uuid not null,
    kind            text not null,
    channel         text not null check (channel in ('push', 'sms', 'email')),
    thread_id       uuid,
    words           text not null,
    path            text not null,
    created_at      timestamptz not null,
    sent_at         timestamptz,
    -- The phone said that it showed it; 2xx from a push service says nothing (WebKit bug 249766).
    shown_at        timestamptz,
    acknowledged_at timestamptz,
    failed          text,
    primary key (business_id, notice_id),
    foreign key (business_id, staff_id) references staff
);
create index notices_by_thread on notices (business_id, thread_id, created_at) where thread_id is not null;
create index notices_by_staff on notices (business_id, staff_id, created_at desc);

do $$
declare
    t text;
begin
    foreach t in array array['audit_entries', 'notices'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format(
            'create policy one_business on %I to ringback_app using (business_id = current_business()) '
            'with check (business_id = current_business())', t);
        execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    end loop;
end
$$;
