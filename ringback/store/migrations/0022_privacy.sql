-- Secrets are kept sealed (docs/explanation/secrets.md), people can be forgotten, and what is old goes by itself.

-- A seal is text, so the secrets of links become text. Rows in the clear are sealed by the step that follows migrations.
alter table link_secrets alter column secret type text using encode(secret, 'hex');

-- What an owner says about privacy: healthcare mode and how long things are kept.
alter table businesses add column privacy jsonb not null default '{}';

-- Numbers of contacts who were erased and must not be texted: an HMAC under a key that is not in the database, so that
-- nobody can go through all numbers and compare. Gone when the number calls again: then it is a contact's opt-out.
create table erased_numbers (
    business_id uuid not null references businesses,
    number_hmac bytea not null,
    kept_at     timestamptz not null,
    primary key (business_id, number_hmac)
);

-- That somebody was erased, by whom and what went: never who it was.
create table erasures (
    business_id uuid not null references businesses,
    contact_id  uuid not null,
    erased_at   timestamptz not null,
    erased_by   text not null,
    rows        jsonb not null,
    primary key (business_id, contact_id)
);

do $$
declare
    t text;
begin
    foreach t in array array['erased_numbers', 'erasures'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format(
            'create policy one_business on %I to ringback_app using (business_id = current_business()) '
            'with check (business_id = current_business())', t);
        execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    end loop;
end
$$;

-- What an erasure looks for, and nothing else does.
create index inbound_events_sender on inbound_events (business_id, sender) where sender is not null;
create index calls_caller on calls (business_id, caller);

-- When the old things of a business are looked through next: at night, where the business is.
alter table business_directory add column forget_at timestamptz not null default 'epoch';
create index business_directory_forget on business_directory (forget_at);

-- Rows come in the order of their time, so that ranges of pages are enough to find the old ones.
create index messages_by_age on messages using brin (created_at);
-- Emptied texts stay as rows: without this every night would read all of them again.
create index messages_with_words on messages (business_id, created_at) where body <> '';
create index turns_by_age on turns using brin (at);
create index inbound_events_by_age on inbound_events using brin (received_at);
create index notices_by_age on notices using brin (created_at);
create index calls_by_age on calls using brin (started_at);

-- An opt-out that outlived the erasure of its contact.
alter table opt_outs
    drop constraint opt_outs_source_check,
    add constraint opt_outs_source_check
        check (source in ('keyword', 'carrier', 'carrier_error', 'staff', 'words', 'erased')) not valid;
