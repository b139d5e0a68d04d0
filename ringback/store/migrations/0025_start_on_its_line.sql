-- START lets texts go out again on the line it was sent to, and on no other: the carrier may block the others still.

-- The lines on which START was said after this opt-out; it holds on all others.
alter table opt_outs add column resumed_line_ids uuid[] not null default '{}';
update opt_outs o set resumed_line_ids = array(select l.line_id from lines l where l.business_id = o.business_id)
where o.ended_at is not null;

-- Whether an opt-out still holds on any line there is.
create function holds_somewhere(p_opt_out opt_outs) returns boolean
    language sql stable
    begin atomic
    select p_opt_out.ended_at is null or exists (
        select from lines l where l.business_id = p_opt_out.business_id and l.ended_at is null
                              and l.line_id <> all (p_opt_out.resumed_line_ids));
end;

-- As in 0010, with the lines of each opt-out there was: texts may go out on a line that all of them name.
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
        'resumed', coalesce((select jsonb_agg(o.resumed_line_ids) from opt_outs o
                             where o.business_id = c.business_id and o.contact_id = c.contact_id), '[]'),
        'brought_in', exists (select from contact_import_rows r
                              where r.business_id = c.business_id and r.contact_id = c.contact_id))
    from contacts c
    where c.business_id = p_business and c.contact_id = p_contact;
end;

-- Ends on a line what was said before the START; what confirmed it is overtaken. False where nothing held there: also
-- then START is worth keeping in the ledger.
drop function opt_in_contact(uuid, uuid, text, timestamptz);
create function opt_in_contact(p_business uuid, p_contact uuid, p_line uuid, p_how text, p_said timestamptz)
    returns boolean
    language plpgsql as $$
declare
    v_resumed boolean;
begin
    update opt_outs set resumed_line_ids = resumed_line_ids || p_line
    where business_id = p_business and contact_id = p_contact and opted_out_at <= p_said
      and p_line <> all (resumed_line_ids);
    v_resumed := found;
    update opt_outs set ended_at = p_said, ended_how = p_how
    where business_id = p_business and contact_id = p_contact and ended_at is null and opted_out_at <= p_said;
    -- What answers a START on another line is none of this one's.
    if found then
        perform expire_keyword_answers(p_business, p_contact, p_said);
    end if;
    insert into consent_entries (business_id, contact_id, phone, kind, at, words, source, line)
    select p_business, p_contact, k.phone, 'opted_in', p_said, p_how, 'keyword', l.number
    from contacts k left join lines l on l.business_id = p_business and l.line_id = p_line
    where k.business_id = p_business and k.contact_id = p_contact;
    return v_resumed;
end
$$;
grant execute on function opt_in_contact(uuid, uuid, uuid, text, timestamptz) to ringback_app;
grant execute on function holds_somewhere(opt_outs) to ringback_app;

-- A START is written above, with its line: the row of an opt-out may be ended by several.
drop trigger ledger_opt_in on opt_outs;
create or replace function ledger_opt_out() returns trigger
    language plpgsql as $$
begin
    insert into consent_entries (business_id, contact_id, phone, kind, at, words, source, line)
    select new.business_id, new.contact_id, k.phone, 'opted_out', new.opted_out_at, new.words, new.source, l.number
    from contacts k left join lines l on l.business_id = new.business_id and l.line_id = new.line_id
    where k.business_id = new.business_id and k.contact_id = new.contact_id;
    return null;
end
$$;
