-- Row-level security on every business table, forced on the owner too. The application logs in as
-- ringback_app, which owns nothing; `app.business` is set for one transaction at a time.

create function current_business() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('app.business', true), '')::uuid;

do $$
declare
    t text;
begin
    foreach t in array array[
        'businesses', 'staff', 'connections', 'lines', 'contacts', 'contact_marks', 'opt_outs', 'inbound_events',
        'calls', 'threads', 'closures', 'messages', 'pictures', 'text_backs', 'text_back_claims', 'call_backs',
        'alarms', 'provider_exchanges', 'changes'
    ] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format(
            'create policy one_business on %I to ringback_app using (business_id = current_business()) '
            'with check (business_id = current_business())', t);
        -- FORCE binds the owner as well: without this, data migrations and backups see no rows and say nothing.
        execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    end loop;
end
$$;

grant usage on schema public to ringback_app;
grant select, insert, update, delete on all tables in schema public to ringback_app;
grant usage on all sequences in schema public to ringback_app;
revoke insert, update, delete on schema_migrations from ringback_app;
alter default privileges in schema public grant select, insert, update, delete on tables to ringback_app;
alter default privileges in schema public grant usage on sequences to ringback_app;
