-- How notices reach people: keys of the installation, mail, devices that take pushes, and what became of each.

-- Made at first use, one of each for the whole installation; outside row-level security.
create table installation_keys (
    name    text primary key,
    value   jsonb not null,
    made_at timestamptz not null
);

-- Letters wait here until they are sent; what they say is deleted then, because it may open something. Invitations and
-- resets belong to no business, so this is outside row-level security too.
create table mails (
    mail_id    uuid primary key,
    to_address text not null,
    subject    text not null,
    body_text  text,
    body_html  text,
    made_at    timestamptz not null,
    tries      int not null default 0,
    sent_at    timestamptz,
    failed     text
);
create index mails_made on mails (made_at);

-- The ways in which a person wants to be told, first to last; no row: the usual order.
create table staff_channels (
    business_id uuid not null references businesses,
    staff_id    uuid not null,
    channels    text[] not null,
    primary key (business_id, staff_id),
    foreign key (business_id, staff_id) references staff
);

create table notice_rules (
    business_id       uuid primary key references businesses,
    -- Whether a lock screen and a mailbox may show what callers wrote.
    shows_words       boolean not null default false,
    push_wait_seconds int not null default 45 check (push_wait_seconds between 10 and 600)
);

create table push_subscriptions (
    business_id     uuid not null references businesses,
    subscription_id uuid not null,
    person_id       uuid not null,
    -- Pushes end with the sign-in that asked for them: a lost phone is silenced by ending its session.
    session_id      uuid not null,
    endpoint        text not null,
    p256dh          text not null,
    auth            text not null,
    device          text not null,
    made_at         timestamptz not null,
    seen_at         timestamptz not null,
    shown_at        timestamptz,
    ended_at        timestamptz,
    ended_why       text,
    primary key (business_id, subscription_id),
    unique (business_id, endpoint),
    foreign key (person_id, business_id) references memberships on delete cascade
);
create index push_subscriptions_person on push_subscriptions (business_id, person_id) where ended_at is null;

-- From when on a notice may go, the notice it follows because nobody saw that one, and what carries it.
alter table notices add column send_at timestamptz;
alter table notices add column follows uuid;
alter table notices add column tried text[] not null default '{}';
alter table notices add column allowed text[];
alter table notices add column begun_at timestamptz;
alter table notices add column settled_at timestamptz;
alter table notices add column message_id uuid;
alter table notices add column mail_id uuid;

-- One push to one device.
create table notice_pushes (
    business_id     uuid not null references businesses,
    notice_id       uuid not null,
    subscription_id uuid not null,
    sent_at         timestamptz,
    shown_at        timestamptz,
    opened_at       timestamptz,
    failed          text,
    primary key (business_id, notice_id, subscription_id),
    foreign key (business_id, notice_id) references notices,
    foreign key (business_id, subscription_id) references push_subscriptions on delete cascade
);

do $$
declare
    t text;
begin
    foreach t in array array['staff_channels', 'notice_rules', 'push_subscriptions', 'notice_pushes'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format(
            'create policy one_business on %I to ringback_app using (business_id = current_business()) '
            'with check (business_id = current_business())', t);
        execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    end loop;
end
$$;
