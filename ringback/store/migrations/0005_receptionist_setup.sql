-- What the receptionist needs to know of a business. Defaults are those of the values, so that businesses set up
-- before go on as they are; new keys of services and facts live inside their JSON and need no column.

alter table businesses
    add column resources    jsonb not null default '[]',
    add column booking      jsonb not null default '{}',
    add column receptionist jsonb not null default '{}',
    add column address      text;

alter table staff
    add column takes_bookings boolean not null default true,
    -- Null: bookings in the opening hours.
    add column weekly         jsonb,
    add column time_off       jsonb not null default '[]';
