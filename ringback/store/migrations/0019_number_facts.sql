-- What is known of a phone number: from a look-up, a delivery, a refusal, or a person. The latest of each is kept.

create table number_facts (
    business_id   uuid not null references businesses,
    phone         text not null,
    source        text not null check (source in ('lookup', 'delivery_error', 'delivered', 'texted_us', 'person')),
    line_type     text not null,
    country       text,
    carrier       text,
    pumping_risk  smallint,
    is_reassigned boolean,
    learned_at    timestamptz not null,
    -- A look-up is paid for again after this instant; what a carrier did stands until it does something else.
    expires_at    timestamptz,
    primary key (business_id, phone, source)
);

alter table number_facts enable row level security;
alter table number_facts force row level security;
create policy one_business on number_facts to ringback_app using (business_id = current_business())
    with check (business_id = current_business());
create policy owner_sees_all on number_facts to current_user using (true) with check (true);

-- Whether the phone company is asked about numbers, which it bills: off until the owner says so.
alter table businesses add column number_lookup jsonb not null default '{}';

-- The share of a line's texts that carriers filter.
create index messages_by_line on messages (business_id, line_id, created_at) where direction = 'out';
