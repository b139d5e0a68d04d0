-- Links that open something without a sign-in: each carries a keyed hash made with a secret of its business, so
-- that none can be guessed, none needs a row, and all of a purpose die together when the secret is replaced.

create table link_secrets (
    business_id uuid not null references businesses,
    -- 'booking': a contact's link to one booking; 'feed': the owner's calendar feed.
    purpose     text not null check (purpose in ('booking', 'feed')),
    secret      bytea not null,
    made_at     timestamptz not null,
    primary key (business_id, purpose)
);

alter table link_secrets enable row level security;
alter table link_secrets force row level security;
create policy one_business on link_secrets to ringback_app using (business_id = current_business())
    with check (business_id = current_business());
create policy owner_sees_all on link_secrets to current_user using (true) with check (true);

-- A number typed on the booking page proves nothing: whoever typed it may not be who reads it. So no reminder is ever
-- due for a booking made there, whatever plans it.
create function remind_no_typed_number() returns trigger
    language plpgsql as $$
begin
    if exists (select from bookings b where b.business_id = new.business_id and b.booking_id = new.booking_id
               and b.made_by = 'page') then
        new.due_at := null;
    end if;
    return new;
end
$$;
create trigger remind_no_typed_number before insert or update of due_at on reminders
    for each row when (new.due_at is not null) execute function remind_no_typed_number();

grant execute on function remind_no_typed_number() to ringback_app;
