-- Calling a contact back with one tap: the staff phone rings first, and then the contact's, from the business's line.

create table call_back_calls (
    business_id         uuid not null references businesses,
    ring_id             uuid not null,
    thread_id           uuid not null,
    contact_id          uuid not null,
    line_id             uuid not null,
    staff_id            uuid not null,
    staff_name          text not null,
    -- When the contact began to wait for this call: the first missed call since somebody last spoke with them.
    missed_at           timestamptz,
    asked_at            timestamptz not null,
    placing_at          timestamptz,
    provider_call_id    text,
    staff_answered_at   timestamptz,
    staff_accepted_at   timestamptz,
    contact_answered_at timestamptz,
    ended_at            timestamptz,
    talk_seconds        int,
    failed              text check (failed in ('refused', 'not_sent', 'uncertain', 'late', 'no_staff', 'no_contact')),
    primary key (business_id, ring_id),
    foreign key (business_id, thread_id) references threads,
    foreign key (business_id, contact_id) references contacts,
    foreign key (business_id, line_id) references lines
);
create index call_back_calls_thread on call_back_calls (business_id, thread_id, asked_at desc, ring_id desc);
create index call_back_calls_recent on call_back_calls (business_id, asked_at desc);
create index call_back_calls_contact on call_back_calls (business_id, contact_id, contact_answered_at);

alter table call_back_calls enable row level security;
alter table call_back_calls force row level security;
create policy one_business on call_back_calls to ringback_app using (business_id = current_business())
    with check (business_id = current_business());
create policy owner_sees_all on call_back_calls to current_user using (true) with check (true);
