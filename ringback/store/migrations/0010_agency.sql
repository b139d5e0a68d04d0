-- Companies that look after several businesses, and contacts that a business brings along in a file.

-- These three lead from a person to businesses, before one is chosen: they are outside row-level security.
create table agencies (
    agency_id  uuid primary key,
    slug       text not null unique,
    name       text not null,
    created_at timestamptz not null
);

create table agency_businesses (
    -- One agency at most looks after a business.
    business_id uuid primary key,
    agency_id   uuid not null references agencies on delete cascade,
    added_at    timestamptz not null
);
create index agency_businesses_of on agency_businesses (agency_id);

create table agency_people (
    agency_id uuid not null references agencies on delete cascade,
    person_id uuid not null references people on delete cascade,
    added_at  timestamptz not null,
    primary key (agency_id, person_id)
);
create index agency_people_who on agency_people (person_id);

-- An agency's people may enter each of its businesses: the memberships follow both lists, whoever writes them.
create function join_agency_members() returns trigger
    language plpgsql as $$
begin
    insert into memberships (person_id, business_id, role)
    select p.person_id, b.business_id, 'agency'
    from agency_people p join agency_businesses b using (agency_id)
    where p.agency_id = new.agency_id
    -- Who is on the staff list stays on it.
    on conflict (person_id, business_id) do update set role = excluded.role where memberships.role <> 'agency';
    return null;
end
$$;
create function leave_agency_members() returns trigger
    language plpgsql as $$
begin
    delete from memberships m
    where m.role = 'agency'
      and (m.business_id = (to_jsonb(old)->>'business_id')::uuid or m.person_id = (to_jsonb(old)->>'person_id')::uuid)
      and not exists (
        select from agency_people p join agency_businesses b using (agency_id)
        where p.person_id = m.person_id and b.business_id = m.business_id);
    return null;
end
$$;
create trigger join_agency_members after insert on agency_businesses
    for each row execute function join_agency_members();
create trigger join_agency_members after insert on agency_people
    for each row execute function join_agency_members();
create trigger leave_agency_members after delete on agency_businesses
    for each row execute function leave_agency_members();
create trigger leave_agency_members after delete on agency_people
    for each row execute function leave_agency_members();

-- Health and this month of many businesses in one round trip. Each is read under its own row-level security, one after
-- the other; the function runs as its caller and sees nothing that the caller could not see business by business.
create function agency_figures(p_businesses uuid[], p_missed text[], p_now timestamptz)
    returns table (business_id uuid, name text, lines bigint, alarms bigint, needs_reply bigint,
                   waiting_since timestamptz, missed bigint, texted bigint, recovered bigint)
    language plpgsql as $$
#variable_conflict use_column
declare
    v_before text := current_setting('app.business', true);
    v_business uuid;
begin
    foreach v_business in array p_businesses loop
        perform set_config('app.business', v_business::text, true);
        return query
            with shop as (
                select b.name, date_trunc('month', p_now at time zone b.zone) at time zone b.zone as since
                from businesses b where b.business_id = v_business),
            missed as materialized (
                select c.contact_id, c.started_at from calls c, shop
                where c.business_id = v_business and c.started_at >= shop.since and c.outcome = any(p_missed))
            select v_business, shop.name,
                (select count(*) from lines l where l.business_id = v_business and l.ended_at is null),
                (select count(*) from alarms a where a.business_id = v_business and a.ended_at is null),
                w.needs_reply, w.waiting_since,
                (select count(*) from missed),
                (select count(*) from text_backs t where t.business_id = v_business and t.decision = 'send'
                    and t.decided_at >= shop.since),
                (select count(distinct m.contact_id) from missed m where exists (
                    select from bookings k where k.business_id = v_business and k.contact_id = m.contact_id
                        and k.made_at >= m.started_at and k.state in ('booked', 'done')))
            from shop, (select count(*) as needs_reply, min(t.needs_reply_at) as waiting_since
                from threads t where t.business_id = v_business and t.needs_reply_at is not null) w;
    end loop;
    perform set_config('app.business', coalesce(v_before, ''), true);
end
$$;

-- A file of contacts: a draft holds its text until somebody has said what it is; then only what it changed.
create table contact_imports (
    business_id uuid not null references businesses,
    import_id   uuid not null,
    file_name   text not null,
    kind        text check (kind in ('customers', 'friends', 'suppliers', 'patients')),
    content     text,
    made_by     text not null,
    made_at     timestamptz not null,
    done_at     timestamptz,
    undone_at   timestamptz,
    undone_by   text,
    rows_read   int,
    rows_failed int,
    primary key (business_id, import_id)
);
create index contact_imports_recent on contact_imports (business_id, made_at desc, import_id desc);

-- One row per contact that an import made, named or marked: what an undo has to take back.
create table contact_import_rows (
    business_id uuid not null,
    import_id   uuid not null,
    contact_id  uuid not null,
    made        boolean not null,
    name        text,
    language    text,
    mark_id     uuid,
    primary key (business_id, import_id, contact_id),
    foreign key (business_id, import_id) references contact_imports,
    foreign key (business_id, contact_id) references contacts
);
create index contact_import_rows_contact on contact_import_rows (business_id, contact_id);

-- Whoever was brought in is known from day one: their first call is not a stranger's.
create or replace function contact_standing(p_business uuid, p_contact uuid) returns jsonb
    language sql stable
    begin atomic
    select jsonb_build_object(
        'phone', c.phone, 'name', c.name, 'language', c.language,
        'marks', coalesce((select jsonb_agg(m.kind order by m.kind) from contact_marks m
                           where m.business_id = c.business_id and m.contact_id = c.contact_id
                             and m.ended_at is null), '[]'),
        'opted_out_at', (select o.opted_out_at from opt_outs o
                         where o.business_id = c.business_id and o.contact_id = c.contact_id and o.ended_at is null),
        'brought_in', exists (select from contact_import_rows r
                              where r.business_id = c.business_id and r.contact_id = c.contact_id))
    from contacts c
    where c.business_id = p_business and c.contact_id = p_contact;
end;

-- The list of contacts, page by page: those with a name by their name, then those without by their number.
create index contacts_by_name on contacts (business_id, (name is null), (lower(coalesce(name, phone))), contact_id);
create index opt_outs_by_contact on opt_outs (business_id, contact_id);
create index contact_marks_by_contact on contact_marks (business_id, contact_id, made_at desc);

-- Takes back what an import did to one contact; true where the contact itself went with it.
create function undo_import_row(p_business uuid, p_row contact_import_rows, p_who text, p_now timestamptz)
    returns boolean
    language plpgsql as $$
begin
    delete from contact_import_rows
    where business_id = p_business and import_id = p_row.import_id and contact_id = p_row.contact_id;
    if p_row.made then
        -- Whoever has called, written or been marked or named by a person since is referred to, and stays.
        begin
            delete from contact_marks where business_id = p_business and mark_id = p_row.mark_id and ended_at is null;
            delete from contacts
            where business_id = p_business and contact_id = p_row.contact_id and name is not distinct from p_row.name
              and language is not distinct from p_row.language;
            if found then
                return true;
            end if;
            raise foreign_key_violation;
        exception when foreign_key_violation then
            null;
        end;
    end if;
    update contact_marks set ended_at = p_now, ended_by = p_who
    where business_id = p_business and mark_id = p_row.mark_id and ended_at is null;
    -- A name that a person has changed since is theirs.
    update contacts set name = nullif(name, p_row.name), language = nullif(language, p_row.language)
    where business_id = p_business and contact_id = p_row.contact_id
      and (name = p_row.name or language = p_row.language);
    return false;
end
$$;

-- Takes an import back, and returns how many contacts went with it. Nearly all of them nobody has heard of since:
-- those go together, because ten thousand one by one take longer than a page may.
create function undo_import(p_business uuid, p_import uuid, p_who text, p_now timestamptz) returns bigint
    language plpgsql as $$
declare
    v_free uuid[];
    v_gone bigint := 0;
begin
    select array_agg(r.contact_id) into v_free
    from contact_import_rows r join contacts c using (business_id, contact_id)
    where r.business_id = p_business and r.import_id = p_import and r.made
      and c.name is not distinct from r.name and c.language is not distinct from r.language
      and not exists (select from calls x where x.business_id = p_business and x.contact_id = r.contact_id)
      and not exists (select from threads x where x.business_id = p_business and x.contact_id = r.contact_id)
      and not exists (select from contact_marks x where x.business_id = p_business and x.contact_id = r.contact_id
                      and (x.mark_id is distinct from r.mark_id or x.ended_at is not null));
    begin
        delete from contact_import_rows
        where business_id = p_business and import_id = p_import and contact_id = any(v_free);
        delete from contact_marks where business_id = p_business and contact_id = any(v_free);
        delete from contacts where business_id = p_business and contact_id = any(v_free);
        get diagnostics v_gone = row_count;
    exception when foreign_key_violation then
        -- Something else refers to one of them: then each is looked at by itself.
        v_gone := 0;
    end;
    return v_gone + (
        select count(*) filter (where undo_import_row(p_business, r, p_who, p_now))
        from (select i.* from contact_import_rows i where i.business_id = p_business and i.import_id = p_import) r);
end
$$;

grant execute on function join_agency_members(), leave_agency_members(), agency_figures(uuid[], text[], timestamptz),
    undo_import_row(uuid, contact_import_rows, text, timestamptz), undo_import(uuid, uuid, text, timestamptz)
    to ringback_app;

do $$
declare
    t text;
begin
    foreach t in array array['contact_imports', 'contact_import_rows'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format(
            'create policy one_business on %I to ringback_app using (business_id = current_business()) '
            'with check (business_id = current_business())', t);
        execute format('create policy owner_sees_all on %I to current_user using (true) with check (true)', t);
    end loop;
end
$$;
