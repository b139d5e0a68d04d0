-- Quiet hours and caps at the last moment: what the law counts of a contact is read with the text that would leave.

-- The rules that allowed a text which answers nothing stand beside it ("US@1 US-FL@1"); answers have none with an @.
create index messages_unasked on messages (business_id, thread_id, sending_at) where rule_version like '%@%';

-- How many texts that answered nothing have left for a contact since an instant, over all lines: they have one thread.
create function unasked_since(p_business uuid, p_thread uuid, p_since timestamptz) returns int
    language sql stable
    begin atomic
    select count(*)::int from messages m
    where m.business_id = p_business and m.thread_id = p_thread and m.rule_version like '%@%'
      and m.sending_at > p_since and m.state in ('sending', 'accepted', 'uncertain');
end;

-- Where a contact lives, as far as somebody said: the address of their latest booking that has one.
create function contact_address(p_business uuid, p_contact uuid) returns text
    language sql stable
    begin atomic
    select b.address from bookings b
    where b.business_id = p_business and b.contact_id = p_contact and b.address is not null
    order by b.starts_at desc limit 1;
end;

-- As in 0006, with the end of a text-back's call, where the contact lives, and how many texts that answered nothing
-- they had within a day, over all lines: a contact has one thread.
create or replace function load_delivery(p_business uuid, p_message uuid, p_now timestamptz) returns jsonb
    language plpgsql as $$
declare
    v_message messages%rowtype;
    v_contact uuid;
    v_phone   text;
    v_call    timestamptz;
    v_over    timestamptz;
    v_unasked boolean;
begin
    perform set_config('app.business', p_business::text, true);
    select t.contact_id, c.phone into v_contact, v_phone from messages m
        join threads t on t.business_id = m.business_id and t.thread_id = m.thread_id
        join contacts c on c.business_id = t.business_id and c.contact_id = t.contact_id
        where m.business_id = p_business and m.message_id = p_message;
    select c.started_at, coalesce(c.over_at, c.started_at) into v_call, v_over from text_backs b
        join calls c on c.business_id = b.business_id and c.call_id = b.call_id
        where b.business_id = p_business and b.message_id = p_message;
    v_unasked := exists (
        select from messages m where m.business_id = p_business and m.message_id = p_message
        and m.purpose in ('follow_up', 'booking', 'reminder', 'text_back') and m.written_by is null
        and (m.purpose <> 'text_back' or v_over < p_now - interval '30 minutes'));
    if v_unasked then
        -- Two such texts to one contact are counted one after the other: the contact before the text, as a turn locks
        -- them. Answers are not counted, and do not wait.
        perform from contacts where business_id = p_business and contact_id = v_contact for no key update;
    end if;
    select * into v_message from messages where business_id = p_business and message_id = p_message for update;
    return jsonb_build_object(
        'message', to_jsonb(v_message),
        'contact_id', v_contact,
        'version', (select version from businesses where business_id = p_business),
        'contact', contact_standing(p_business, v_contact),
        'over_at', v_over,
        'address', case when v_unasked then contact_address(p_business, v_contact) end,
        'unasked_today', case when v_unasked then
            unasked_since(p_business, v_message.thread_id, p_now - interval '24 hours') end,
        'unread_text', exists (
            select from inbound_events e
            where e.business_id = p_business and e.sender = v_phone and e.handled_at is null and e.kind = 'message'),
        'answered_since', (
            select max(c.started_at) from calls c
            where c.business_id = p_business and c.contact_id = v_contact and c.started_at >= v_call
              and c.outcome like 'answered%'),
        'called_back_at', (
            select max(b.done_at) from call_backs b
            where b.business_id = p_business and b.contact_id = v_contact and b.done_at > v_call),
        'wrote_at', (
            select t.last_inbound_at from threads t
            where t.business_id = p_business and t.contact_id = v_contact and t.last_inbound_at > v_call),
        'ringing_since', (
            select min(c.started_at) from calls c
            where c.business_id = p_business and c.contact_id = v_contact and c.started_at > v_call
              -- As long as a call can last: one answered without a whisper is only known to be so when it ends.
              and c.outcome is null and c.started_at > p_now - interval '4 hours'),
        'person_wrote', v_message.author = 'receptionist' and exists (
            select from messages m
            where m.business_id = p_business and m.thread_id = v_message.thread_id and m.purpose = 'reply'
              and m.created_at > v_message.created_at));
end
$$;
