-- The spine: businesses, calls, text-backs, threads and messages.
-- business_id comes first in every key, so that the same schema can be split by business later.

-- Who may sign in, and the directories that lead from an outside key to a business. These tables
-- are outside row-level security on purpose; the list stands in ringback/store/tenancy.py.

create table business_directory (
    slug        text primary key,
    business_id uuid not null unique
);

create table line_directory (
    hook_key    text primary key,
    business_id uuid not null,
    line_id     uuid not null
);

create table people (
    person_id     uuid primary key,
    email         text not null,
    name          text not null,
    password_hash text not null,
    created_at    timestamptz not null
);
create unique index people_email on people (lower(email));

create table memberships (
    person_id   uuid not null references people on delete cascade,
    business_id uuid not null,
    role        text not null check (role in ('owner', 'staff', 'viewer')),
    primary key (person_id, business_id)
);

create table sessions (
    token_hash   bytea primary key,
    person_id    uuid not null references people on delete cascade,
    business_id  uuid not null,
    created_at   timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at   timestamptz not null
);

create table api_keys (
    key_hash    bytea primary key,
    business_id uuid not null,
    name        text not null,
    created_at  timestamptz not null,
    ended_at    timestamptz
);

create table sign_in_failures (
    source    text not null,
    failed_at timestamptz not null
);
create index sign_in_failures_by_source on sign_in_failures (source, failed_at);

create table worker_beats (
    worker_id uuid primary key,
    beat_at   timestamptz not null
);

-- Everything below belongs to one business and is under row-level security (0002).

create table businesses (
    business_id    uuid primary key,
    slug           text not null unique,
    name           text not null,
    trade          text not null,
    zone           text not null,
    country        text not null,
    language       text not null,
    tone           text not null,
    hours          jsonb not null,
    policy         jsonb not null,
    wordings       jsonb not null,
    rules          jsonb not null,
    services       jsonb not null,
    facts          jsonb not null,
    text_countries text[] not null default '{}',
    version        bigint not null default 1,
    created_at     timestamptz not null,
    updated_at     timestamptz not null
);

create table staff (
    business_id uuid not null references businesses,
    staff_id    uuid not null,
    position    int not null,
    name        text not null,
    phone       text,
    email       text,
    takes_calls boolean not null,
    ended_at    timestamptz,
    primary key (business_id, staff_id)
);
create unique index staff_name on staff (business_id, name) where ended_at is null;

create table connections (
    business_id   uuid not null references businesses,
    connection_id uuid not null,
    provider      text not null,
    settings      jsonb not null,
    created_at    timestamptz not null,
    primary key (business_id, connection_id)
);

create table lines (
    business_id       uuid not null references businesses,
    line_id           uuid not null,
    connection_id     uuid not null,
    number            text not null,
    mode              text not null check (mode in ('front', 'overflow', 'watch')),
    label             text not null,
    language          text not null,
    hook_key          text not null unique,
    ring              jsonb not null,
    forwarding_number text,
    registration      text not null check (registration in ('unknown', 'pending', 'approved', 'not_needed')),
    text_back         boolean not null,
    texts_per_second  real not null,
    next_text_at      timestamptz,
    polled_until      timestamptz,
    poll_tried_at     timestamptz,
    created_at        timestamptz not null,
    ended_at          timestamptz,
    primary key (business_id, line_id),
    foreign key (business_id, connection_id) references connections
);
create unique index lines_number on lines (business_id, number) where ended_at is null;

create table contacts (
    business_id uuid not null references businesses,
    contact_id  uuid not null,
    phone       text not null,
    name        text,
    language    text,
    created_at  timestamptz not null,
    primary key (business_id, contact_id),
    unique (business_id, phone)
);

-- State as rows with who, when and why: blocked, do not text, spam, a number that cannot get texts.
create table contact_marks (
    business_id uuid not null,
    mark_id     uuid not null,
    contact_id  uuid not null,
    kind        text not null check (kind in ('blocked', 'do_not_text', 'spam', 'untextable')),
    why         text not null,
    made_by     text not null,
    made_at     timestamptz not null,
    ended_at    timestamptz,
    ended_by    text,
    primary key (business_id, mark_id),
    foreign key (business_id, contact_id) references contacts
);
create unique index contact_marks_live on contact_marks (business_id, contact_id, kind) where ended_at is null;

create table opt_outs (
    business_id   uuid not null,
    opt_out_id    uuid not null,
    contact_id    uuid not null,
    line_id       uuid,
    source        text not null check (source in ('keyword', 'carrier', 'carrier_error', 'staff')),
    words         text,
    opted_out_at  timestamptz not null,
    ended_at      timestamptz,
    ended_how     text,
    primary key (business_id, opt_out_id),
    foreign key (business_id, contact_id) references contacts
);
create unique index opt_outs_live on opt_outs (business_id, contact_id) where ended_at is null;

-- What providers told us, once each, for ever: a captured callback can be replayed at any time.
create table inbound_events (
    business_id  uuid not null references businesses,
    event_id     uuid not null,
    provider     text not null,
    delivery_key text not null,
    line_id      uuid not null,
    kind         text not null check (kind in ('call', 'message', 'progress')),
    subject      text not null,
    sender       text,
    event        jsonb not null,
    raw          jsonb not null,
    received_at  timestamptz not null,
    handled_at   timestamptz,
    primary key (business_id, event_id),
    unique (business_id, provider, delivery_key)
);
create index inbound_events_subject on inbound_events (business_id, provider, subject);
create index inbound_events_waiting on inbound_events (business_id, sender)
    where handled_at is null and kind = 'message';

create table calls (
    business_id      uuid not null references businesses,
    call_id          uuid not null,
    line_id          uuid not null,
    contact_id       uuid,
    provider         text not null,
    provider_call_id text not null,
    caller           text not null,
    caller_name      text,
    forwarded_from   text,
    plan             text not null,
    day              text,
    blocked          boolean not null default false,
    started_at       timestamptz not null,
    over_at          timestamptz,
    outcome          text,
    decided_at       timestamptz,
    primary key (business_id, call_id),
    unique (business_id, provider, provider_call_id),
    foreign key (business_id, line_id) references lines,
    foreign key (business_id, contact_id) references contacts
);
create index calls_recent on calls (business_id, started_at desc, call_id desc);
create index calls_by_contact on calls (business_id, contact_id, started_at desc);

create table threads (
    business_id     uuid not null references businesses,
    thread_id       uuid not null,
    contact_id      uuid not null,
    line_id         uuid not null,
    created_at      timestamptz not null,
    last_message_at timestamptz not null,
    last_inbound_at timestamptz,
    needs_reply_at  timestamptz,
    urgent_at       timestamptz,
    preview         text not null default '',
    primary key (business_id, thread_id),
    unique (business_id, contact_id),
    foreign key (business_id, contact_id) references contacts,
    foreign key (business_id, line_id) references lines
);
create index threads_recent on threads (business_id, last_message_at desc, thread_id desc);

-- Counted on every page for the number beside "Conversations".
create index threads_waiting on threads (business_id) where needs_reply_at is not null;

create table closures (
    business_id uuid not null,
    closure_id  uuid not null,
    thread_id   uuid not null,
    closed_at   timestamptz not null,
    closed_by   text not null,
    reopened_at timestamptz,
    primary key (business_id, closure_id),
    foreign key (business_id, thread_id) references threads
);
create unique index closures_live on closures (business_id, thread_id) where reopened_at is null;

create table messages (
    business_id         uuid not null references businesses,
    message_id          uuid not null,
    thread_id           uuid not null,
    line_id             uuid not null,
    direction           text not null check (direction in ('in', 'out')),
    author              text not null check (author in ('contact', 'receptionist', 'staff', 'system')),
    purpose             text not null check (purpose in ('inbound', 'text_back', 'reply', 'keyword_answer')),
    written_by          text,
    body                text not null,
    segments            int not null,
    state               text not null check
        (state in ('intended', 'sending', 'accepted', 'rejected', 'uncertain', 'dropped', 'received')),
    delivery            text,
    provider            text not null,
    provider_message_id text,
    error_kind          text,
    error_code          text,
    attempts            int not null default 0,
    lookups             int not null default 0,
    created_at          timestamptz not null,
    send_at             timestamptz not null,
    expires_at          timestamptz,
    -- The moment the line's rate has given this text; asked for once.
    slot_at             timestamptz,
    sending_at          timestamptz,
    settled_at          timestamptz,
    primary key (business_id, message_id),
    foreign key (business_id, thread_id) references threads,
    foreign key (business_id, line_id) references lines
);
create index messages_thread on messages (business_id, thread_id, created_at desc, message_id desc);
create unique index messages_provider_id on messages (business_id, provider, provider_message_id)
    where provider_message_id is not null;
create index messages_pending on messages (business_id, thread_id)
    where state in ('intended', 'sending', 'uncertain');

create table pictures (
    business_id  uuid not null,
    message_id   uuid not null,
    position     int not null,
    url          text not null,
    content_type text not null,
    bytes        bytea,
    failed       text,
    fetched_at   timestamptz,
    primary key (business_id, message_id, position),
    foreign key (business_id, message_id) references messages
);

create table text_backs (
    business_id  uuid not null references businesses,
    text_back_id uuid not null,
    call_id      uuid not null,
    contact_id   uuid,
    line_id      uuid not null,
    decision     text not null check (decision in ('send', 'skip')),
    reason       text,
    outcome      text not null,
    send_at      timestamptz,
    wording      text,
    why          text not null,
    message_id   uuid,
    decided_at   timestamptz not null,
    primary key (business_id, text_back_id),
    unique (business_id, call_id),
    foreign key (business_id, call_id) references calls,
    check ((decision = 'send') = (reason is null))
);
create index text_backs_sent on text_backs (business_id, line_id, decided_at) where decision = 'send';
create index text_backs_recent on text_backs (business_id, decided_at) where decision = 'send';
create unique index text_backs_message on text_backs (business_id, message_id) where message_id is not null;

-- One text per contact and window, held by the database: a claim is taken by one call or by none.
create table text_back_claims (
    business_id uuid not null references businesses,
    contact_id  uuid not null,
    call_id     uuid not null,
    claimed_at  timestamptz not null,
    until       timestamptz not null,
    primary key (business_id, contact_id),
    foreign key (business_id, contact_id) references contacts
);

create table call_backs (
    business_id  uuid not null references businesses,
    call_back_id uuid not null,
    call_id      uuid,
    contact_id   uuid,
    caller       text not null,
    why          text not null,
    urgent       boolean not null default false,
    due_at       timestamptz not null,
    created_at   timestamptz not null,
    done_at      timestamptz,
    done_by      text,
    primary key (business_id, call_back_id)
);
create unique index call_backs_by_call on call_backs (business_id, call_id) where call_id is not null;
create index call_backs_open on call_backs (business_id, due_at) where done_at is null;
create index call_backs_contact on call_backs (business_id, contact_id, done_at) where done_at is not null;

-- Alarms to the owner: one row while the state lasts ("the brake holds texts back", "credentials refused").
create table alarms (
    business_id uuid not null references businesses,
    alarm_id    uuid not null,
    kind        text not null,
    subject     text not null,
    words       text not null,
    raised_at   timestamptz not null,
    last_at     timestamptz not null,
    times       int not null default 1,
    ended_at    timestamptz,
    primary key (business_id, alarm_id)
);
create unique index alarms_live on alarms (business_id, kind, subject) where ended_at is null;

create table provider_exchanges (
    business_id uuid not null references businesses,
    exchange_id uuid not null,
    provider    text not null,
    what        text not null,
    subject     text not null,
    request     jsonb not null,
    status      int,
    response    text not null,
    at          timestamptz not null,
    primary key (business_id, exchange_id)
);
create index provider_exchanges_subject on provider_exchanges (business_id, subject);

-- The live feed. Ids are handed out before commit, so a reader orders by (xid, change_id) and only takes
-- rows whose transaction is older than every running one: nothing is missed on a reconnect.
create table changes (
    business_id uuid not null references businesses,
    change_id   bigint generated always as identity,
    xid         xid8 not null default pg_current_xact_id(),
    kind        text not null,
    subject     uuid not null,
    at          timestamptz not null,
    primary key (business_id, change_id)
);
create index changes_feed on changes (business_id, xid, change_id);
