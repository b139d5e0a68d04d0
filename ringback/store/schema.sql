-- Made by tools/schema.py: what all migrations amount to. Never edit it; add a migration and make it anew.
-- tests/store/test_migrations.py proves that it and the migrations give the same database.

-- Functions come before the tables that they name.
SET check_function_bodies = false;

CREATE SCHEMA jobs;

CREATE TYPE jobs.pgqueuer_status AS ENUM (
    'queued',
    'picked',
    'successful',
    'exception',
    'canceled',
    'deleted',
    'failed'
);

CREATE TYPE public.uuidrange AS RANGE (
    subtype = uuid,
    multirange_type_name = public.uuidmultirange
);

CREATE FUNCTION jobs.fn_pgqueuer_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    to_emit BOOLEAN := false;  -- Flag to decide whether to emit a notification
BEGIN
    -- Check operation type and set the emit flag accordingly
    IF TG_OP = 'UPDATE' AND OLD IS DISTINCT FROM NEW THEN
        to_emit := true;
    ELSIF TG_OP = 'DELETE' THEN
        to_emit := true;
    ELSIF TG_OP = 'INSERT' THEN
        to_emit := true;
    ELSIF TG_OP = 'TRUNCATE' THEN
        to_emit := true;
    END IF;

    -- Perform notification if the emit flag is set
    IF to_emit THEN
        PERFORM pg_notify(
            'ringback_jobs',
            json_build_object(
                'channel', 'ringback_jobs',
                'operation', lower(TG_OP),
                'sent_at', NOW(),
                'table', TG_TABLE_NAME,
                'type', 'table_changed_event'
            )::text
        );
    END IF;

    -- Return appropriate value based on the operation
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    ELSE
        RETURN NULL; -- For TRUNCATE and other non-row-specific contexts
    END IF;

END;
$$;

CREATE FUNCTION public.add_message(p_business uuid, p_thread uuid, p_line uuid, p_message jsonb, p_now timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
begin
    insert into messages
        (business_id, message_id, thread_id, line_id, direction, author, purpose, written_by, body, segments, state,
         provider, provider_message_id, created_at, send_at, expires_at, turn_id, wording_version, rule_version)
    values (
        p_business, (p_message->>'message_id')::uuid, p_thread, p_line, p_message->>'direction',
        p_message->>'author', p_message->>'purpose', p_message->>'written_by', p_message->>'body',
        (p_message->>'segments')::int, p_message->>'state', p_message->>'provider',
        p_message->>'provider_message_id', p_now, coalesce((p_message->>'send_at')::timestamptz, p_now),
        (p_message->>'expires_at')::timestamptz, (p_message->>'turn_id')::uuid, p_message->>'wording_version',
        p_message->>'rule_version')
    on conflict do nothing;
    if not found then
        return false;
    end if;
    update threads set last_message_at = p_now, preview = left(p_message->>'body', 120)
    where business_id = p_business and thread_id = p_thread;
    if p_message->>'state' = 'intended' then
        perform enqueue_job(
            'deliver', jsonb_build_object('business', p_business, 'message', p_message->>'message_id'),
            greatest((p_message->>'send_at')::timestamptz - p_now, interval '0'));
    end if;
    perform note_change(p_business, 'thread', p_thread, p_now);
    return true;
end
$$;

CREATE FUNCTION public.agency_figures(p_businesses uuid[], p_missed text[], p_now timestamp with time zone) RETURNS TABLE(business_id uuid, name text, lines bigint, alarms bigint, needs_reply bigint, waiting_since timestamp with time zone, missed bigint, texted bigint, recovered bigint)
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.await_turn(p_business uuid, p_thread uuid, p_message uuid, p_seconds double precision) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
    v_payload jsonb := jsonb_build_object('business', p_business, 'thread', p_thread);
begin
    update messages set unheard = true where business_id = p_business and message_id = p_message;
    if found and not exists (
        select from jobs.pgqueuer
        where md5(payload) = md5(convert_to(v_payload::text, 'UTF8')) and entrypoint = 'take_turn'
          and status = 'queued') then
        perform enqueue_job('take_turn', v_payload, make_interval(secs => p_seconds), 50);
    end if;
end
$$;

CREATE FUNCTION public.begin_sending(p_business uuid, p_message uuid, p_line uuid, p_brake jsonb, p_now timestamp with time zone) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
    v_held text;
begin
    -- A text-back was counted when it was decided; a text that waits for its line's rate is counted once.
    if p_brake is not null and exists (
        select from messages where business_id = p_business and message_id = p_message and cost is null) then
        v_held := take_money(p_business, p_brake, p_now);
        if v_held is null and take_places(
            p_business, p_brake->'places', (p_brake->>'day_on')::date, p_now) is not null then
            update spend_days set spent = spent - (p_brake->>'millicents')::bigint
            where business_id = p_business and day_on = (p_brake->>'day_on')::date;
            v_held := 'over_brake';
        end if;
        if v_held is not null then
            return v_held;
        end if;
        update messages set cost = (p_brake->>'millicents')::bigint, cost_on = (p_brake->>'day_on')::date
        where business_id = p_business and message_id = p_message;
    end if;
    return save_sending(p_business, p_message, p_line, p_now)::text;
end
$$;

CREATE FUNCTION public.brake_slot(p_now timestamp with time zone) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (floor((EXTRACT(epoch FROM p_now) / (300)::numeric)))::bigint;

CREATE FUNCTION public.brake_window(p_counts integer[], p_slot bigint, p_now_slot bigint) RETURNS integer[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (p_now_slot <= p_slot) THEN p_counts WHEN ((p_now_slot - p_slot) > 12) THEN ARRAY[0] ELSE ((array_fill(0, ARRAY[((p_now_slot - p_slot))::integer]) || p_counts))[1:13] END;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.brake_counts (
    business_id uuid NOT NULL,
    scope text NOT NULL,
    subject text NOT NULL,
    slot bigint NOT NULL,
    counts integer[] NOT NULL,
    day_on date NOT NULL,
    day_used integer NOT NULL
)
WITH (fillfactor='70');

ALTER TABLE ONLY public.brake_counts FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.brake_used(p_business uuid, p_scope text, p_subject text, p_now timestamp with time zone) RETURNS integer
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT COALESCE(( SELECT (sum(n.n))::integer AS sum
            FROM public.brake_counts c,
             LATERAL unnest(public.brake_window(c.counts, c.slot, public.brake_slot(brake_used.p_now))) n(n)
           WHERE ((c.business_id = brake_used.p_business) AND (c.scope = brake_used.p_scope) AND (c.subject = brake_used.p_subject))), 0) AS "coalesce";
END;

CREATE FUNCTION public.businesses_of(p_person uuid) RETURNS TABLE(business_id uuid, name text, role text)
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_column
declare
    v_before text := current_setting('app.business', true);
    v_member memberships%rowtype;
begin
    for v_member in select * from memberships m where m.person_id = p_person loop
        perform set_config('app.business', v_member.business_id::text, true);
        return query select b.business_id, b.name, v_member.role from businesses b
            where b.business_id = v_member.business_id;
    end loop;
    perform set_config('app.business', coalesce(v_before, ''), true);
end
$$;

CREATE TABLE public.bookings (
    business_id uuid NOT NULL,
    booking_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    service text NOT NULL,
    price_cents integer,
    staff_id uuid NOT NULL,
    resource_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    state text NOT NULL,
    sitting_id uuid NOT NULL,
    seat integer,
    for_whom text,
    address text,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    held_until timestamp with time zone,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    sequence integer DEFAULT 0 NOT NULL,
    moved_from timestamp with time zone,
    reminder_sent_at timestamp with time zone,
    confirmed_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    cancelled_by text,
    cancel_why text,
    marked_at timestamp with time zone,
    marked_by text,
    CONSTRAINT bookings_check CHECK ((starts_at < ends_at)),
    CONSTRAINT bookings_check1 CHECK (((state = 'held'::text) = (held_until IS NOT NULL))),
    CONSTRAINT bookings_check2 CHECK (((state = 'cancelled'::text) = (cancelled_at IS NOT NULL))),
    CONSTRAINT bookings_made_by_check CHECK ((made_by = ANY (ARRAY['receptionist'::text, 'page'::text, 'staff'::text, 'api'::text]))),
    CONSTRAINT bookings_state_check CHECK ((state = ANY (ARRAY['held'::text, 'booked'::text, 'cancelled'::text, 'no_show'::text, 'done'::text])))
);

ALTER TABLE ONLY public.bookings FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.cancel_booking(p_business uuid, p_booking uuid, p_by text, p_why text, p_now timestamp with time zone) RETURNS SETOF public.bookings
    LANGUAGE plpgsql
    AS $$
begin
    perform lock_calendar(p_business);
    return query update bookings b set
        state = 'cancelled', cancelled_at = p_now, cancelled_by = p_by, cancel_why = p_why,
        sequence = b.sequence + 1, changed_at = p_now
    where b.business_id = p_business and b.booking_id = p_booking and b.state = 'booked'
    returning b.*;
    if found then
        delete from occupancies where business_id = p_business and booking_id = p_booking;
        perform note_change(p_business, 'booking', p_booking, p_now);
    end if;
end
$$;

CREATE FUNCTION public.claim_hook_delivery(p_business uuid, p_hook uuid, p_delivery uuid, p_per_minute integer, p_now timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
    v_hook     outgoing_hooks%rowtype;
    v_delivery hook_deliveries%rowtype;
    v_from     timestamptz;
begin
    select * into v_hook from outgoing_hooks where business_id = p_business and hook_id = p_hook for update;
    if v_hook.hook_id is null or (v_hook.off_at is not null and p_delivery is null) then
        return null;
    end if;
    update hook_deliveries set given_up_at = p_now
    where business_id = p_business and hook_id = p_hook and delivered_at is null and given_up_at is null
      and made_at < p_now - interval '1 day';
    select * into v_delivery from hook_deliveries
    where business_id = p_business and hook_id = p_hook and delivered_at is null and given_up_at is null
      and (p_delivery is null or delivery_id = p_delivery)
    order by next_at limit 1;
    if v_delivery.delivery_id is null then
        return null;
    end if;
    v_from := greatest(
        v_hook.busy_until,
        case when p_delivery is null then greatest(v_hook.try_at, v_delivery.next_at) end,
        case when v_hook.minute_count >= p_per_minute then v_hook.minute_at + interval '1 minute' end);
    if v_from > p_now then
        return jsonb_build_object('wait', extract(epoch from v_from - p_now));
    end if;
    update outgoing_hooks set
        busy_until = p_now + interval '30 seconds',
        minute_at = case when minute_at > p_now - interval '1 minute' then minute_at else p_now end,
        minute_count = case when minute_at > p_now - interval '1 minute' then minute_count + 1 else 1 end
    where business_id = p_business and hook_id = p_hook;
    update hook_deliveries set tries = tries + 1, tried_at = p_now
    where business_id = p_business and delivery_id = v_delivery.delivery_id returning * into v_delivery;
    return jsonb_build_object('hook', to_jsonb(v_hook), 'delivery', to_jsonb(v_delivery));
end
$$;

CREATE FUNCTION public.claim_text_back(p_business uuid, p_contact uuid, p_call uuid, p_now timestamp with time zone, p_until timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
begin
    insert into text_back_claims as k (business_id, contact_id, call_id, claimed_at, until)
    values (p_business, p_contact, p_call, p_now, p_until)
    on conflict (business_id, contact_id) do update
        set call_id = excluded.call_id, claimed_at = excluded.claimed_at, until = excluded.until
        where k.until <= p_now or k.call_id = p_call;
    return found;
end
$$;

CREATE FUNCTION public.consent_hash(p_fields text[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT encode(sha256(convert_to(string_agg((COALESCE(((octet_length(u.f) || ':'::text) || u.f), '-'::text) || ','::text), ''::text ORDER BY u.n), 'UTF8'::name)), 'hex'::text) AS encode
    FROM unnest(consent_hash.p_fields) WITH ORDINALITY u(f, n);
END;

CREATE FUNCTION public.consent_instant(p_at timestamp with time zone) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_char((p_at AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'::text);

CREATE FUNCTION public.consent_kept_since(p_kind text, p_now timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (((p_now AT TIME ZONE 'UTC'::text) - CASE WHEN (p_kind = ANY (ARRAY['opted_out'::text, 'opted_in'::text, 'suppressed'::text, 'erased'::text, 'expired'::text])) THEN '10 years'::interval ELSE '5 years'::interval END) AT TIME ZONE 'UTC'::text);

CREATE FUNCTION public.contact_address(p_business uuid, p_contact uuid) RETURNS text
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT b.address
    FROM public.bookings b
   WHERE ((b.business_id = contact_address.p_business) AND (b.contact_id = contact_address.p_contact) AND (b.address IS NOT NULL))
   ORDER BY b.starts_at DESC
  LIMIT 1;
END;

CREATE TABLE public.contact_import_rows (
    business_id uuid NOT NULL,
    import_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    made boolean NOT NULL,
    name text,
    language text,
    mark_id uuid
);

ALTER TABLE ONLY public.contact_import_rows FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contact_marks (
    business_id uuid NOT NULL,
    mark_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    kind text NOT NULL,
    why text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_by text,
    CONSTRAINT contact_marks_kind_check CHECK ((kind = ANY (ARRAY['blocked'::text, 'do_not_text'::text, 'spam'::text, 'untextable'::text])))
);

ALTER TABLE ONLY public.contact_marks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contacts (
    business_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    phone text NOT NULL,
    name text,
    language text,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.contacts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.opt_outs (
    business_id uuid NOT NULL,
    opt_out_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    line_id uuid,
    source text NOT NULL,
    words text,
    opted_out_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_how text,
    resumed_line_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL
);

ALTER TABLE ONLY public.opt_outs FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.contact_standing(p_business uuid, p_contact uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT jsonb_build_object('phone', c.phone, 'name', c.name, 'language', c.language, 'marks', COALESCE(( SELECT jsonb_agg(m.kind ORDER BY m.kind) AS jsonb_agg
            FROM public.contact_marks m
           WHERE ((m.business_id = c.business_id) AND (m.contact_id = c.contact_id) AND (m.ended_at IS NULL))), '[]'::jsonb), 'opted_out_at', ( SELECT o.opted_out_at
            FROM public.opt_outs o
           WHERE ((o.business_id = c.business_id) AND (o.contact_id = c.contact_id) AND (o.ended_at IS NULL))), 'resumed', COALESCE(( SELECT jsonb_agg(o.resumed_line_ids) AS jsonb_agg
            FROM public.opt_outs o
           WHERE ((o.business_id = c.business_id) AND (o.contact_id = c.contact_id))), '[]'::jsonb), 'brought_in', (EXISTS ( SELECT
            FROM public.contact_import_rows r
           WHERE ((r.business_id = c.business_id) AND (r.contact_id = c.contact_id))))) AS jsonb_build_object
    FROM public.contacts c
   WHERE ((c.business_id = contact_standing.p_business) AND (c.contact_id = contact_standing.p_contact));
END;

CREATE FUNCTION public.fold_text(p_text text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN translate(translate(lower(p_text), 'áàâäãåéèêëíìîïóòôöõúùûüñçÁÀÂÄÃÅÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÑÇ'::text, 'aaaaaaeeeeiiiiooooouuuuncaaaaaaeeeeiiiiooooouuuunc'::text), '!"#$%&()*+,-./:;<=>?@[]^_`{|}~¿¡–—“”’''\'::text, repeat(' '::text, 39));

CREATE FUNCTION public.search_place(p_business uuid, p_week integer) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (("right"((p_business)::text, 12) || ' '::text) || p_week);

CREATE FUNCTION public.words_of(p_place text, p_text text) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT array_agg(((words_of.p_place || ' '::text) || w.w)) AS array_agg FROM unnest(tsvector_to_array(to_tsvector('simple'::regconfig, public.fold_text(words_of.p_text)))) w(w));

CREATE FUNCTION public.contact_words(p_business uuid, p_name text, p_phone text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_to_tsvector((COALESCE(public.words_of(public.search_place(p_business, 0), p_name), '{}'::text[]) || ARRAY(SELECT ((public.search_place(contact_words.p_business, 0) || ' '::text) || "right"(regexp_replace(contact_words.p_phone, '\D'::text, ''::text, 'g'::text), n.n)) FROM generate_series(3, 15) n(n))));

CREATE TABLE public.ring_counts (
    day_on date NOT NULL,
    number_hash bytea NOT NULL,
    businesses integer NOT NULL
);

CREATE TABLE public.ring_salts (
    day_on date NOT NULL,
    salt uuid NOT NULL
);

CREATE FUNCTION public.count_rings_across(p_number text, p_now timestamp with time zone) RETURNS integer
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT COALESCE(( SELECT c.businesses
            FROM (public.ring_salts s
              JOIN public.ring_counts c ON (((c.day_on = s.day_on) AND (c.number_hash = sha256(convert_to(((s.salt)::text || count_rings_across.p_number), 'UTF8'::name))))))
           WHERE (s.day_on = ((count_rings_across.p_now AT TIME ZONE 'UTC'::text))::date)), 0) AS "coalesce";
END;

CREATE FUNCTION public.current_business() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('app.business'::text, true), ''::text))::uuid;

CREATE FUNCTION public.drop_spent_holds(p_business uuid, p_new public.bookings, p_units uuid[], p_to timestamp with time zone, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
    delete from bookings b
    where b.business_id = p_business and b.state = 'held'
      and (b.held_until <= p_now or lower(coalesce(b.for_whom, '')) = lower(coalesce(p_new.for_whom, '')))
      and b.booking_id = any(array(
        select o.booking_id from occupancies o
        where o.business_id = p_business and o.held_until is not null and o.unit_id = any(p_units)
          and o.from_at < p_to and o.to_at > p_new.starts_at
          and (o.held_until <= p_now or o.holder_id = p_new.contact_id)
        union all
        select s.booking_id from bookings s
        where s.business_id = p_business and s.state = 'held' and s.contact_id = p_new.contact_id
          and (s.held_until <= p_now or s.starts_at = p_new.starts_at)));
end
$$;

CREATE FUNCTION public.has_job(p_entrypoint text, p_payload jsonb) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    select exists (
        select from jobs.pgqueuer
        where md5(payload) = md5(convert_to(p_payload::text, 'UTF8')) and entrypoint = p_entrypoint
          and status in ('queued', 'picked', 'failed'));
$$;

CREATE TABLE public.alerts (
    business_id uuid NOT NULL,
    alert_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    words text NOT NULL,
    address text,
    fee_agreed boolean,
    raised_at timestamp with time zone NOT NULL,
    rounds integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone,
    acknowledged_at timestamp with time zone,
    acknowledged_by text,
    eta_minutes integer
);

ALTER TABLE ONLY public.alerts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.dialogs (
    business_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    state jsonb NOT NULL,
    language text,
    started_at timestamp with time zone NOT NULL,
    last_turn_at timestamp with time zone,
    follow_up_at timestamp with time zone,
    paused_at timestamp with time zone,
    paused_by text
);

ALTER TABLE ONLY public.dialogs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.messages (
    business_id uuid NOT NULL,
    message_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    line_id uuid NOT NULL,
    direction text NOT NULL,
    author text NOT NULL,
    purpose text NOT NULL,
    written_by text,
    body text NOT NULL,
    segments integer NOT NULL,
    state text NOT NULL,
    delivery text,
    provider text NOT NULL,
    provider_message_id text,
    error_kind text,
    error_code text,
    attempts integer DEFAULT 0 NOT NULL,
    lookups integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    send_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    slot_at timestamp with time zone,
    sending_at timestamp with time zone,
    settled_at timestamp with time zone,
    turn_id uuid,
    unheard boolean DEFAULT false NOT NULL,
    wording_version text,
    rule_version text,
    cost bigint,
    cost_on date,
    CONSTRAINT messages_author_check CHECK ((author = ANY (ARRAY['contact'::text, 'receptionist'::text, 'staff'::text, 'system'::text]))),
    CONSTRAINT messages_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
    CONSTRAINT messages_state_check CHECK ((state = ANY (ARRAY['intended'::text, 'sending'::text, 'accepted'::text, 'rejected'::text, 'uncertain'::text, 'dropped'::text, 'received'::text])))
);

ALTER TABLE ONLY public.messages FORCE ROW LEVEL SECURITY;

CREATE TABLE public.promises (
    business_id uuid NOT NULL,
    promise_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    call_back_id uuid NOT NULL,
    about text NOT NULL,
    owner text,
    made_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    warned_at timestamp with time zone,
    done_at timestamp with time zone,
    done_by text
);

ALTER TABLE ONLY public.promises FORCE ROW LEVEL SECURITY;

CREATE TABLE public.reminders (
    business_id uuid NOT NULL,
    booking_id uuid NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    message_id uuid
);

ALTER TABLE ONLY public.reminders FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.due_dialog_work(p_now timestamp with time zone, p_stuck_before timestamp with time zone) RETURNS TABLE(business_id uuid, subject uuid, kind text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    BEGIN ATOMIC
( SELECT DISTINCT m.business_id,
     m.thread_id AS subject,
     'take_turn'::text AS kind
    FROM public.messages m
   WHERE (m.unheard AND (m.created_at < due_dialog_work.p_stuck_before) AND (NOT public.has_job('take_turn'::text, jsonb_build_object('business', m.business_id, 'thread', m.thread_id))))
  LIMIT 1000)
 UNION ALL
 ( SELECT d.business_id,
     d.thread_id AS subject,
     'follow_up'::text AS kind
    FROM public.dialogs d
   WHERE ((d.follow_up_at <= due_dialog_work.p_now) AND (NOT public.has_job('follow_up'::text, jsonb_build_object('business', d.business_id, 'thread', d.thread_id))))
  LIMIT 1000)
 UNION ALL
 ( SELECT p.business_id,
     p.promise_id AS subject,
     'warn_of_promise'::text AS kind
    FROM public.promises p
   WHERE ((p.due_at <= due_dialog_work.p_now) AND (p.done_at IS NULL) AND (p.warned_at IS NULL) AND (NOT public.has_job('warn_of_promise'::text, jsonb_build_object('business', p.business_id, 'promise', p.promise_id))))
  LIMIT 1000)
 UNION ALL
 ( SELECT a.business_id,
     a.alert_id AS subject,
     'alert_on_call'::text AS kind
    FROM public.alerts a
   WHERE ((a.next_at <= due_dialog_work.p_now) AND (a.acknowledged_at IS NULL) AND (NOT public.has_job('alert_on_call'::text, jsonb_build_object('business', a.business_id, 'alert', a.alert_id))))
  LIMIT 1000)
 UNION ALL
 ( SELECT r.business_id,
     r.booking_id AS subject,
     'remind'::text AS kind
    FROM public.reminders r
   WHERE ((r.due_at <= due_dialog_work.p_now) AND (NOT public.has_job('remind'::text, jsonb_build_object('business', r.business_id, 'booking', r.booking_id))))
  LIMIT 1000);
END;

CREATE TABLE public.businesses (
    business_id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    trade text NOT NULL,
    zone text NOT NULL,
    country text NOT NULL,
    language text NOT NULL,
    tone text NOT NULL,
    hours jsonb NOT NULL,
    policy jsonb NOT NULL,
    wordings jsonb NOT NULL,
    rules jsonb NOT NULL,
    services jsonb NOT NULL,
    facts jsonb NOT NULL,
    text_countries text[] DEFAULT '{}'::text[] NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    resources jsonb DEFAULT '[]'::jsonb NOT NULL,
    booking jsonb DEFAULT '{}'::jsonb NOT NULL,
    receptionist jsonb DEFAULT '{}'::jsonb NOT NULL,
    address text,
    routing jsonb DEFAULT '{}'::jsonb NOT NULL,
    number_lookup jsonb DEFAULT '{}'::jsonb NOT NULL,
    brakes jsonb DEFAULT '{}'::jsonb NOT NULL,
    privacy jsonb DEFAULT '{}'::jsonb NOT NULL
);

ALTER TABLE ONLY public.businesses FORCE ROW LEVEL SECURITY;

CREATE TABLE public.changes (
    business_id uuid NOT NULL,
    change_id bigint NOT NULL,
    xid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    kind text NOT NULL,
    subject uuid NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.changes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.recovery_progress (
    business_id uuid NOT NULL,
    xid xid8 NOT NULL,
    change_id bigint NOT NULL,
    zone text NOT NULL,
    counted_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.recovery_progress FORCE ROW LEVEL SECURITY;

CREATE TABLE public.weekly_report_readers (
    business_id uuid NOT NULL,
    person_id uuid NOT NULL,
    since_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.weekly_report_readers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.weekly_reports (
    business_id uuid NOT NULL,
    week_on date NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    letters integer NOT NULL
);

ALTER TABLE ONLY public.weekly_reports FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.due_recovery_work(p_now timestamp with time zone) RETURNS TABLE(business_id uuid, kind text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    BEGIN ATOMIC
 SELECT b.business_id,
     'recount_recovery'::text AS kind
    FROM (public.businesses b
      LEFT JOIN public.recovery_progress p ON ((p.business_id = b.business_id)))
   WHERE ((p.business_id IS NULL) OR (p.zone <> b.zone) OR (EXISTS ( SELECT
            FROM public.changes c
           WHERE ((c.business_id = b.business_id) AND (ROW(c.xid, c.change_id) > ROW(p.xid, p.change_id)) AND (c.xid < pg_snapshot_xmin(pg_current_snapshot())) AND (c.kind = ANY (ARRAY['call'::text, 'thread'::text, 'booking'::text, 'call_back'::text]))))))
 UNION ALL
  SELECT b.business_id,
     'weekly_report'::text AS kind
    FROM (public.businesses b
      CROSS JOIN LATERAL ( SELECT (due_recovery_work.p_now AT TIME ZONE b.zone) AS local,
             date_trunc('week'::text, (due_recovery_work.p_now AT TIME ZONE b.zone)) AS monday) w)
   WHERE ((w.local >= (w.monday + '08:00:00'::interval)) AND (EXISTS ( SELECT
            FROM public.weekly_report_readers r
           WHERE ((r.business_id = b.business_id) AND (r.since_at < ((w.monday + '08:00:00'::interval) AT TIME ZONE b.zone))))) AND (NOT (EXISTS ( SELECT
            FROM public.weekly_reports s
           WHERE ((s.business_id = b.business_id) AND (s.week_on = (w.monday)::date))))));
END;

CREATE TABLE public.call_backs (
    business_id uuid NOT NULL,
    call_back_id uuid NOT NULL,
    call_id uuid,
    contact_id uuid,
    caller text NOT NULL,
    why text NOT NULL,
    urgent boolean DEFAULT false NOT NULL,
    due_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    done_by text,
    owner_id uuid,
    owned_at timestamp with time zone,
    step integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone,
    acknowledged_at timestamp with time zone,
    acknowledged_by text
);

ALTER TABLE ONLY public.call_backs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.hook_deliveries (
    business_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    hook_id uuid NOT NULL,
    kind text NOT NULL,
    subject uuid NOT NULL,
    facts jsonb NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    made_at timestamp with time zone NOT NULL,
    next_at timestamp with time zone NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    tried_at timestamp with time zone,
    status integer,
    failed text,
    delivered_at timestamp with time zone,
    given_up_at timestamp with time zone
);

ALTER TABLE ONLY public.hook_deliveries FORCE ROW LEVEL SECURITY;

CREATE TABLE public.outgoing_hooks (
    business_id uuid NOT NULL,
    hook_id uuid NOT NULL,
    url text NOT NULL,
    events text[] NOT NULL,
    secret text NOT NULL,
    old_secret text,
    old_until timestamp with time zone,
    made_at timestamp with time zone NOT NULL,
    made_by text NOT NULL,
    failing_since timestamp with time zone,
    fails integer DEFAULT 0 NOT NULL,
    try_at timestamp with time zone,
    busy_until timestamp with time zone,
    minute_at timestamp with time zone,
    minute_count integer DEFAULT 0 NOT NULL,
    off_at timestamp with time zone,
    off_why text,
    CONSTRAINT outgoing_hooks_check CHECK (((off_at IS NULL) = (off_why IS NULL))),
    CONSTRAINT outgoing_hooks_off_why_check CHECK ((off_why = ANY (ARRAY['owner'::text, 'failing'::text, 'gone'::text])))
);

ALTER TABLE ONLY public.outgoing_hooks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.relays (
    business_id uuid NOT NULL,
    relay_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    line_id uuid NOT NULL,
    body text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    choices uuid[] NOT NULL,
    asked_at timestamp with time zone,
    thread_id uuid,
    state text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    CONSTRAINT relays_state_check CHECK ((state = ANY (ARRAY['held'::text, 'going'::text, 'sent'::text, 'refused'::text, 'expired'::text])))
);

ALTER TABLE ONLY public.relays FORCE ROW LEVEL SECURITY;

CREATE TABLE public.reply_waits (
    business_id uuid NOT NULL,
    wait_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    needed_at timestamp with time zone NOT NULL,
    routed_at timestamp with time zone,
    due_at timestamp with time zone,
    owner_id uuid,
    why jsonb DEFAULT '[]'::jsonb NOT NULL,
    step integer DEFAULT 0 NOT NULL,
    next_at timestamp with time zone,
    acknowledged_at timestamp with time zone,
    acknowledged_by text,
    ended_at timestamp with time zone,
    ended_how text,
    answered_by text,
    met boolean,
    CONSTRAINT reply_waits_ended_how_check CHECK ((ended_how = ANY (ARRAY['reply'::text, 'receptionist'::text, 'closed'::text, 'other'::text])))
);

ALTER TABLE ONLY public.reply_waits FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.due_routing_work(p_now timestamp with time zone, p_stuck_before timestamp with time zone) RETURNS TABLE(business_id uuid, subject uuid, kind text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    BEGIN ATOMIC
( SELECT w.business_id,
     w.wait_id AS subject,
     'climb_wait'::text AS kind
    FROM public.reply_waits w
   WHERE ((w.ended_how IS NULL) AND (w.acknowledged_at IS NULL) AND (w.next_at <= due_routing_work.p_now) AND (NOT public.has_job('climb_wait'::text, jsonb_build_object('business', w.business_id, 'wait', w.wait_id))))
  LIMIT 1000)
 UNION ALL
 ( SELECT w.business_id,
     w.wait_id AS subject,
     'route_wait'::text AS kind
    FROM public.reply_waits w
   WHERE ((w.routed_at IS NULL) AND (w.needed_at < due_routing_work.p_stuck_before) AND (NOT public.has_job('route_wait'::text, jsonb_build_object('business', w.business_id, 'wait', w.wait_id))))
  LIMIT 1000)
 UNION ALL
 ( SELECT b.business_id,
     b.call_back_id AS subject,
     'climb_call_back'::text AS kind
    FROM public.call_backs b
   WHERE ((b.done_at IS NULL) AND (b.acknowledged_at IS NULL) AND (b.next_at <= due_routing_work.p_now) AND (NOT public.has_job('climb_call_back'::text, jsonb_build_object('business', b.business_id, 'call_back', b.call_back_id))))
  LIMIT 1000)
 UNION ALL
 ( SELECT b.business_id,
     b.call_back_id AS subject,
     'own_call_back'::text AS kind
    FROM public.call_backs b
   WHERE ((b.done_at IS NULL) AND (b.owned_at IS NULL) AND (b.created_at < due_routing_work.p_stuck_before) AND (NOT public.has_job('own_call_back'::text, jsonb_build_object('business', b.business_id, 'call_back', b.call_back_id))))
  LIMIT 1000)
 UNION ALL
 ( SELECT r.business_id,
     r.relay_id AS subject,
     'expire_relay'::text AS kind
    FROM public.relays r
   WHERE ((r.state = 'held'::text) AND (r.expires_at <= due_routing_work.p_now) AND (NOT public.has_job('expire_relay'::text, jsonb_build_object('business', r.business_id, 'relay', r.relay_id))))
  LIMIT 1000)
 UNION ALL
 ( SELECT r.business_id,
     r.relay_id AS subject,
     'send_relay'::text AS kind
    FROM public.relays r
   WHERE ((r.state = 'going'::text) AND (r.received_at < due_routing_work.p_stuck_before) AND (NOT public.has_job('send_relay'::text, jsonb_build_object('business', r.business_id, 'relay', r.relay_id))))
  LIMIT 1000)
 UNION ALL
 ( SELECT DISTINCT d.business_id,
     d.hook_id AS subject,
     'deliver_hook'::text AS kind
    FROM (public.hook_deliveries d
      JOIN public.outgoing_hooks h ON (((h.business_id = d.business_id) AND (h.hook_id = d.hook_id))))
   WHERE ((d.delivered_at IS NULL) AND (d.given_up_at IS NULL) AND (h.off_at IS NULL) AND (d.next_at < due_routing_work.p_stuck_before) AND ((h.try_at IS NULL) OR (h.try_at < due_routing_work.p_stuck_before)) AND (NOT public.has_job('deliver_hook'::text, jsonb_build_object('business', d.business_id, 'hook', d.hook_id))))
  LIMIT 1000);
END;

CREATE TABLE public.alarms (
    business_id uuid NOT NULL,
    alarm_id uuid NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    words text NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    ended_at timestamp with time zone
);

ALTER TABLE ONLY public.alarms FORCE ROW LEVEL SECURITY;

CREATE TABLE public.spend_days (
    business_id uuid NOT NULL,
    day_on date NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    spent bigint DEFAULT 0 NOT NULL,
    raised bigint DEFAULT 0 NOT NULL,
    raised_by text,
    told_at timestamp with time zone
)
WITH (fillfactor='70');

ALTER TABLE ONLY public.spend_days FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.end_past_brakes(p_now timestamp with time zone, p_before date) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public'
    BEGIN ATOMIC
 DELETE FROM public.brake_counts
   WHERE (brake_counts.day_on < end_past_brakes.p_before);
 DELETE FROM public.ring_counts
   WHERE (ring_counts.day_on < end_past_brakes.p_before);
 DELETE FROM public.ring_salts
   WHERE (ring_salts.day_on < end_past_brakes.p_before);
 UPDATE public.alarms a SET ended_at = end_past_brakes.p_now
    FROM public.spend_days d
   WHERE ((a.kind = 'cap'::text) AND (a.ended_at IS NULL) AND (d.business_id = a.business_id) AND ((d.day_on)::text = a.subject) AND (d.ends_at <= end_past_brakes.p_now));
END;

CREATE FUNCTION public.end_quiet_alarms(p_kind text, p_before timestamp with time zone, p_now timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public'
    BEGIN ATOMIC
 UPDATE public.alarms SET ended_at = end_quiet_alarms.p_now
   WHERE ((alarms.kind = end_quiet_alarms.p_kind) AND (alarms.ended_at IS NULL) AND (alarms.last_at < end_quiet_alarms.p_before));
END;

CREATE FUNCTION public.enqueue_hook(p_business uuid, p_hook uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
    v_payload jsonb := jsonb_build_object('business', p_business, 'hook', p_hook);
begin
    if not exists (
        select from jobs.pgqueuer
        where md5(payload) = md5(convert_to(v_payload::text, 'UTF8')) and entrypoint = 'deliver_hook'
          and status = 'queued') then
        -- After everything that a caller waits for.
        perform enqueue_job('deliver_hook', v_payload, '0', -20);
    end if;
end
$$;

CREATE FUNCTION public.enqueue_job(p_entrypoint text, p_payload jsonb, p_delay interval DEFAULT '00:00:00'::interval, p_priority integer DEFAULT 0) RETURNS void
    LANGUAGE sql
    AS $$
    insert into jobs.pgqueuer (priority, status, entrypoint, payload, execute_after)
    values (p_priority, 'queued', p_entrypoint, convert_to(p_payload::text, 'UTF8'), now() + p_delay);
$$;

CREATE FUNCTION public.enqueue_missing_job(p_entrypoint text, p_payload jsonb) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
begin
    if has_job(p_entrypoint, p_payload) then
        return false;
    end if;
    perform enqueue_job(p_entrypoint, p_payload);
    return true;
end
$$;

CREATE FUNCTION public.erase_consent_words() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    delete from consent_entries
    where business_id = new.business_id and contact_id = new.contact_id and entry_id <> new.entry_id;
    return null;
end
$$;

CREATE FUNCTION public.expire_consent(p_business uuid, p_most integer, p_now timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql
    AS $$
declare
    v_due uuid[];
begin
    select array_agg(entry_id) into v_due from (
        select entry_id from consent_entries e
        where e.business_id = p_business and e.at < consent_kept_since('called', p_now)
          and e.at < consent_kept_since(e.kind, p_now)
        order by e.at limit p_most) due;
    if v_due is null then
        return 0;
    end if;
    insert into consent_entries (business_id, phone, kind, at, words, source)
    values (p_business, '', 'expired', p_now, cardinality(v_due)::text, 'retention');
    delete from consent_entries where business_id = p_business and entry_id = any(v_due);
    return cardinality(v_due);
end
$$;

CREATE TABLE public.threads (
    business_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    line_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_message_at timestamp with time zone NOT NULL,
    last_inbound_at timestamp with time zone,
    needs_reply_at timestamp with time zone,
    urgent_at timestamp with time zone,
    preview text DEFAULT ''::text NOT NULL,
    for_alerts boolean DEFAULT false NOT NULL,
    owner_id uuid,
    owned_at timestamp with time zone,
    reply_due_at timestamp with time zone,
    closed_at timestamp with time zone
);

ALTER TABLE ONLY public.threads FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.expire_keyword_answers(p_business uuid, p_contact uuid, p_now timestamp with time zone) RETURNS void
    LANGUAGE sql
    BEGIN ATOMIC
 UPDATE public.messages m SET expires_at = expire_keyword_answers.p_now
    FROM public.threads t
   WHERE ((t.business_id = expire_keyword_answers.p_business) AND (t.contact_id = expire_keyword_answers.p_contact) AND (m.business_id = expire_keyword_answers.p_business) AND (m.thread_id = t.thread_id) AND (m.state = ANY (ARRAY['intended'::text, 'sending'::text, 'uncertain'::text])) AND (m.purpose = 'keyword_answer'::text));
END;

CREATE FUNCTION public.search_query(p_place text, p_text text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT (string_agg(((''''::text || replace(replace(w.w, '\'::text, '\\'::text), ''''::text, ''''''::text)) || ''':*'::text), ' & '::text))::tsquery AS string_agg FROM unnest(public.words_of(search_query.p_place, search_query.p_text)) w(w));

CREATE FUNCTION public.find_contacts(p_text text, p_limit integer) RETURNS TABLE(thread_id uuid, contact_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    BEGIN ATOMIC
 SELECT t.thread_id,
     c.contact_id
    FROM (public.contacts c
      JOIN public.threads t ON (((t.business_id = c.business_id) AND (t.contact_id = c.contact_id) AND (NOT t.for_alerts))))
   WHERE ((c.business_id = public.current_business()) AND (public.contact_words(c.business_id, c.name, c.phone) @@ public.search_query(public.search_place(public.current_business(), 0), find_contacts.p_text)))
   ORDER BY t.last_message_at DESC, t.thread_id DESC
  LIMIT find_contacts.p_limit;
END;

CREATE FUNCTION public.find_or_create_contact(p_business uuid, p_contact uuid, p_phone text, p_now timestamp with time zone) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
declare
    v_contact uuid;
begin
    select contact_id into v_contact from contacts where business_id = p_business and phone = p_phone;
    if v_contact is null then
        insert into contacts (business_id, contact_id, phone, created_at) values (p_business, p_contact, p_phone, p_now)
        on conflict (business_id, phone) do update set phone = excluded.phone
        returning contact_id into v_contact;
    end if;
    return v_contact;
end
$$;

CREATE FUNCTION public.find_or_create_thread(p_business uuid, p_thread uuid, p_contact uuid, p_line uuid, p_now timestamp with time zone) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
declare
    v_thread uuid;
begin
    insert into threads (business_id, thread_id, contact_id, line_id, created_at, last_message_at)
    values (p_business, p_thread, p_contact, p_line, p_now, p_now)
    on conflict (business_id, contact_id) do update set line_id = excluded.line_id
    returning thread_id into v_thread;
    return v_thread;
end
$$;

CREATE FUNCTION public.search_week(p_at timestamp with time zone) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (floor((EXTRACT(epoch FROM (p_at AT TIME ZONE 'UTC'::text)) / (604800)::numeric)))::integer;

CREATE FUNCTION public.message_words(p_business uuid, p_at timestamp with time zone, p_body text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_to_tsvector(COALESCE(public.words_of(public.search_place(p_business, public.search_week(p_at)), p_body), '{}'::text[]));

CREATE FUNCTION public.find_texts(p_text text, p_limit integer) RETURNS TABLE(thread_id uuid, message_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    BEGIN ATOMIC
 SELECT f.thread_id,
     f.message_id
    FROM ( SELECT public.search_week(max(t.last_message_at)) AS newest,
             public.search_week(min(t.created_at)) AS oldest
            FROM public.threads t
           WHERE (t.business_id = public.current_business())) span,
     LATERAL generate_series(span.newest, span.oldest, '-1'::integer) week(week),
     LATERAL ( SELECT m.thread_id,
             m.message_id
            FROM public.messages m
           WHERE ((m.business_id = public.current_business()) AND (public.message_words(m.business_id, m.created_at, m.body) @@ public.search_query(public.search_place(public.current_business(), week.week), find_texts.p_text)))
           ORDER BY m.created_at DESC, m.message_id DESC
          LIMIT find_texts.p_limit) f
  LIMIT find_texts.p_limit;
END;

CREATE FUNCTION public.follow_booking() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if tg_op = 'UPDATE' and old.state = new.state and old.starts_at = new.starts_at then
        return null;
    end if;
    update reminders r set due_at = null where r.business_id = new.business_id and r.booking_id = new.booking_id;
    update messages m set state = 'dropped', error_kind = 'booking_changed', settled_at = new.changed_at
    from reminders r
    where r.business_id = new.business_id and r.booking_id = new.booking_id and m.business_id = new.business_id
      and m.message_id = r.message_id and m.state = 'intended';
    if new.state = 'booked' then
        perform enqueue_job('plan_reminder', jsonb_build_object('business', new.business_id, 'booking', new.booking_id));
    end if;
    if tg_op = 'UPDATE' then
        perform enqueue_job('offer_opening', jsonb_build_object('business', new.business_id, 'booking', new.booking_id));
    end if;
    return null;
end
$$;

CREATE FUNCTION public.follow_call_back() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform enqueue_job(
        'own_call_back', jsonb_build_object('business', new.business_id, 'call_back', new.call_back_id));
    return null;
end
$$;

CREATE FUNCTION public.follow_closure() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    update threads set closed_at = case when new.reopened_at is null then new.closed_at end
    where business_id = new.business_id and thread_id = new.thread_id;
    return null;
end
$$;

CREATE FUNCTION public.follow_waiting() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
    v_wait reply_waits%rowtype;
begin
    if new.needs_reply_at is not null then
        insert into reply_waits (business_id, wait_id, thread_id, needed_at)
        values (new.business_id, gen_random_uuid(), new.thread_id, new.needs_reply_at)
        on conflict do nothing returning * into v_wait;
    else
        new.reply_due_at := null;
        -- What was written last says who answered, and when by our own clock.
        update reply_waits w set
            ended_how = coalesce(e.how, 'other'), ended_at = e.at, answered_by = e.who, next_at = null,
            met = case when e.how = 'closed' then null else e.at <= w.due_at end
        from (select 1) one left join lateral (
            (select m.created_at as at, 'reply' as how, m.written_by as who from messages m
             where m.business_id = new.business_id and m.thread_id = new.thread_id and m.direction = 'out'
               and m.author = 'staff' and m.created_at >= old.needs_reply_at
             order by m.created_at desc limit 1)
            union all
            (select t.at, 'receptionist', 'receptionist' from turns t
             where t.business_id = new.business_id and t.thread_id = new.thread_id and t.at >= old.needs_reply_at
             order by t.turn_id desc limit 1)
            union all
            (select c.closed_at, 'closed', c.closed_by from closures c
             where c.business_id = new.business_id and c.thread_id = new.thread_id and c.reopened_at is null
               and c.closed_at >= old.needs_reply_at)
            order by at desc limit 1) e on true
        where w.business_id = new.business_id and w.thread_id = new.thread_id and w.ended_how is null
        returning w.* into v_wait;
        -- Nothing is left to do for one that was routed, and whose end is known.
        if v_wait.routed_at is not null and v_wait.ended_at is not null then
            return new;
        end if;
    end if;
    if v_wait.wait_id is not null then
        perform enqueue_job('route_wait', jsonb_build_object('business', new.business_id, 'wait', v_wait.wait_id));
    end if;
    return new;
end
$$;

CREATE FUNCTION public.forget_old_changes(p_before timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public'
    BEGIN ATOMIC
 DELETE FROM public.changes
   WHERE (changes.at < forget_old_changes.p_before);
END;

CREATE TABLE public.provider_exchanges (
    business_id uuid NOT NULL,
    exchange_id uuid NOT NULL,
    provider text NOT NULL,
    what text NOT NULL,
    subject text NOT NULL,
    request jsonb NOT NULL,
    status integer,
    response text NOT NULL,
    at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.provider_exchanges FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.forget_old_exchanges(p_before timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public'
    BEGIN ATOMIC
 DELETE FROM public.provider_exchanges
   WHERE (provider_exchanges.at < forget_old_exchanges.p_before);
 DELETE FROM public.hook_deliveries
   WHERE (hook_deliveries.made_at < forget_old_exchanges.p_before);
END;

CREATE FUNCTION public.forget_spent_holds(p_before timestamp with time zone) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public'
    BEGIN ATOMIC
 DELETE FROM public.bookings
   WHERE ((bookings.state = 'held'::text) AND (bookings.held_until < forget_spent_holds.p_before));
END;

CREATE FUNCTION public.free_seat(p_business uuid, p_sitting uuid, p_capacity integer) RETURNS integer
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT min(n.n) AS min
    FROM generate_series(0, (free_seat.p_capacity - 1)) n(n)
   WHERE (NOT (EXISTS ( SELECT
            FROM public.bookings b
           WHERE ((b.business_id = free_seat.p_business) AND (b.sitting_id = free_seat.p_sitting) AND (b.seat = n.n) AND (b.state = ANY (ARRAY['held'::text, 'booked'::text]))))));
END;

CREATE FUNCTION public.give_money_back() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    update spend_days set spent = greatest(spent - old.cost, 0)
    where business_id = old.business_id and day_on = old.cost_on;
    new.cost := null;
    new.cost_on := null;
    return new;
end
$$;

CREATE FUNCTION public.hold_text_back(p_business uuid, p_call uuid, p_brake jsonb, p_now timestamp with time zone) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
    v_held text;
begin
    if p_brake is null then
        return null;
    end if;
    v_held := take_money(p_business, p_brake, p_now);
    if v_held is null and take_places(p_business, p_brake->'places', (p_brake->>'day_on')::date, p_now) is not null then
        update spend_days set spent = spent - (p_brake->>'millicents')::bigint
        where business_id = p_business and day_on = (p_brake->>'day_on')::date;
        v_held := 'over_brake';
    end if;
    if v_held is not null then
        delete from text_back_claims where business_id = p_business and call_id = p_call;
    end if;
    return v_held;
end
$$;

CREATE TABLE public.lines (
    business_id uuid NOT NULL,
    line_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    number text NOT NULL,
    mode text NOT NULL,
    label text NOT NULL,
    language text NOT NULL,
    hook_key text NOT NULL,
    ring jsonb NOT NULL,
    forwarding_number text,
    registration text NOT NULL,
    text_back boolean NOT NULL,
    texts_per_second real NOT NULL,
    next_text_at timestamp with time zone,
    polled_until timestamp with time zone,
    poll_tried_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    in_set_up boolean DEFAULT false NOT NULL,
    CONSTRAINT lines_mode_check CHECK ((mode = ANY (ARRAY['front'::text, 'overflow'::text, 'watch'::text]))),
    CONSTRAINT lines_registration_check CHECK ((registration = ANY (ARRAY['unknown'::text, 'pending'::text, 'approved'::text, 'not_needed'::text])))
);

ALTER TABLE ONLY public.lines FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.holds_somewhere(p_opt_out public.opt_outs) RETURNS boolean
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT (((p_opt_out).ended_at IS NULL) OR (EXISTS ( SELECT
            FROM public.lines l
           WHERE ((l.business_id = (holds_somewhere.p_opt_out).business_id) AND (l.ended_at IS NULL) AND (l.line_id <> ALL ((holds_somewhere.p_opt_out).resumed_line_ids))))));
END;

CREATE TABLE public.occupancies (
    business_id uuid NOT NULL,
    booking_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    from_at timestamp with time zone NOT NULL,
    to_at timestamp with time zone NOT NULL,
    sitting_id uuid NOT NULL,
    is_shared boolean NOT NULL,
    place text,
    held_until timestamp with time zone,
    holder_id uuid
);

ALTER TABLE ONLY public.occupancies FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.is_too_far(p_business uuid, p_new public.bookings, p_extra jsonb, p_now timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT (EXISTS ( SELECT
            FROM public.occupancies o,
             make_interval(mins => ((is_too_far.p_extra ->> 'travel_minutes'::text))::integer) travel(travel)
           WHERE ((o.business_id = is_too_far.p_business) AND (o.unit_id = (is_too_far.p_new).staff_id) AND (travel.travel > '00:00:00'::interval) AND (o.from_at < (((is_too_far.p_extra ->> 'to_at'::text))::timestamp with time zone + travel.travel)) AND (o.to_at > ((is_too_far.p_new).starts_at - travel.travel)) AND (o.sitting_id <> (is_too_far.p_new).sitting_id) AND ((o.held_until IS NULL) OR (o.held_until > is_too_far.p_now)) AND COALESCE((o.place <> (is_too_far.p_extra ->> 'place'::text)), true)))) AS "exists";
END;

CREATE FUNCTION public.join_agency_members() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.leave_agency_members() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.ledger_booking() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into consent_entries (business_id, contact_id, phone, kind, at, source, reference)
    select new.business_id, new.contact_id, k.phone, 'asked', new.changed_at, 'booking_page', new.booking_id::text
    from contacts k where k.business_id = new.business_id and k.contact_id = new.contact_id;
    return null;
end
$$;

CREATE FUNCTION public.ledger_call() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into consent_entries (business_id, contact_id, phone, kind, at, words, source, line, reference)
    select c.business_id, c.contact_id, k.phone, 'called', c.started_at, new.outcome, 'call', l.number,
           c.provider_call_id
    from calls c join contacts k using (business_id, contact_id) join lines l using (business_id, line_id)
    where c.business_id = new.business_id and c.call_id = new.call_id;
    return null;
end
$$;

CREATE FUNCTION public.ledger_mark() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into consent_entries (business_id, contact_id, phone, kind, at, words, source)
    select new.business_id, new.contact_id, k.phone, 'suppressed', new.made_at,
           new.kind || case when new.why = '' then '' else ': ' || new.why end, new.made_by
    from contacts k where k.business_id = new.business_id and k.contact_id = new.contact_id;
    return null;
end
$$;

CREATE FUNCTION public.ledger_opt_out() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into consent_entries (business_id, contact_id, phone, kind, at, words, source, line)
    select new.business_id, new.contact_id, k.phone, 'opted_out', new.opted_out_at, new.words, new.source, l.number
    from contacts k left join lines l on l.business_id = new.business_id and l.line_id = new.line_id
    where k.business_id = new.business_id and k.contact_id = new.contact_id;
    return null;
end
$$;

CREATE FUNCTION public.ledger_text() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
    v_is_sent  boolean := new.direction = 'out';
    -- What people and the receptionist write to one contact stays in its thread; the ledger keeps standing words.
    v_standing boolean := new.purpose not in ('reply', 'receptionist', 'inbound');
begin
    insert into consent_entries
        (business_id, contact_id, phone, kind, at, words, wording_version, rule_version, source, line, reference)
    select new.business_id, t.contact_id, k.phone, case when v_is_sent then 'text_sent' else 'texted_us' end,
           case when v_is_sent then coalesce(new.sending_at, new.settled_at, new.created_at) else new.created_at end,
           case when v_standing then new.body end,
           coalesce(new.wording_version,
                    case when v_standing then new.purpose || '@' || left(consent_hash(array[new.body]), 12) end),
           new.rule_version, case when v_is_sent then new.purpose else 'text' end, l.number, new.provider_message_id
    from threads t join contacts k using (business_id, contact_id)
        left join lines l on l.business_id = new.business_id and l.line_id = new.line_id
    where t.business_id = new.business_id and t.thread_id = new.thread_id and (v_is_sent or not t.for_alerts);
    return null;
end
$$;

CREATE TABLE public.line_registrations (
    business_id uuid NOT NULL,
    line_id uuid NOT NULL,
    word text,
    detail text DEFAULT ''::text NOT NULL,
    answered_at timestamp with time zone,
    asked_at timestamp with time zone,
    trouble text,
    refused_at timestamp with time zone,
    refused_code text DEFAULT ''::text NOT NULL,
    lifted_at timestamp with time zone,
    CONSTRAINT line_registrations_word_check CHECK ((word = ANY (ARRAY['approved'::text, 'pending'::text, 'rejected'::text, 'missing'::text])))
);

ALTER TABLE ONLY public.line_registrations FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.lines_to_look_up(p_before timestamp with time zone, p_refused_before timestamp with time zone) RETURNS TABLE(business_id uuid, line_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    BEGIN ATOMIC
 SELECT l.business_id,
     l.line_id
    FROM (public.lines l
      LEFT JOIN public.line_registrations r USING (business_id, line_id))
   WHERE ((l.ended_at IS NULL) AND (l.registration = ANY (ARRAY['unknown'::text, 'pending'::text])) AND (l.number ~~ '+1%'::text) AND ((r.asked_at IS NULL) OR (r.asked_at < lines_to_look_up.p_before)) AND ((r.refused_at IS NULL) OR (r.refused_at < lines_to_look_up.p_refused_before)))
 UNION ALL
  SELECT r.business_id,
     r.line_id
    FROM (public.line_registrations r
      JOIN public.lines l USING (business_id, line_id))
   WHERE ((r.refused_at < lines_to_look_up.p_refused_before) AND ((r.asked_at IS NULL) OR (r.asked_at < lines_to_look_up.p_before)) AND (l.ended_at IS NULL) AND (l.registration <> ALL (ARRAY['unknown'::text, 'pending'::text])))
 LIMIT 1000;
END;

CREATE FUNCTION public.link_consent() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
    v_last     consent_links%rowtype;
    v_content  text;
    v_position bigint;
begin
    perform set_config('app.business', new.business_id::text, true);
    perform pg_advisory_xact_lock(hashtextextended('consent ' || new.business_id, 0));
    select * into v_last from consent_links where business_id = new.business_id order by position desc limit 1;
    v_position := coalesce(v_last.position, 0) + 1;
    v_content := consent_hash(array[
        new.salt::text, new.kind, consent_instant(new.at), new.contact_id::text, new.phone, new.words,
        new.wording_version, new.rule_version, new.source, new.line, new.reference]);
    insert into consent_links (business_id, position, entry_id, contact_id, kind, at, content_hash, hash)
    values (new.business_id, v_position, new.entry_id, new.contact_id, new.kind, new.at, v_content,
            consent_hash(array[
                v_last.hash, v_position::text, new.entry_id::text, new.contact_id::text, new.kind,
                consent_instant(new.at), v_content]));
    return null;
end
$$;

CREATE FUNCTION public.load_call(p_business uuid, p_call uuid, p_now timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
    v_call  calls%rowtype;
    v_phone text;
begin
    perform set_config('app.business', p_business::text, true);
    select * into v_call from calls where business_id = p_business and call_id = p_call for update;
    if v_call.contact_id is not null then
        -- Decisions about one contact happen one after the other, whichever line or worker they come from.
        -- "no key": whoever only refers to the contact (a STOP being filed) need not wait for us.
        select phone into v_phone from contacts
        where business_id = p_business and contact_id = v_call.contact_id for no key update;
    end if;
    return jsonb_build_object(
        'call', to_jsonb(v_call),
        'version', (select version from businesses where business_id = p_business),
        'events', (select coalesce(jsonb_agg(e.event order by e.received_at, e.event_id), '[]') from inbound_events e
                   where e.business_id = p_business and e.provider = v_call.provider
                     and e.subject = v_call.provider_call_id and e.kind = 'call'),
        'text_back', (select jsonb_build_object('decision', t.decision, 'outcome', t.outcome) from text_backs t
                      where t.business_id = p_business and t.call_id = p_call),
        'contact', contact_standing(p_business, v_call.contact_id),
        'first_time', not exists (
            select from calls o where o.business_id = p_business and o.contact_id = v_call.contact_id
                                  and o.call_id <> p_call and o.started_at < v_call.started_at),
        'booked_before', exists (
            select from bookings b where b.business_id = p_business and b.contact_id = v_call.contact_id
                                     and b.state in ('booked', 'done', 'no_show')),
        'rings_across', case when v_phone is null then 0 else count_rings_across(v_phone, p_now) end,
        'answered_since', (
            select max(o.started_at) from calls o
            where o.business_id = p_business and o.contact_id = v_call.contact_id and o.call_id <> p_call
              and o.started_at > v_call.started_at and o.outcome like 'answered%'),
        'called_back_at', (
            select max(b.done_at) from call_backs b
            where b.business_id = p_business and b.contact_id = v_call.contact_id and b.done_at > v_call.started_at),
        'previous_missed_at', (
            select max(o.started_at) from calls o
            where o.business_id = p_business and o.contact_id = v_call.contact_id and o.call_id <> p_call
              and o.started_at <= v_call.started_at and o.outcome not like 'answered%'),
        'claimed_until', (
            select k.until from text_back_claims k
            where k.business_id = p_business and k.contact_id = v_call.contact_id and k.call_id <> p_call),
        'thread', (
            select jsonb_build_object('thread_id', t.thread_id, 'last_inbound_at', t.last_inbound_at, 'closed', exists (
                select from closures x where x.business_id = t.business_id and x.thread_id = t.thread_id
                                         and x.reopened_at is null))
            from threads t where t.business_id = p_business and t.contact_id = v_call.contact_id),
        'line_sent', brake_used(p_business, 'line', v_call.line_id::text, p_now),
        'business_sent', brake_used(p_business, 'business', '', p_now));
end
$$;

CREATE FUNCTION public.load_delivery(p_business uuid, p_message uuid, p_now timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.load_turn(p_business uuid, p_thread uuid, p_now timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql
    AS $$
declare
    v_thread  threads%rowtype;
    v_contact uuid;
begin
    perform set_config('app.business', p_business::text, true);
    select contact_id into v_contact from threads where business_id = p_business and thread_id = p_thread;
    if v_contact is null then
        return null;
    end if;
    perform from contacts where business_id = p_business and contact_id = v_contact for no key update;
    select * into v_thread from threads where business_id = p_business and thread_id = p_thread for no key update;
    return jsonb_build_object(
        'thread_id', p_thread,
        'contact_id', v_contact,
        'line_id', v_thread.line_id,
        'for_alerts', v_thread.for_alerts,
        'version', (select version from businesses where business_id = p_business),
        'contact', contact_standing(p_business, v_contact),
        'known', exists (
            select from bookings b where b.business_id = p_business and b.contact_id = v_contact
                                     and b.state in ('booked', 'done', 'no_show')),
        'has_bookings', exists (
            select from bookings b where b.business_id = p_business and b.contact_id = v_contact
                                     and b.state = 'booked' and b.ends_at > p_now),
        'dialog', (select to_jsonb(d) from dialogs d where d.business_id = p_business and d.thread_id = p_thread),
        'unheard', (
            select coalesce(jsonb_agg(jsonb_build_object(
                'message_id', m.message_id, 'body', m.body, 'at', m.created_at,
                'pictures', (select count(*) from pictures p
                             where p.business_id = m.business_id and p.message_id = m.message_id))
                order by m.created_at, m.message_id), '[]')
            from messages m where m.business_id = p_business and m.thread_id = p_thread and m.unheard),
        'recent', (
            select coalesce(jsonb_agg(jsonb_build_object(
                'is_theirs', r.direction = 'in', 'is_persons', r.author = 'staff', 'body', r.body,
                'at', coalesce(r.sending_at, r.created_at)) order by r.created_at, r.message_id), '[]')
            from (select * from messages m where m.business_id = p_business and m.thread_id = p_thread
                  order by m.created_at desc, m.message_id desc limit 40) r
            where r.state not in ('dropped', 'rejected')),
        'to_confirm', (
            select r.booking_id from reminders r where r.business_id = p_business and r.message_id = (
                select m.message_id from messages m
                where m.business_id = p_business and m.thread_id = p_thread and m.direction = 'out'
                  and m.state <> 'dropped'
                order by m.created_at desc, m.message_id desc limit 1)));
end
$$;

CREATE FUNCTION public.lock_calendar(p_business uuid) RETURNS void
    LANGUAGE sql
    BEGIN ATOMIC
 SELECT pg_advisory_xact_lock(hashtextextended(('calendar '::text || p_business), (0)::bigint)) AS pg_advisory_xact_lock;
END;

CREATE FUNCTION public.move_booking(p_business uuid, p_booking uuid, p_held uuid, p_now timestamp with time zone) RETURNS SETOF public.bookings
    LANGUAGE plpgsql
    AS $$
declare
    v_old  bookings%rowtype;
    v_held bookings%rowtype;
begin
    perform lock_calendar(p_business);
    select * into v_old from bookings where business_id = p_business and booking_id = p_booking for update;
    select * into v_held from bookings where business_id = p_business and booking_id = p_held for update;
    if v_old.state is distinct from 'booked' or v_held.state is distinct from 'held'
        or v_old.contact_id <> v_held.contact_id then
        return;
    end if;
    -- The rows of a hold that ran out are still there: nobody has taken its time since.
    delete from occupancies where business_id = p_business and booking_id = p_booking;
    update occupancies set booking_id = p_booking, held_until = null, holder_id = null,
        sitting_id = case when is_shared then sitting_id else p_booking end
    where business_id = p_business and booking_id = p_held;
    delete from bookings where business_id = p_business and booking_id = p_held;
    return query update bookings b set
        staff_id = v_held.staff_id, resource_ids = v_held.resource_ids,
        starts_at = v_held.starts_at, ends_at = v_held.ends_at,
        sitting_id = case when v_held.sitting_id in (p_booking, p_held) then p_booking else v_held.sitting_id end,
        seat = coalesce(v_held.seat, 0),
        service = v_held.service,
        price_cents = case when b.service = v_held.service then b.price_cents else v_held.price_cents end,
        address = coalesce(v_held.address, b.address), details = b.details || v_held.details,
        moved_from = b.starts_at, confirmed_at = null, reminder_sent_at = null,
        sequence = b.sequence + 1, changed_at = p_now
    where b.business_id = p_business and b.booking_id = p_booking
    returning b.*;
    perform note_change(p_business, 'booking', p_booking, p_now);
exception
    when exclusion_violation or unique_violation or deadlock_detected then
        return;
end
$$;

CREATE FUNCTION public.note_change(p_business uuid, p_kind text, p_subject uuid, p_now timestamp with time zone) RETURNS void
    LANGUAGE sql
    BEGIN ATOMIC
 INSERT INTO public.changes (business_id, kind, subject, at)
   VALUES (note_change.p_business, note_change.p_kind, note_change.p_subject, note_change.p_now);
 SELECT pg_notify('ringback_changes'::text, (p_business)::text) AS pg_notify;
END;

CREATE FUNCTION public.note_need() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    new.needed_reply_at := (
        select needs_reply_at from threads where business_id = new.business_id and thread_id = new.thread_id);
    return new;
end
$$;

CREATE FUNCTION public.note_ring_across(p_number text, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
    v_day  date := (p_now at time zone 'UTC')::date;
    v_salt uuid;
begin
    -- Alone in the installation, a business has nobody to learn from.
    if not exists (select from business_directory offset 1) then
        return;
    end if;
    select salt into v_salt from ring_salts where day_on = v_day;
    if v_salt is null then
        insert into ring_salts (day_on, salt) values (v_day, gen_random_uuid()) on conflict do nothing;
        select salt into v_salt from ring_salts where day_on = v_day;
    end if;
    insert into ring_counts as c (day_on, number_hash, businesses)
    values (v_day, sha256(convert_to(v_salt::text || p_number, 'UTF8')), 1)
    on conflict (day_on, number_hash) do update set businesses = c.businesses + 1;
end
$$;

CREATE FUNCTION public.opt_in_contact(p_business uuid, p_contact uuid, p_line uuid, p_how text, p_said timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.opt_out_contact(p_business uuid, p_contact uuid, p_opt_out jsonb, p_why text, p_now timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
declare
    v_is_new boolean;
    v_told   bigint;
begin
    -- Said again, it stands from the later instant on: a START sent in between must not end it.
    insert into opt_outs as o (business_id, opt_out_id, contact_id, line_id, source, words, opted_out_at)
    values (p_business, (p_opt_out->>'opt_out_id')::uuid, p_contact, (p_opt_out->>'line_id')::uuid,
            p_opt_out->>'source', p_opt_out->>'words', (p_opt_out->>'said_at')::timestamptz)
    on conflict (business_id, contact_id) where ended_at is null
        do update set opted_out_at = greatest(o.opted_out_at, excluded.opted_out_at)
    returning xmax = 0 into v_is_new;
    -- A text marked `sending` may be out already. Only the confirmation of this opt-out may still leave, and it is not
    -- written yet where the opt-out is new: the answer to an earlier START must not come after it.
    with dropped as (
        update messages m set state = 'dropped', error_kind = 'opted_out', settled_at = p_now from threads t
        where t.business_id = p_business and t.contact_id = p_contact and m.business_id = p_business
          and m.thread_id = t.thread_id and m.state = 'intended' and (v_is_new or m.purpose <> 'keyword_answer')
        returning m.message_id),
    skipped as (
        update text_backs b set decision = 'skip', reason = 'opted_out', why = p_why from dropped d
        where b.business_id = p_business and b.message_id = d.message_id returning b.call_id)
    select count(note_change(p_business, 'call', call_id, p_now)) into v_told from skipped;
    if v_is_new then
        perform expire_keyword_answers(p_business, p_contact, p_now);
    end if;
    return v_is_new;
end
$$;

CREATE FUNCTION public.place_booking(p_business uuid, p_new jsonb, p_extra jsonb, p_now timestamp with time zone) RETURNS SETOF public.bookings
    LANGUAGE plpgsql
    AS $$
declare
    v_new    bookings%rowtype := jsonb_populate_record(null::bookings, p_new);
    v_old    bookings%rowtype;
    v_same   bookings%rowtype;
    v_units  uuid[] := v_new.staff_id || v_new.resource_ids;
    v_to     timestamptz := (p_extra->>'to_at')::timestamptz;
    v_class  boolean := (p_extra->>'capacity')::int > 1;
    v_moving uuid := (p_extra->>'moving')::uuid;
begin
    v_new.business_id := p_business;
    perform lock_calendar(p_business);
    select * into v_old from bookings b where b.business_id = p_business and b.booking_id = v_new.booking_id for update;
    if found and v_old.state <> 'held' then
        -- Booked already by an earlier try of the same request; whoever cancelled it since has had the last word.
        return query select v_old.* where v_old.state = 'booked' and v_old.contact_id = v_new.contact_id;
        return;
    end if;
    -- What this person has at this start; the booking that moves is leaving.
    select * into v_same from bookings b
    where b.business_id = p_business and b.contact_id = v_new.contact_id and b.starts_at = v_new.starts_at
      and b.state = 'booked' and lower(coalesce(b.for_whom, '')) = lower(coalesce(v_new.for_whom, ''))
      and (b.booking_id is distinct from v_moving or b.staff_id = v_new.staff_id and b.service = v_new.service);
    if found then
        return query select v_same.* where v_same.service = v_new.service and v_same.staff_id = v_new.staff_id
            and v_moving is null or v_same.booking_id = v_moving;
        return;
    end if;
    -- A hold gives way to what it becomes: it is placed anew, so that one that ran out is checked like any other.
    delete from bookings b where b.business_id = p_business and b.booking_id = v_old.booking_id;
    perform drop_spent_holds(p_business, v_new, v_units, v_to, p_now);
    -- Only its own booking, alone in its sitting, may be overlapped by the time that a contact moves it to.
    select b.sitting_id into v_new.sitting_id from bookings b
    where b.business_id = p_business and b.booking_id = v_moving and b.booking_id = b.sitting_id
      and b.contact_id = v_new.contact_id and b.state = 'booked' and v_new.state = 'held' and not v_class;
    if v_new.sitting_id is null then
        v_new.sitting_id := case when v_class then (p_extra->>'class_id')::uuid else v_new.booking_id end;
        v_new.seat := free_seat(p_business, v_new.sitting_id, (p_extra->>'capacity')::int);
        if v_new.seat is null then
            raise exclusion_violation;
        end if;
    end if;
    if is_too_far(p_business, v_new, p_extra, p_now) then
        raise exclusion_violation;
    end if;
    v_new.made_at := p_now;
    v_new.changed_at := p_now;
    v_new.sequence := 0;
    insert into bookings select v_new.*;
    insert into occupancies
        (business_id, booking_id, unit_id, from_at, to_at, sitting_id, is_shared, place, held_until, holder_id)
    select p_business, v_new.booking_id, unit, v_new.starts_at, v_to, v_new.sitting_id, v_class, p_extra->>'place',
           v_new.held_until, case v_new.state when 'held' then v_new.contact_id end
    from unnest(v_units) unit;
    perform note_change(p_business, 'booking', v_new.booking_id, p_now);
    return next v_new;
exception
    -- The last word is the constraints': whatever got past the checks above ends here, and nothing was written.
    when exclusion_violation or unique_violation or deadlock_detected then
        return;
end
$$;

CREATE FUNCTION public.receive_call_event(p_business uuid, p_line uuid, p_provider text, p_key text, p_subject text, p_event jsonb, p_raw jsonb, p_ids uuid[], p_phone text, p_plan text, p_day text, p_jobs jsonb, p_now timestamp with time zone, OUT fresh boolean, OUT blocked boolean, OUT accepted boolean) RETURNS record
    LANGUAGE plpgsql
    AS $$
declare
    v_contact uuid;
    v_call    calls%rowtype;
    v_job     jsonb;
begin
    perform set_config('app.business', p_business::text, true);
    insert into inbound_events
        (business_id, event_id, provider, delivery_key, line_id, kind, subject, event, raw, received_at, handled_at)
    values (p_business, p_ids[1], p_provider, p_key, p_line, 'call', p_subject, p_event, p_raw, p_now, p_now)
    on conflict (business_id, provider, delivery_key) do nothing;
    fresh := found;
    accepted := p_event->>'kind' = 'dialed' and exists (
        select from inbound_events e
        where e.business_id = p_business and e.provider = p_provider and e.subject = p_subject
          and e.event->>'kind' = 'accepted');
    if p_phone is not null then
        v_contact := find_or_create_contact(p_business, p_ids[2], p_phone, p_now);
    end if;
    blocked := exists (
        select from contact_marks m
        where m.business_id = p_business and m.contact_id = v_contact and m.kind = 'blocked' and m.ended_at is null);
    if not fresh then
        -- A poll may have told of the call before its own callback came: only the callback knows what we answered.
        update calls set plan = p_plan, day = p_day
        where business_id = p_business and provider = p_provider and provider_call_id = p_subject
          and plan = 'unknown' and p_plan <> 'unknown';
        return;
    end if;
    insert into calls as c
        (business_id, call_id, line_id, contact_id, provider, provider_call_id, caller, caller_name, forwarded_from,
         plan, day, blocked, started_at)
    values (p_business, p_ids[3], p_line, v_contact, p_provider, p_subject, coalesce(p_event->>'caller', ''),
            p_event->>'caller_name', p_event->>'forwarded_from', p_plan, p_day, blocked,
            -- A poll tells of a call late: it began when the phone company says.
            least(p_now, (p_event->>'at')::timestamptz))
    on conflict (business_id, provider, provider_call_id) do update set
        contact_id = coalesce(c.contact_id, excluded.contact_id),
        caller = coalesce(nullif(c.caller, ''), excluded.caller),
        caller_name = coalesce(c.caller_name, excluded.caller_name),
        forwarded_from = coalesce(c.forwarded_from, excluded.forwarded_from),
        plan = case when c.plan = 'unknown' then excluded.plan else c.plan end,
        day = coalesce(c.day, excluded.day),
        blocked = c.blocked or excluded.blocked
    returning * into v_call;
    -- Evidence that comes after the decision still mends the outcome; it never makes a second decision.
    if v_call.decided_at is not null then
        p_jobs := '[{"after": 0}]';
    end if;
    for v_job in select * from jsonb_array_elements(p_jobs) loop
        perform enqueue_job(
            'settle_call',
            jsonb_build_object('business', p_business, 'call', v_call.call_id, 'timer', v_job->'timer'),
            make_interval(secs => (v_job->>'after')::float8));
    end loop;
    perform note_change(p_business, 'call', v_call.call_id, p_now);
end
$$;

CREATE FUNCTION public.receive_text_event(p_business uuid, p_line uuid, p_provider text, p_key text, p_kind text, p_subject text, p_sender text, p_event jsonb, p_raw jsonb, p_id uuid, p_now timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
begin
    perform set_config('app.business', p_business::text, true);
    insert into inbound_events
        (business_id, event_id, provider, delivery_key, line_id, kind, subject, sender, event, raw, received_at)
    values (p_business, p_id, p_provider, p_key, p_line, p_kind, p_subject, p_sender, p_event, p_raw, p_now)
    on conflict (business_id, provider, delivery_key) do nothing;
    if not found then
        return false;
    end if;
    perform enqueue_job(
        case p_kind when 'message' then 'take_message' else 'note_progress' end,
        jsonb_build_object('business', p_business, 'event', p_id),
        '0', case p_kind when 'message' then 100 else -10 end);
    return true;
end
$$;

CREATE FUNCTION public.refuse_consent_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    -- What the ledger itself says is gone may go: the contact was erased, or the time to keep it is over.
    if tg_op = 'DELETE' and tg_table_name = 'consent_entries' then
        if exists (select from consent_entries e where e.business_id = old.business_id and e.kind = 'erased'
                   and e.contact_id = old.contact_id and e.entry_id <> old.entry_id)
           or exists (select from consent_entries e where e.business_id = old.business_id and e.kind = 'expired'
                      and consent_kept_since(old.kind, e.at) > old.at) then
            return old;
        end if;
    end if;
    raise exception 'The consent ledger is append-only: % on % is refused.', lower(tg_op), tg_table_name
        using errcode = 'restrict_violation';
end
$$;

CREATE FUNCTION public.release_hold(p_business uuid, p_booking uuid, p_now timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
begin
    perform lock_calendar(p_business);
    delete from bookings where business_id = p_business and booking_id = p_booking and state = 'held';
    if not found then
        return false;
    end if;
    perform note_change(p_business, 'booking', p_booking, p_now);
    return true;
end
$$;

CREATE FUNCTION public.release_text_back(p_business uuid, p_call uuid, p_decision jsonb, p_message jsonb, p_now timestamp with time zone) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
    v_held   text;
    v_thread uuid;
    v_call   calls%rowtype;
    v_brake  jsonb := p_decision->'brake';
begin
    select * into v_call from calls where business_id = p_business and call_id = p_call for update;
    if not exists (
        select from text_backs where business_id = p_business and call_id = p_call
          and reason in ('over_brake', 'over_cap', 'robocall')) then
        return 'gone';
    end if;
    perform from contacts where business_id = p_business and contact_id = v_call.contact_id for no key update;
    if not claim_text_back(p_business, v_call.contact_id, p_call, p_now, (p_decision->>'claim_until')::timestamptz) then
        return 'claimed';
    end if;
    perform from threads where business_id = p_business and contact_id = v_call.contact_id for no key update;
    v_held := hold_text_back(p_business, p_call, v_brake, p_now);
    if v_held is not null then
        return v_held;
    end if;
    v_thread := find_or_create_thread(
        p_business, (p_decision->>'thread_id')::uuid, v_call.contact_id, v_call.line_id, p_now);
    perform add_message(p_business, v_thread, v_call.line_id, p_message, p_now);
    update messages set cost = (v_brake->>'millicents')::bigint, cost_on = (v_brake->>'day_on')::date
    where business_id = p_business and message_id = (p_message->>'message_id')::uuid;
    update text_backs set decision = 'send', reason = null, send_at = p_now, wording = p_decision->>'wording',
        why = p_decision->>'why', message_id = (p_message->>'message_id')::uuid
    where business_id = p_business and call_id = p_call;
    perform note_change(p_business, 'call', p_call, p_now);
    return 'send';
end
$$;

CREATE FUNCTION public.remind_no_typed_number() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if exists (select from bookings b where b.business_id = new.business_id and b.booking_id = new.booking_id
               and b.made_by = 'page') then
        new.due_at := null;
    end if;
    return new;
end
$$;

CREATE FUNCTION public.save_decision(p_business uuid, p_call uuid, p_decision jsonb, p_message jsonb, p_now timestamp with time zone) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
    v_call   calls%rowtype;
    v_thread uuid;
    v_brake  jsonb := p_decision->'brake';
    v_held   text;
begin
    perform set_config('app.business', p_business::text, true);
    update calls set outcome = p_decision->>'outcome', over_at = coalesce(over_at, (p_decision->>'over_at')::timestamptz),
                     decided_at = coalesce(decided_at, p_now)
    where business_id = p_business and call_id = p_call returning * into v_call;
    perform note_change(p_business, 'call', p_call, p_now);
    -- The call's own timer has nothing left to ask; unrun it costs a tenth of what it would run.
    delete from jobs.pgqueuer
    where md5(payload) = md5(convert_to(
            jsonb_build_object('business', p_business, 'call', p_call, 'timer', true)::text, 'UTF8'))
      and entrypoint = 'settle_call' and status = 'queued';
    if exists (select from text_backs where business_id = p_business and call_id = p_call) then
        return 'kept';
    end if;
    if p_decision->>'stranger' is not null and not exists (
        select from calls o where o.business_id = p_business and o.contact_id = v_call.contact_id
          and o.call_id <> p_call and o.started_at >= date_trunc('day', p_now, 'UTC')) then
        perform note_ring_across(p_decision->>'stranger', p_now);
    end if;
    if p_message is not null then
        if not claim_text_back(
            p_business, v_call.contact_id, p_call, p_now, (p_decision->>'claim_until')::timestamptz) then
            return 'claimed';
        end if;
        -- Threads before counters: whoever else needs both takes them in this order. What is held begins no thread.
        perform from threads where business_id = p_business and contact_id = v_call.contact_id for no key update;
        v_held := hold_text_back(p_business, p_call, v_brake, p_now);
        if v_held is null then
            v_thread := find_or_create_thread(
                p_business, (p_decision->>'thread_id')::uuid, v_call.contact_id, v_call.line_id, p_now);
            perform add_message(p_business, v_thread, v_call.line_id, p_message, p_now);
            update messages set cost = (v_brake->>'millicents')::bigint, cost_on = (v_brake->>'day_on')::date
            where v_brake is not null and business_id = p_business and message_id = (p_message->>'message_id')::uuid;
        end if;
    end if;
    insert into text_backs
        (business_id, text_back_id, call_id, contact_id, line_id, decision, reason, outcome, send_at, wording, why,
         message_id, decided_at)
    select p_business, (d->>'text_back_id')::uuid, p_call, v_call.contact_id, v_call.line_id,
           d->>'decision', d->>'reason', d->>'outcome', (d->>'send_at')::timestamptz, d->>'wording', d->>'why',
           case when v_held is null then (p_message->>'message_id')::uuid end, p_now
    from (select case when v_held is null then p_decision else p_decision || jsonb_build_object(
        'decision', 'skip', 'send_at', null, 'wording', null,
        'reason', replace(v_held, 'cap_reached', 'over_cap'),
        'why', v_brake->'why'->>replace(v_held, 'cap_reached', 'over_cap')) end as d) x;
    return coalesce(v_held, p_decision->>'decision');
end
$$;

CREATE FUNCTION public.save_sending(p_business uuid, p_message uuid, p_line uuid, p_now timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql
    AS $$
declare
    v_rate real;
    v_slot timestamptz;
begin
    select texts_per_second into v_rate from lines where business_id = p_business and line_id = p_line;
    select slot_at into v_slot from messages where business_id = p_business and message_id = p_message;
    if v_slot > p_now then
        return v_slot;
    end if;
    if v_rate > 0 and v_slot is null then
        update lines set next_text_at = greatest(coalesce(next_text_at, p_now), p_now) + make_interval(secs => 1 / v_rate)
        where business_id = p_business and line_id = p_line
        returning next_text_at - make_interval(secs => 1 / v_rate) into v_slot;
        if v_slot > p_now then
            update messages set slot_at = v_slot where business_id = p_business and message_id = p_message;
            return v_slot;
        end if;
    end if;
    update messages set state = 'sending', sending_at = p_now, slot_at = null, attempts = attempts + 1
    where business_id = p_business and message_id = p_message;
    return null;
end
$$;

CREATE FUNCTION public.save_sent(p_business uuid, p_message uuid, p_result jsonb, p_exchange jsonb, p_now timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
declare
    v_thread uuid;
begin
    perform set_config('app.business', p_business::text, true);
    insert into provider_exchanges (business_id, exchange_id, provider, what, subject, request, status, response, at)
    values (p_business, (p_exchange->>'exchange_id')::uuid, p_exchange->>'provider', p_exchange->>'what',
            p_message::text, p_exchange->'request', (p_exchange->>'status')::int, p_exchange->>'response', p_now);
    -- A status callback may have settled the message while we waited for the answer: what is known stays.
    update messages set
        state = p_result->>'state',
        provider_message_id = coalesce(provider_message_id, p_result->>'provider_message_id'),
        error_kind = p_result->>'error_kind', error_code = p_result->>'error_code',
        send_at = coalesce((p_result->>'send_at')::timestamptz, send_at), settled_at = p_now
    where business_id = p_business and message_id = p_message
      -- "Accepted" is true whatever another worker has made of the text meanwhile: written down, it stops that one.
      and case p_result->>'state' when 'accepted' then state in ('sending', 'uncertain', 'intended')
          else state in ('sending', 'uncertain') and attempts = (p_result->>'attempt')::int end
    returning thread_id into v_thread;
    if v_thread is null then
        return false;
    end if;
    perform note_change(p_business, 'thread', v_thread, p_now);
    return true;
end
$$;

CREATE FUNCTION public.save_turn(p_business uuid, p_thread uuid, p_turn jsonb, p_messages jsonb, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
    v_line    uuid;
    v_message jsonb;
    v_handed  boolean := exists (
        select from handoffs where business_id = p_business and thread_id = p_thread and taken_at is null);
    v_heard_from timestamptz := coalesce((
        select min(created_at) from messages
        where business_id = p_business and message_id in (select jsonb_array_elements_text(p_turn->'heard')::uuid)),
        '-infinity');
begin
    insert into turns (business_id, turn_id, thread_id, at, happened, heard, said, actions, why, state_before, state_after)
    values (
        p_business, (p_turn->>'turn_id')::uuid, p_thread, p_now, p_turn->>'happened',
        array(select jsonb_array_elements_text(p_turn->'heard')::uuid),
        array(select (m->>'message_id')::uuid from jsonb_array_elements(p_messages) m),
        p_turn->'actions', p_turn->'why', nullif(p_turn->'state_before', 'null'), p_turn->'state_after');
    update messages set unheard = false, turn_id = (p_turn->>'turn_id')::uuid
    where business_id = p_business and message_id in (select jsonb_array_elements_text(p_turn->'heard')::uuid);
    insert into dialogs as d
        (business_id, thread_id, state, language, started_at, last_turn_at, follow_up_at, paused_at, paused_by)
    values (
        p_business, p_thread, p_turn->'state_after', p_turn->'state_after'->>'language', p_now, p_now,
        (p_turn->>'follow_up_at')::timestamptz, (p_turn->>'paused_at')::timestamptz, p_turn->>'paused_by')
    on conflict (business_id, thread_id) do update set
        state = excluded.state, language = excluded.language, last_turn_at = excluded.last_turn_at,
        follow_up_at = excluded.follow_up_at, paused_at = excluded.paused_at, paused_by = excluded.paused_by;
    update threads set
        needs_reply_at = case
            when p_turn->>'needs_person' = 'yes' then coalesce(needs_reply_at, p_now)
            -- Answered; but what was handed over before, or waits since before these texts, still needs its person.
            when p_turn->>'needs_person' = 'no' and not v_handed and needs_reply_at >= v_heard_from then null
            else needs_reply_at end,
        urgent_at = case when (p_turn->>'urgent')::boolean then coalesce(urgent_at, p_now) else urgent_at end
    where business_id = p_business and thread_id = p_thread returning line_id into v_line;
    for v_message in select * from jsonb_array_elements(p_messages) loop
        perform add_message(p_business, p_thread, v_line, v_message, p_now);
    end loop;
    if p_turn->>'closure_id' is not null and not v_handed then
        insert into closures (business_id, closure_id, thread_id, closed_at, closed_by)
        values (p_business, (p_turn->>'closure_id')::uuid, p_thread, p_now, 'receptionist') on conflict do nothing;
    end if;
    perform note_change(p_business, 'thread', p_thread, p_now);
end
$$;

CREATE FUNCTION public.silence_receptionist(p_business uuid, p_thread uuid, p_by text, p_reason text, p_now timestamp with time zone) RETURNS timestamp with time zone[]
    LANGUAGE plpgsql
    AS $$
declare
    v_unsaid timestamptz[];
begin
    with m as (
        update messages set state = 'dropped', error_kind = p_reason, settled_at = p_now
        where business_id = p_business and thread_id = p_thread and state = 'intended'
          and purpose in ('receptionist', 'follow_up') returning created_at)
    select array_agg(created_at) into v_unsaid from m;
    update messages set unheard = false where business_id = p_business and thread_id = p_thread and unheard;
    insert into dialogs as d (business_id, thread_id, state, started_at, paused_at, paused_by)
    values (p_business, p_thread, '{}', p_now, p_now, p_by)
    on conflict (business_id, thread_id) do update set
        -- A thread that a person has stays theirs after a STOP and a START.
        paused_at = case when p_reason = 'person_wrote' or d.paused_at is null then p_now else d.paused_at end,
        paused_by = case when p_reason = 'person_wrote' or d.paused_at is null then p_by else d.paused_by end,
        follow_up_at = null;
    update handoffs set taken_at = p_now, taken_by = p_by
    where business_id = p_business and thread_id = p_thread and taken_at is null and p_reason = 'person_wrote';
    perform note_change(p_business, 'thread', p_thread, p_now);
    return coalesce(v_unsaid, '{}');
end
$$;

CREATE FUNCTION public.stuck_messages(p_before timestamp with time zone) RETURNS TABLE(business_id uuid, message_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    BEGIN ATOMIC
 SELECT m.business_id,
     m.message_id
    FROM public.messages m
   WHERE ((m.state = ANY (ARRAY['sending'::text, 'uncertain'::text, 'intended'::text])) AND (m.send_at < stuck_messages.p_before) AND (COALESCE(m.sending_at, m.send_at) < stuck_messages.p_before) AND (NOT public.has_job('deliver'::text, jsonb_build_object('business', m.business_id, 'message', m.message_id))))
   ORDER BY m.send_at
  LIMIT 1000;
END;

CREATE FUNCTION public.take_lines_to_poll(p_before timestamp with time zone, p_now timestamp with time zone) RETURNS TABLE(business_id uuid, line_id uuid)
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public'
    BEGIN ATOMIC
 WITH due AS MATERIALIZED (
          SELECT d.business_id,
             d.line_id
            FROM public.lines d
           WHERE ((d.ended_at IS NULL) AND ((d.polled_until IS NULL) OR (d.polled_until < take_lines_to_poll.p_before)))
           ORDER BY d.poll_tried_at NULLS FIRST
          LIMIT 1000
          FOR NO KEY UPDATE OF d SKIP LOCKED
         )
  UPDATE public.lines l SET poll_tried_at = take_lines_to_poll.p_now
    FROM due
   WHERE ((l.business_id = due.business_id) AND (l.line_id = due.line_id))
   RETURNING l.business_id,
     l.line_id;
END;

CREATE FUNCTION public.take_money(p_business uuid, p_cost jsonb, p_now timestamp with time zone) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
    v_day date := (p_cost->>'day_on')::date;
begin
    -- Twice, because the first of a day finds no row, and may have to wait for another's.
    for v_try in 1..2 loop
        update spend_days set spent = spent + (p_cost->>'millicents')::bigint
        where business_id = p_business and day_on = v_day and spent + (p_cost->>'millicents')::bigint
            <= ((p_cost->>'cap_millicents')::bigint + raised) * (p_cost->>'percent')::int / 100;
        if found then
            return null;
        end if;
        insert into spend_days (business_id, day_on, ends_at)
        values (p_business, v_day, (p_cost->>'ends_at')::timestamptz) on conflict do nothing;
    end loop;
    update spend_days set told_at = p_now where business_id = p_business and day_on = v_day and told_at is null;
    return case when found then 'cap_reached' else 'over_cap' end;
end
$$;

CREATE FUNCTION public.take_places(p_business uuid, p_places jsonb, p_day date, p_now timestamp with time zone) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
    v_slot  bigint := brake_slot(p_now);
    v_place jsonb;
    v_row   brake_counts%rowtype;
    v_used  int;
    v_more  int;
begin
    insert into brake_counts (business_id, scope, subject, slot, counts, day_on, day_used)
    select p_business, p->>'scope', p->>'subject', v_slot, array[0], p_day, 0 from jsonb_array_elements(p_places) p
    on conflict do nothing;
    for v_place in select * from jsonb_array_elements(p_places) loop
        select * into v_row from brake_counts
        where business_id = p_business and scope = v_place->>'scope' and subject = v_place->>'subject' for update;
        v_more := coalesce((v_place->>'amount')::int, 1);
        v_used := (select sum(n) from unnest(brake_window(v_row.counts, v_row.slot, v_slot)) n);
        if v_used + v_more > (v_place->>'an_hour')::int
            or (case when v_row.day_on = p_day then v_row.day_used else 0 end) + v_more > (v_place->>'a_day')::int then
            return v_place->>'scope';
        end if;
    end loop;
    for v_place in select * from jsonb_array_elements(p_places) loop
        v_more := coalesce((v_place->>'amount')::int, 1);
        update brake_counts c set
            counts = array[(brake_window(c.counts, c.slot, v_slot))[1] + v_more]
                || (brake_window(c.counts, c.slot, v_slot))[2:13],
            slot = greatest(c.slot, v_slot),
            day_used = case when c.day_on = p_day then c.day_used else 0 end + v_more, day_on = p_day
        where business_id = p_business and scope = v_place->>'scope' and subject = v_place->>'subject';
    end loop;
    return null;
end
$$;

CREATE FUNCTION public.tell_hooks(p_business uuid, p_kind text, p_subject uuid, p_facts jsonb, p_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
    v_hook uuid;
begin
    for v_hook in
        insert into hook_deliveries
            (business_id, delivery_id, hook_id, kind, subject, facts, happened_at, made_at, next_at)
        select p_business, gen_random_uuid(), h.hook_id, p_kind, p_subject, p_facts, p_at, p_at, p_at
        from outgoing_hooks h
        where h.business_id = p_business and p_kind = any(h.events) and h.off_at is null
        returning hook_id
    loop
        perform enqueue_hook(p_business, v_hook);
    end loop;
end
$$;

CREATE FUNCTION public.tell_of_booking() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform tell_hooks(
        new.business_id, tg_argv[0], new.booking_id,
        -- As it was then: by the time it is told, it may have changed again.
        jsonb_build_object('service', new.service, 'starts_at', new.starts_at, 'ends_at', new.ends_at,
                           'state', new.state, 'staff_id', new.staff_id, 'price_cents', new.price_cents),
        new.changed_at);
    return null;
end
$$;

CREATE FUNCTION public.tell_of_call() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform tell_hooks(new.business_id, 'call.missed', new.call_id, jsonb_build_object('outcome', new.outcome),
                       coalesce(new.over_at, new.decided_at, new.started_at));
    return null;
end
$$;

CREATE FUNCTION public.tell_of_message() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform tell_hooks(new.business_id, tg_argv[0], new.message_id, '{}', coalesce(new.settled_at, new.created_at));
    return null;
end
$$;

CREATE FUNCTION public.tell_of_need() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform tell_hooks(new.business_id, 'thread.needs_reply', new.thread_id,
                       jsonb_build_object('urgent', new.urgent_at is not null), new.needs_reply_at);
    return null;
end
$$;

CREATE FUNCTION public.tell_of_opt_out() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform tell_hooks(new.business_id, 'contact.opted_out', new.contact_id,
                       jsonb_build_object('source', new.source), new.opted_out_at);
    return null;
end
$$;

CREATE FUNCTION public.unasked_since(p_business uuid, p_thread uuid, p_since timestamp with time zone) RETURNS integer
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT (count(*))::integer AS count
    FROM public.messages m
   WHERE ((m.business_id = unasked_since.p_business) AND (m.thread_id = unasked_since.p_thread) AND (m.rule_version ~~ '%@%'::text) AND (m.sending_at > unasked_since.p_since) AND (m.state = ANY (ARRAY['sending'::text, 'accepted'::text, 'uncertain'::text])));
END;

CREATE TABLE public.calls (
    business_id uuid NOT NULL,
    call_id uuid NOT NULL,
    line_id uuid NOT NULL,
    contact_id uuid,
    provider text NOT NULL,
    provider_call_id text NOT NULL,
    caller text NOT NULL,
    caller_name text,
    forwarded_from text,
    plan text NOT NULL,
    day text,
    blocked boolean DEFAULT false NOT NULL,
    started_at timestamp with time zone NOT NULL,
    over_at timestamp with time zone,
    outcome text,
    decided_at timestamp with time zone
);

ALTER TABLE ONLY public.calls FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.undecided_calls(p_before timestamp with time zone) RETURNS TABLE(business_id uuid, call_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    BEGIN ATOMIC
 SELECT c.business_id,
     c.call_id
    FROM public.calls c
   WHERE ((c.decided_at IS NULL) AND (c.started_at < undecided_calls.p_before) AND (NOT public.has_job('settle_call'::text, jsonb_build_object('business', c.business_id, 'call', c.call_id, 'timer', true))))
   ORDER BY c.started_at
  LIMIT 1000;
END;

CREATE FUNCTION public.undo_import(p_business uuid, p_import uuid, p_who text, p_now timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.undo_import_row(p_business uuid, p_row public.contact_import_rows, p_who text, p_now timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
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

CREATE TABLE public.inbound_events (
    business_id uuid NOT NULL,
    event_id uuid NOT NULL,
    provider text NOT NULL,
    delivery_key text NOT NULL,
    line_id uuid NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    sender text,
    event jsonb NOT NULL,
    raw jsonb NOT NULL,
    received_at timestamp with time zone NOT NULL,
    handled_at timestamp with time zone,
    CONSTRAINT inbound_events_kind_check CHECK ((kind = ANY (ARRAY['call'::text, 'message'::text, 'progress'::text])))
);

ALTER TABLE ONLY public.inbound_events FORCE ROW LEVEL SECURITY;

CREATE FUNCTION public.unhandled_events(p_before timestamp with time zone) RETURNS TABLE(business_id uuid, event_id uuid, kind text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public'
    BEGIN ATOMIC
 SELECT e.business_id,
     e.event_id,
     e.kind
    FROM public.inbound_events e
   WHERE ((e.handled_at IS NULL) AND (e.received_at < unhandled_events.p_before) AND (NOT public.has_job(
         CASE e.kind
             WHEN 'message'::text THEN 'take_message'::text
             ELSE 'note_progress'::text
         END, jsonb_build_object('business', e.business_id, 'event', e.event_id))))
   ORDER BY e.received_at
  LIMIT 1000;
END;

CREATE FUNCTION public.uuid_as_inet(id uuid) RETURNS inet
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (regexp_replace(replace((id)::text, '-'::text, ''::text), '(....)(?=.)'::text, '\1:'::text, 'g'::text))::inet;

CREATE TABLE jobs.pgqueuer (
    id bigint NOT NULL,
    priority integer NOT NULL,
    queue_manager_id uuid,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated timestamp with time zone DEFAULT now() NOT NULL,
    heartbeat timestamp with time zone DEFAULT now() NOT NULL,
    execute_after timestamp with time zone DEFAULT now() NOT NULL,
    status jobs.pgqueuer_status NOT NULL,
    entrypoint text NOT NULL,
    dedupe_key text,
    payload bytea,
    headers jsonb,
    attempts integer DEFAULT 0 NOT NULL,
    slot bigint
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='500');

CREATE SEQUENCE jobs.pgqueuer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE jobs.pgqueuer_id_seq OWNED BY jobs.pgqueuer.id;

CREATE TABLE jobs.pgqueuer_log (
    id bigint NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    job_id bigint NOT NULL,
    status jobs.pgqueuer_status NOT NULL,
    priority integer NOT NULL,
    entrypoint text NOT NULL,
    traceback jsonb,
    aggregated boolean DEFAULT false
);

ALTER TABLE jobs.pgqueuer_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME jobs.pgqueuer_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE jobs.pgqueuer_schedules (
    id bigint NOT NULL,
    expression text NOT NULL,
    entrypoint text NOT NULL,
    heartbeat timestamp with time zone DEFAULT now() NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    updated timestamp with time zone DEFAULT now() NOT NULL,
    next_run timestamp with time zone DEFAULT now() NOT NULL,
    last_run timestamp with time zone,
    status jobs.pgqueuer_status DEFAULT 'queued'::jobs.pgqueuer_status
);

CREATE SEQUENCE jobs.pgqueuer_schedules_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE jobs.pgqueuer_schedules_id_seq OWNED BY jobs.pgqueuer_schedules.id;

CREATE TABLE jobs.pgqueuer_statistics (
    id bigint NOT NULL,
    created timestamp with time zone DEFAULT date_trunc('sec'::text, now()) NOT NULL,
    count bigint NOT NULL,
    priority integer NOT NULL,
    status jobs.pgqueuer_status NOT NULL,
    entrypoint text NOT NULL
);

CREATE SEQUENCE jobs.pgqueuer_statistics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE jobs.pgqueuer_statistics_id_seq OWNED BY jobs.pgqueuer_statistics.id;

CREATE TABLE public.agencies (
    agency_id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE public.agency_businesses (
    business_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    added_at timestamp with time zone NOT NULL
);

CREATE TABLE public.agency_people (
    agency_id uuid NOT NULL,
    person_id uuid NOT NULL,
    added_at timestamp with time zone NOT NULL
);

CREATE TABLE public.alert_texts (
    business_id uuid NOT NULL,
    message_id uuid NOT NULL,
    alert_id uuid NOT NULL,
    phone text NOT NULL,
    round integer NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone
);

ALTER TABLE ONLY public.alert_texts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.api_keys (
    key_hash bytea NOT NULL,
    business_id uuid NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    key_id uuid DEFAULT gen_random_uuid() NOT NULL,
    scope text DEFAULT 'all'::text NOT NULL,
    per_minute integer DEFAULT 600 NOT NULL,
    CONSTRAINT api_keys_per_minute_check CHECK ((per_minute > 0)),
    CONSTRAINT api_keys_scope_check CHECK ((scope = ANY (ARRAY['all'::text, 'read'::text])))
);

CREATE TABLE public.assignments (
    business_id uuid NOT NULL,
    assignment_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    staff_id uuid,
    assigned_by text,
    assigned_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.assignments FORCE ROW LEVEL SECURITY;

CREATE TABLE public.audit_entries (
    business_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    who text NOT NULL,
    person_id uuid,
    what text NOT NULL,
    subject text NOT NULL,
    before jsonb,
    after jsonb
);

ALTER TABLE ONLY public.audit_entries FORCE ROW LEVEL SECURITY;

CREATE TABLE public.away (
    business_id uuid NOT NULL,
    away_id uuid NOT NULL,
    staff_id uuid,
    since_at timestamp with time zone NOT NULL,
    until_at timestamp with time zone NOT NULL,
    said_by text NOT NULL,
    ended_at timestamp with time zone,
    ended_by text
);

ALTER TABLE ONLY public.away FORCE ROW LEVEL SECURITY;

CREATE TABLE public.business_directory (
    slug text NOT NULL,
    business_id uuid NOT NULL,
    forget_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL
);

CREATE TABLE public.call_back_calls (
    business_id uuid NOT NULL,
    ring_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    line_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    staff_name text NOT NULL,
    missed_at timestamp with time zone,
    asked_at timestamp with time zone NOT NULL,
    placing_at timestamp with time zone,
    provider_call_id text,
    staff_answered_at timestamp with time zone,
    staff_accepted_at timestamp with time zone,
    contact_answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    talk_seconds integer,
    failed text,
    cost bigint,
    cost_on date,
    CONSTRAINT call_back_calls_failed_check CHECK ((failed = ANY (ARRAY['refused'::text, 'not_sent'::text, 'uncertain'::text, 'late'::text, 'no_staff'::text, 'no_contact'::text])))
);

ALTER TABLE ONLY public.call_back_calls FORCE ROW LEVEL SECURITY;

ALTER TABLE public.changes ALTER COLUMN change_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.changes_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.closures (
    business_id uuid NOT NULL,
    closure_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    closed_at timestamp with time zone NOT NULL,
    closed_by text NOT NULL,
    reopened_at timestamp with time zone,
    needed_reply_at timestamp with time zone
);

ALTER TABLE ONLY public.closures FORCE ROW LEVEL SECURITY;

CREATE TABLE public.connections (
    business_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    provider text NOT NULL,
    settings jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.connections FORCE ROW LEVEL SECURITY;

CREATE TABLE public.consent_entries (
    business_id uuid NOT NULL,
    entry_id uuid DEFAULT gen_random_uuid() NOT NULL,
    contact_id uuid,
    phone text NOT NULL,
    kind text NOT NULL,
    at timestamp with time zone NOT NULL,
    words text,
    wording_version text,
    rule_version text,
    source text NOT NULL,
    line text,
    reference text,
    salt uuid DEFAULT gen_random_uuid() NOT NULL,
    CONSTRAINT consent_entries_kind_check CHECK ((kind = ANY (ARRAY['called'::text, 'texted_us'::text, 'asked'::text, 'text_sent'::text, 'opted_out'::text, 'opted_in'::text, 'suppressed'::text, 'erased'::text, 'disclosed'::text, 'expired'::text])))
);

ALTER TABLE ONLY public.consent_entries FORCE ROW LEVEL SECURITY;

CREATE TABLE public.consent_links (
    business_id uuid NOT NULL,
    "position" bigint NOT NULL,
    entry_id uuid NOT NULL,
    contact_id uuid,
    kind text NOT NULL,
    at timestamp with time zone NOT NULL,
    content_hash text NOT NULL,
    hash text NOT NULL
);

ALTER TABLE ONLY public.consent_links FORCE ROW LEVEL SECURITY;

CREATE TABLE public.contact_imports (
    business_id uuid NOT NULL,
    import_id uuid NOT NULL,
    file_name text NOT NULL,
    kind text,
    content text,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    undone_at timestamp with time zone,
    undone_by text,
    rows_read integer,
    rows_failed integer,
    CONSTRAINT contact_imports_kind_check CHECK ((kind = ANY (ARRAY['customers'::text, 'friends'::text, 'suppliers'::text, 'patients'::text])))
);

ALTER TABLE ONLY public.contact_imports FORCE ROW LEVEL SECURITY;

CREATE TABLE public.desk_pins (
    business_id uuid NOT NULL,
    person_id uuid NOT NULL,
    pin_hash text NOT NULL,
    set_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.desk_pins FORCE ROW LEVEL SECURITY;

CREATE TABLE public.erased_numbers (
    business_id uuid NOT NULL,
    number_hmac bytea NOT NULL,
    kept_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.erased_numbers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.erasures (
    business_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    erased_at timestamp with time zone NOT NULL,
    erased_by text NOT NULL,
    rows jsonb NOT NULL
);

ALTER TABLE ONLY public.erasures FORCE ROW LEVEL SECURITY;

CREATE TABLE public.gaps (
    business_id uuid NOT NULL,
    gap_id uuid NOT NULL,
    question text NOT NULL,
    thread_id uuid NOT NULL,
    times integer DEFAULT 1 NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    answered_by text
);

ALTER TABLE ONLY public.gaps FORCE ROW LEVEL SECURITY;

CREATE TABLE public.handoffs (
    business_id uuid NOT NULL,
    handoff_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    kind text NOT NULL,
    summary text NOT NULL,
    handed_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    taken_by text
);

ALTER TABLE ONLY public.handoffs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.installation_keys (
    name text NOT NULL,
    value jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL
);

CREATE TABLE public.invitations (
    business_id uuid NOT NULL,
    invitation_id uuid NOT NULL,
    name text NOT NULL,
    email text,
    role text NOT NULL,
    staff_id uuid,
    code_hash text,
    invited_by uuid NOT NULL,
    inviter_name text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    accepted_by uuid,
    ended_at timestamp with time zone,
    CONSTRAINT invitations_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'staff'::text, 'viewer'::text])))
);

ALTER TABLE ONLY public.invitations FORCE ROW LEVEL SECURITY;

CREATE TABLE public.job_values (
    business_id uuid NOT NULL,
    call_id uuid NOT NULL,
    value_cents integer NOT NULL,
    confirmed_by text NOT NULL,
    confirmed_at timestamp with time zone NOT NULL,
    CONSTRAINT job_values_value_cents_check CHECK ((value_cents >= 0))
);

ALTER TABLE ONLY public.job_values FORCE ROW LEVEL SECURITY;

CREATE TABLE public.line_directory (
    hook_key text NOT NULL,
    business_id uuid NOT NULL,
    line_id uuid NOT NULL
);

CREATE TABLE public.link_secrets (
    business_id uuid NOT NULL,
    purpose text NOT NULL,
    secret text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT link_secrets_purpose_check CHECK ((purpose = ANY (ARRAY['booking'::text, 'feed'::text])))
);

ALTER TABLE ONLY public.link_secrets FORCE ROW LEVEL SECURITY;

CREATE TABLE public.mails (
    mail_id uuid NOT NULL,
    to_address text NOT NULL,
    subject text NOT NULL,
    body_text text,
    body_html text,
    made_at timestamp with time zone NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    sent_at timestamp with time zone,
    failed text
);

CREATE TABLE public.memberships (
    person_id uuid NOT NULL,
    business_id uuid NOT NULL,
    role text NOT NULL,
    staff_id uuid,
    CONSTRAINT memberships_role_check CHECK ((role = ANY (ARRAY['agency'::text, 'owner'::text, 'staff'::text, 'viewer'::text])))
);

CREATE TABLE public.notice_pushes (
    business_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    sent_at timestamp with time zone,
    shown_at timestamp with time zone,
    opened_at timestamp with time zone,
    failed text
);

ALTER TABLE ONLY public.notice_pushes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.notice_rules (
    business_id uuid NOT NULL,
    shows_words boolean DEFAULT false NOT NULL,
    push_wait_seconds integer DEFAULT 45 NOT NULL,
    CONSTRAINT notice_rules_push_wait_seconds_check CHECK (((push_wait_seconds >= 10) AND (push_wait_seconds <= 600)))
);

ALTER TABLE ONLY public.notice_rules FORCE ROW LEVEL SECURITY;

CREATE TABLE public.notices (
    business_id uuid NOT NULL,
    notice_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    kind text NOT NULL,
    channel text NOT NULL,
    thread_id uuid,
    words text NOT NULL,
    path text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    shown_at timestamp with time zone,
    acknowledged_at timestamp with time zone,
    failed text,
    send_at timestamp with time zone,
    follows uuid,
    tried text[] DEFAULT '{}'::text[] NOT NULL,
    allowed text[],
    begun_at timestamp with time zone,
    settled_at timestamp with time zone,
    message_id uuid,
    mail_id uuid,
    CONSTRAINT notices_channel_check CHECK ((channel = ANY (ARRAY['push'::text, 'sms'::text, 'email'::text])))
);

ALTER TABLE ONLY public.notices FORCE ROW LEVEL SECURITY;

CREATE TABLE public.number_facts (
    business_id uuid NOT NULL,
    phone text NOT NULL,
    source text NOT NULL,
    line_type text NOT NULL,
    country text,
    carrier text,
    pumping_risk smallint,
    is_reassigned boolean,
    learned_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    CONSTRAINT number_facts_source_check CHECK ((source = ANY (ARRAY['lookup'::text, 'delivery_error'::text, 'delivered'::text, 'texted_us'::text, 'person'::text])))
);

ALTER TABLE ONLY public.number_facts FORCE ROW LEVEL SECURITY;

CREATE TABLE public.page_versions (
    business_id uuid NOT NULL,
    page text NOT NULL,
    language text NOT NULL,
    version text NOT NULL,
    words text NOT NULL,
    first_shown_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.page_versions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.passkeys (
    credential_id bytea NOT NULL,
    passkey_id uuid NOT NULL,
    person_id uuid NOT NULL,
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);

CREATE TABLE public.people (
    person_id uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    password_hash text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    language text
);

CREATE TABLE public.pictures (
    business_id uuid NOT NULL,
    message_id uuid NOT NULL,
    "position" integer NOT NULL,
    url text NOT NULL,
    content_type text NOT NULL,
    bytes bytea,
    failed text,
    fetched_at timestamp with time zone
);

ALTER TABLE ONLY public.pictures FORCE ROW LEVEL SECURITY;

CREATE TABLE public.presences (
    business_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    person_id uuid NOT NULL,
    name text NOT NULL,
    here_until timestamp with time zone NOT NULL,
    typing_since timestamp with time zone,
    typing_until timestamp with time zone
);

ALTER TABLE ONLY public.presences FORCE ROW LEVEL SECURITY;

CREATE TABLE public.push_subscriptions (
    business_id uuid NOT NULL,
    subscription_id uuid NOT NULL,
    person_id uuid NOT NULL,
    session_id uuid NOT NULL,
    endpoint text NOT NULL,
    p256dh text NOT NULL,
    auth text NOT NULL,
    device text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    shown_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_why text
);

ALTER TABLE ONLY public.push_subscriptions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.quick_replies (
    business_id uuid NOT NULL,
    quick_reply_id uuid NOT NULL,
    title text NOT NULL,
    body text NOT NULL
);

ALTER TABLE ONLY public.quick_replies FORCE ROW LEVEL SECURITY;

CREATE TABLE public.quotes (
    business_id uuid NOT NULL,
    quote_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    service text,
    details jsonb NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    sent_by text,
    accepted_at timestamp with time zone
);

ALTER TABLE ONLY public.quotes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.recovery_answers (
    business_id uuid NOT NULL,
    wait_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    on_date date NOT NULL,
    needed_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone NOT NULL,
    answered_by text NOT NULL,
    met boolean
);

ALTER TABLE ONLY public.recovery_answers FORCE ROW LEVEL SECURITY;

CREATE TABLE public.recovery_calls (
    business_id uuid NOT NULL,
    call_id uuid NOT NULL,
    started_at timestamp with time zone NOT NULL,
    on_date date NOT NULL,
    hour integer NOT NULL,
    line_id uuid NOT NULL,
    contact_id uuid,
    outcome text NOT NULL,
    wording text,
    is_missed boolean NOT NULL,
    texted_at timestamp with time zone,
    replied_at timestamp with time zone,
    booking_id uuid,
    recovered_at timestamp with time zone,
    service text NOT NULL,
    price_cents integer,
    confirmed_cents integer,
    called_back_at timestamp with time zone,
    is_lost boolean NOT NULL,
    segments integer NOT NULL
);

ALTER TABLE ONLY public.recovery_calls FORCE ROW LEVEL SECURITY;

CREATE TABLE public.recovery_days (
    business_id uuid NOT NULL,
    on_date date NOT NULL,
    cut text NOT NULL,
    name text NOT NULL,
    service text NOT NULL,
    calls integer DEFAULT 0 NOT NULL,
    missed integer DEFAULT 0 NOT NULL,
    texted integer DEFAULT 0 NOT NULL,
    replied integer DEFAULT 0 NOT NULL,
    recovered integer DEFAULT 0 NOT NULL,
    booked integer DEFAULT 0 NOT NULL,
    confirmed integer DEFAULT 0 NOT NULL,
    estimated integer DEFAULT 0 NOT NULL,
    lost integer DEFAULT 0 NOT NULL,
    called_back integer DEFAULT 0 NOT NULL,
    call_back_seconds integer DEFAULT 0 NOT NULL,
    segments integer DEFAULT 0 NOT NULL,
    priced integer DEFAULT 0 NOT NULL,
    price_cents bigint DEFAULT 0 NOT NULL,
    confirmed_cents bigint DEFAULT 0 NOT NULL,
    answers integer DEFAULT 0 NOT NULL,
    answer_seconds integer DEFAULT 0 NOT NULL,
    timed integer DEFAULT 0 NOT NULL,
    in_time integer DEFAULT 0 NOT NULL
);

ALTER TABLE ONLY public.recovery_days FORCE ROW LEVEL SECURITY;

CREATE TABLE public.recovery_values (
    business_id uuid NOT NULL,
    job_value_cents integer,
    close_percent integer NOT NULL,
    segment_millicents integer NOT NULL,
    services jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT recovery_values_close_percent_check CHECK (((close_percent >= 0) AND (close_percent <= 100))),
    CONSTRAINT recovery_values_job_value_cents_check CHECK ((job_value_cents >= 0)),
    CONSTRAINT recovery_values_segment_millicents_check CHECK ((segment_millicents >= 0))
);

ALTER TABLE ONLY public.recovery_values FORCE ROW LEVEL SECURITY;

CREATE TABLE public.registration_ticks (
    business_id uuid NOT NULL,
    step text NOT NULL,
    ticked_at timestamp with time zone NOT NULL,
    who text NOT NULL
);

ALTER TABLE ONLY public.registration_ticks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.registrations (
    business_id uuid NOT NULL,
    has_tax_number boolean,
    is_company boolean,
    pages_on boolean DEFAULT true NOT NULL,
    legal_name text DEFAULT ''::text NOT NULL,
    email text DEFAULT ''::text NOT NULL,
    website text DEFAULT ''::text NOT NULL,
    own_words text DEFAULT ''::text NOT NULL,
    own_words_es text DEFAULT ''::text NOT NULL,
    plays_line boolean DEFAULT false NOT NULL,
    changed_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.registrations FORCE ROW LEVEL SECURITY;

CREATE UNLOGGED TABLE public.request_counts (
    source text NOT NULL,
    window_at timestamp with time zone NOT NULL,
    used integer NOT NULL
);

CREATE TABLE public.schema_migrations (
    name text NOT NULL,
    sha256 text NOT NULL,
    ran_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.sessions (
    token_hash bytea NOT NULL,
    person_id uuid NOT NULL,
    business_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    session_id uuid DEFAULT gen_random_uuid() NOT NULL,
    browser text,
    system text,
    desk_id uuid,
    idle_minutes integer,
    by_pin boolean DEFAULT false NOT NULL,
    proved_at timestamp with time zone
);

CREATE TABLE public.set_ups (
    business_id uuid NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    steps text[] DEFAULT '{}'::text[] NOT NULL,
    account jsonb
);

ALTER TABLE ONLY public.set_ups FORCE ROW LEVEL SECURITY;

CREATE TABLE public.shared_desks (
    business_id uuid NOT NULL,
    desk_id uuid NOT NULL,
    name text NOT NULL,
    idle_minutes integer NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT shared_desks_idle_minutes_check CHECK (((idle_minutes >= 1) AND (idle_minutes <= 240)))
);

ALTER TABLE ONLY public.shared_desks FORCE ROW LEVEL SECURITY;

CREATE TABLE public.sign_in_failures (
    source text NOT NULL,
    failed_at timestamp with time zone NOT NULL
);

CREATE TABLE public.sign_in_tokens (
    token_hash bytea NOT NULL,
    purpose text NOT NULL,
    person_id uuid,
    business_id uuid,
    subject_id uuid,
    made_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    CONSTRAINT sign_in_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['challenge'::text, 'reset'::text, 'invitation'::text, 'texted'::text, 'desk'::text])))
);

CREATE TABLE public.staff (
    business_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    "position" integer NOT NULL,
    name text NOT NULL,
    phone text,
    email text,
    takes_calls boolean NOT NULL,
    ended_at timestamp with time zone,
    takes_bookings boolean DEFAULT true NOT NULL,
    weekly jsonb,
    time_off jsonb DEFAULT '[]'::jsonb NOT NULL
);

ALTER TABLE ONLY public.staff FORCE ROW LEVEL SECURITY;

CREATE TABLE public.staff_channels (
    business_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    channels text[] NOT NULL
);

ALTER TABLE ONLY public.staff_channels FORCE ROW LEVEL SECURITY;

CREATE TABLE public.staff_quiet_hours (
    business_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    quiet_from text NOT NULL,
    quiet_until text NOT NULL,
    urgent_through boolean DEFAULT false NOT NULL
);

ALTER TABLE ONLY public.staff_quiet_hours FORCE ROW LEVEL SECURITY;

CREATE TABLE public.suggestions (
    business_id uuid NOT NULL,
    suggestion_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    message_id uuid NOT NULL,
    body text,
    why jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    settled_as text,
    CONSTRAINT suggestions_settled_as_check CHECK ((settled_as = ANY (ARRAY['sent'::text, 'edited'::text, 'dropped'::text])))
);

ALTER TABLE ONLY public.suggestions FORCE ROW LEVEL SECURITY;

CREATE TABLE public.test_windows (
    business_id uuid NOT NULL,
    window_id uuid NOT NULL,
    line_id uuid NOT NULL,
    phone text,
    opened_by text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.test_windows FORCE ROW LEVEL SECURITY;

CREATE TABLE public.text_back_claims (
    business_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    call_id uuid NOT NULL,
    claimed_at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.text_back_claims FORCE ROW LEVEL SECURITY;

CREATE TABLE public.text_backs (
    business_id uuid NOT NULL,
    text_back_id uuid NOT NULL,
    call_id uuid NOT NULL,
    contact_id uuid,
    line_id uuid NOT NULL,
    decision text NOT NULL,
    reason text,
    outcome text NOT NULL,
    send_at timestamp with time zone,
    wording text,
    why text NOT NULL,
    message_id uuid,
    decided_at timestamp with time zone NOT NULL,
    CONSTRAINT text_backs_check CHECK (((decision = 'send'::text) = (reason IS NULL))),
    CONSTRAINT text_backs_decision_check CHECK ((decision = ANY (ARRAY['send'::text, 'skip'::text])))
);

ALTER TABLE ONLY public.text_backs FORCE ROW LEVEL SECURITY;

CREATE TABLE public.thread_notes (
    business_id uuid NOT NULL,
    note_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    body text NOT NULL,
    written_by text NOT NULL,
    written_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.thread_notes FORCE ROW LEVEL SECURITY;

CREATE TABLE public.thread_reads (
    business_id uuid NOT NULL,
    person_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    read_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.thread_reads FORCE ROW LEVEL SECURITY;

CREATE TABLE public.turns (
    business_id uuid NOT NULL,
    turn_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    happened text NOT NULL,
    heard uuid[] NOT NULL,
    said uuid[] NOT NULL,
    actions jsonb NOT NULL,
    why jsonb NOT NULL,
    state_before jsonb,
    state_after jsonb NOT NULL
);

ALTER TABLE ONLY public.turns FORCE ROW LEVEL SECURITY;

CREATE TABLE public.waiting_list (
    business_id uuid NOT NULL,
    waiting_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    service text NOT NULL,
    search jsonb NOT NULL,
    for_whom text,
    joined_at timestamp with time zone NOT NULL,
    told_at timestamp with time zone
);

ALTER TABLE ONLY public.waiting_list FORCE ROW LEVEL SECURITY;

CREATE TABLE public.welcome_keys (
    key_hash bytea NOT NULL,
    made_at timestamp with time zone NOT NULL
);

CREATE TABLE public.worker_beats (
    worker_id uuid NOT NULL,
    beat_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY jobs.pgqueuer ALTER COLUMN id SET DEFAULT nextval('jobs.pgqueuer_id_seq'::regclass);

ALTER TABLE ONLY jobs.pgqueuer_schedules ALTER COLUMN id SET DEFAULT nextval('jobs.pgqueuer_schedules_id_seq'::regclass);

ALTER TABLE ONLY jobs.pgqueuer_statistics ALTER COLUMN id SET DEFAULT nextval('jobs.pgqueuer_statistics_id_seq'::regclass);

ALTER TABLE ONLY jobs.pgqueuer_log
    ADD CONSTRAINT pgqueuer_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY jobs.pgqueuer
    ADD CONSTRAINT pgqueuer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY jobs.pgqueuer_schedules
    ADD CONSTRAINT pgqueuer_schedules_expression_entrypoint_key UNIQUE (expression, entrypoint);

ALTER TABLE ONLY jobs.pgqueuer_schedules
    ADD CONSTRAINT pgqueuer_schedules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY jobs.pgqueuer_statistics
    ADD CONSTRAINT pgqueuer_statistics_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.agencies
    ADD CONSTRAINT agencies_pkey PRIMARY KEY (agency_id);

ALTER TABLE ONLY public.agencies
    ADD CONSTRAINT agencies_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.agency_businesses
    ADD CONSTRAINT agency_businesses_pkey PRIMARY KEY (business_id);

ALTER TABLE ONLY public.agency_people
    ADD CONSTRAINT agency_people_pkey PRIMARY KEY (agency_id, person_id);

ALTER TABLE ONLY public.alarms
    ADD CONSTRAINT alarms_pkey PRIMARY KEY (business_id, alarm_id);

ALTER TABLE ONLY public.alert_texts
    ADD CONSTRAINT alert_texts_pkey PRIMARY KEY (business_id, message_id);

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_pkey PRIMARY KEY (business_id, alert_id);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_key_id_key UNIQUE (key_id);

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (key_hash);

ALTER TABLE ONLY public.assignments
    ADD CONSTRAINT assignments_pkey PRIMARY KEY (business_id, assignment_id);

ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (business_id, entry_id);

ALTER TABLE ONLY public.away
    ADD CONSTRAINT away_pkey PRIMARY KEY (business_id, away_id);

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_pkey PRIMARY KEY (business_id, booking_id);

ALTER TABLE ONLY public.brake_counts
    ADD CONSTRAINT brake_counts_pkey PRIMARY KEY (business_id, scope, subject);

ALTER TABLE ONLY public.business_directory
    ADD CONSTRAINT business_directory_business_id_key UNIQUE (business_id);

ALTER TABLE ONLY public.business_directory
    ADD CONSTRAINT business_directory_pkey PRIMARY KEY (slug);

ALTER TABLE ONLY public.businesses
    ADD CONSTRAINT businesses_pkey PRIMARY KEY (business_id);

ALTER TABLE ONLY public.businesses
    ADD CONSTRAINT businesses_slug_key UNIQUE (slug);

ALTER TABLE ONLY public.call_back_calls
    ADD CONSTRAINT call_back_calls_pkey PRIMARY KEY (business_id, ring_id);

ALTER TABLE ONLY public.call_backs
    ADD CONSTRAINT call_backs_pkey PRIMARY KEY (business_id, call_back_id);

ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_business_id_provider_provider_call_id_key UNIQUE (business_id, provider, provider_call_id);

ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_pkey PRIMARY KEY (business_id, call_id);

ALTER TABLE ONLY public.changes
    ADD CONSTRAINT changes_pkey PRIMARY KEY (business_id, change_id);

ALTER TABLE ONLY public.closures
    ADD CONSTRAINT closures_pkey PRIMARY KEY (business_id, closure_id);

ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_pkey PRIMARY KEY (business_id, connection_id);

ALTER TABLE ONLY public.consent_entries
    ADD CONSTRAINT consent_entries_pkey PRIMARY KEY (business_id, entry_id);

ALTER TABLE ONLY public.consent_links
    ADD CONSTRAINT consent_links_pkey PRIMARY KEY (business_id, "position");

ALTER TABLE ONLY public.contact_import_rows
    ADD CONSTRAINT contact_import_rows_pkey PRIMARY KEY (business_id, import_id, contact_id);

ALTER TABLE ONLY public.contact_imports
    ADD CONSTRAINT contact_imports_pkey PRIMARY KEY (business_id, import_id);

ALTER TABLE ONLY public.contact_marks
    ADD CONSTRAINT contact_marks_pkey PRIMARY KEY (business_id, mark_id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_business_id_phone_key UNIQUE (business_id, phone);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (business_id, contact_id);

ALTER TABLE ONLY public.desk_pins
    ADD CONSTRAINT desk_pins_pkey PRIMARY KEY (business_id, person_id);

ALTER TABLE ONLY public.dialogs
    ADD CONSTRAINT dialogs_pkey PRIMARY KEY (business_id, thread_id);

ALTER TABLE ONLY public.erased_numbers
    ADD CONSTRAINT erased_numbers_pkey PRIMARY KEY (business_id, number_hmac);

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_pkey PRIMARY KEY (business_id, contact_id);

ALTER TABLE ONLY public.gaps
    ADD CONSTRAINT gaps_pkey PRIMARY KEY (business_id, gap_id);

ALTER TABLE ONLY public.handoffs
    ADD CONSTRAINT handoffs_pkey PRIMARY KEY (business_id, handoff_id);

ALTER TABLE ONLY public.hook_deliveries
    ADD CONSTRAINT hook_deliveries_pkey PRIMARY KEY (business_id, delivery_id);

ALTER TABLE ONLY public.inbound_events
    ADD CONSTRAINT inbound_events_business_id_provider_delivery_key_key UNIQUE (business_id, provider, delivery_key);

ALTER TABLE ONLY public.inbound_events
    ADD CONSTRAINT inbound_events_pkey PRIMARY KEY (business_id, event_id);

ALTER TABLE ONLY public.installation_keys
    ADD CONSTRAINT installation_keys_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (business_id, invitation_id);

ALTER TABLE ONLY public.job_values
    ADD CONSTRAINT job_values_pkey PRIMARY KEY (business_id, call_id);

ALTER TABLE ONLY public.line_directory
    ADD CONSTRAINT line_directory_pkey PRIMARY KEY (hook_key);

ALTER TABLE ONLY public.line_registrations
    ADD CONSTRAINT line_registrations_pkey PRIMARY KEY (business_id, line_id);

ALTER TABLE ONLY public.lines
    ADD CONSTRAINT lines_hook_key_key UNIQUE (hook_key);

ALTER TABLE ONLY public.lines
    ADD CONSTRAINT lines_pkey PRIMARY KEY (business_id, line_id);

ALTER TABLE ONLY public.link_secrets
    ADD CONSTRAINT link_secrets_pkey PRIMARY KEY (business_id, purpose);

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_pkey PRIMARY KEY (mail_id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (person_id, business_id);

ALTER TABLE public.messages
    ADD CONSTRAINT messages_check CHECK (((NOT unheard) OR (direction = 'in'::text))) NOT VALID;

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (business_id, message_id);

ALTER TABLE public.messages
    ADD CONSTRAINT messages_purpose_check CHECK ((purpose = ANY (ARRAY['inbound'::text, 'text_back'::text, 'reply'::text, 'keyword_answer'::text, 'receptionist'::text, 'booking'::text, 'reminder'::text, 'follow_up'::text, 'alert'::text]))) NOT VALID;

ALTER TABLE ONLY public.notice_pushes
    ADD CONSTRAINT notice_pushes_pkey PRIMARY KEY (business_id, notice_id, subscription_id);

ALTER TABLE ONLY public.notice_rules
    ADD CONSTRAINT notice_rules_pkey PRIMARY KEY (business_id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_pkey PRIMARY KEY (business_id, notice_id);

ALTER TABLE ONLY public.number_facts
    ADD CONSTRAINT number_facts_pkey PRIMARY KEY (business_id, phone, source);

ALTER TABLE ONLY public.occupancies
    ADD CONSTRAINT occupancies_no_overlap EXCLUDE USING gist (public.uuidrange(business_id, business_id, '[]'::text) WITH &&, public.uuidrange(unit_id, unit_id, '[]'::text) WITH &&, tstzrange(from_at, to_at, '[)'::text) WITH &&, public.uuid_as_inet(sitting_id) inet_ops WITH <>);

ALTER TABLE ONLY public.occupancies
    ADD CONSTRAINT occupancies_pkey PRIMARY KEY (business_id, booking_id, unit_id);

ALTER TABLE ONLY public.opt_outs
    ADD CONSTRAINT opt_outs_pkey PRIMARY KEY (business_id, opt_out_id);

ALTER TABLE public.opt_outs
    ADD CONSTRAINT opt_outs_source_check CHECK ((source = ANY (ARRAY['keyword'::text, 'carrier'::text, 'carrier_error'::text, 'staff'::text, 'words'::text, 'erased'::text]))) NOT VALID;

ALTER TABLE ONLY public.outgoing_hooks
    ADD CONSTRAINT outgoing_hooks_pkey PRIMARY KEY (business_id, hook_id);

ALTER TABLE ONLY public.page_versions
    ADD CONSTRAINT page_versions_pkey PRIMARY KEY (business_id, page, language, version);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_passkey_id_key UNIQUE (passkey_id);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_pkey PRIMARY KEY (credential_id);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (person_id);

ALTER TABLE ONLY public.pictures
    ADD CONSTRAINT pictures_pkey PRIMARY KEY (business_id, message_id, "position");

ALTER TABLE ONLY public.presences
    ADD CONSTRAINT presences_pkey PRIMARY KEY (business_id, thread_id, person_id);

ALTER TABLE ONLY public.promises
    ADD CONSTRAINT promises_pkey PRIMARY KEY (business_id, promise_id);

ALTER TABLE ONLY public.provider_exchanges
    ADD CONSTRAINT provider_exchanges_pkey PRIMARY KEY (business_id, exchange_id);

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_subscriptions_business_id_endpoint_key UNIQUE (business_id, endpoint);

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_subscriptions_pkey PRIMARY KEY (business_id, subscription_id);

ALTER TABLE ONLY public.quick_replies
    ADD CONSTRAINT quick_replies_pkey PRIMARY KEY (business_id, quick_reply_id);

ALTER TABLE ONLY public.quotes
    ADD CONSTRAINT quotes_pkey PRIMARY KEY (business_id, quote_id);

ALTER TABLE ONLY public.recovery_answers
    ADD CONSTRAINT recovery_answers_pkey PRIMARY KEY (business_id, wait_id);

ALTER TABLE ONLY public.recovery_calls
    ADD CONSTRAINT recovery_calls_pkey PRIMARY KEY (business_id, call_id);

ALTER TABLE ONLY public.recovery_days
    ADD CONSTRAINT recovery_days_pkey PRIMARY KEY (business_id, cut, on_date, name, service);

ALTER TABLE ONLY public.recovery_progress
    ADD CONSTRAINT recovery_progress_pkey PRIMARY KEY (business_id);

ALTER TABLE ONLY public.recovery_values
    ADD CONSTRAINT recovery_values_pkey PRIMARY KEY (business_id);

ALTER TABLE ONLY public.registration_ticks
    ADD CONSTRAINT registration_ticks_pkey PRIMARY KEY (business_id, step);

ALTER TABLE ONLY public.registrations
    ADD CONSTRAINT registrations_pkey PRIMARY KEY (business_id);

ALTER TABLE ONLY public.relays
    ADD CONSTRAINT relays_pkey PRIMARY KEY (business_id, relay_id);

ALTER TABLE ONLY public.reminders
    ADD CONSTRAINT reminders_pkey PRIMARY KEY (business_id, booking_id);

ALTER TABLE ONLY public.reply_waits
    ADD CONSTRAINT reply_waits_pkey PRIMARY KEY (business_id, wait_id);

ALTER TABLE ONLY public.request_counts
    ADD CONSTRAINT request_counts_pkey PRIMARY KEY (source);

ALTER TABLE ONLY public.ring_counts
    ADD CONSTRAINT ring_counts_pkey PRIMARY KEY (day_on, number_hash);

ALTER TABLE ONLY public.ring_salts
    ADD CONSTRAINT ring_salts_pkey PRIMARY KEY (day_on);

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.set_ups
    ADD CONSTRAINT set_ups_pkey PRIMARY KEY (business_id);

ALTER TABLE ONLY public.shared_desks
    ADD CONSTRAINT shared_desks_pkey PRIMARY KEY (business_id, desk_id);

ALTER TABLE ONLY public.sign_in_tokens
    ADD CONSTRAINT sign_in_tokens_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.spend_days
    ADD CONSTRAINT spend_days_pkey PRIMARY KEY (business_id, day_on);

ALTER TABLE ONLY public.staff_channels
    ADD CONSTRAINT staff_channels_pkey PRIMARY KEY (business_id, staff_id);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_pkey PRIMARY KEY (business_id, staff_id);

ALTER TABLE ONLY public.staff_quiet_hours
    ADD CONSTRAINT staff_quiet_hours_pkey PRIMARY KEY (business_id, staff_id);

ALTER TABLE ONLY public.suggestions
    ADD CONSTRAINT suggestions_pkey PRIMARY KEY (business_id, suggestion_id);

ALTER TABLE ONLY public.test_windows
    ADD CONSTRAINT test_windows_pkey PRIMARY KEY (business_id, window_id);

ALTER TABLE ONLY public.text_back_claims
    ADD CONSTRAINT text_back_claims_pkey PRIMARY KEY (business_id, contact_id);

ALTER TABLE ONLY public.text_backs
    ADD CONSTRAINT text_backs_business_id_call_id_key UNIQUE (business_id, call_id);

ALTER TABLE ONLY public.text_backs
    ADD CONSTRAINT text_backs_pkey PRIMARY KEY (business_id, text_back_id);

ALTER TABLE ONLY public.thread_notes
    ADD CONSTRAINT thread_notes_pkey PRIMARY KEY (business_id, note_id);

ALTER TABLE ONLY public.thread_reads
    ADD CONSTRAINT thread_reads_pkey PRIMARY KEY (business_id, person_id, thread_id);

ALTER TABLE ONLY public.threads
    ADD CONSTRAINT threads_business_id_contact_id_key UNIQUE (business_id, contact_id);

ALTER TABLE ONLY public.threads
    ADD CONSTRAINT threads_pkey PRIMARY KEY (business_id, thread_id);

ALTER TABLE ONLY public.turns
    ADD CONSTRAINT turns_pkey PRIMARY KEY (business_id, turn_id);

ALTER TABLE ONLY public.waiting_list
    ADD CONSTRAINT waiting_list_pkey PRIMARY KEY (business_id, waiting_id);

ALTER TABLE ONLY public.weekly_report_readers
    ADD CONSTRAINT weekly_report_readers_pkey PRIMARY KEY (business_id, person_id);

ALTER TABLE ONLY public.weekly_reports
    ADD CONSTRAINT weekly_reports_pkey PRIMARY KEY (business_id, week_on);

ALTER TABLE ONLY public.welcome_keys
    ADD CONSTRAINT welcome_keys_pkey PRIMARY KEY (key_hash);

ALTER TABLE ONLY public.worker_beats
    ADD CONSTRAINT worker_beats_pkey PRIMARY KEY (worker_id);

CREATE INDEX pgqueuer_ep_ea_idx ON jobs.pgqueuer USING btree (entrypoint, execute_after) WHERE (status = 'queued'::jobs.pgqueuer_status);

CREATE INDEX pgqueuer_ep_prio_id_idx ON jobs.pgqueuer USING btree (entrypoint, priority DESC, id) WHERE (status = 'queued'::jobs.pgqueuer_status);

CREATE INDEX pgqueuer_log_created ON jobs.pgqueuer_log USING btree (created);

CREATE INDEX pgqueuer_log_job_id_status ON jobs.pgqueuer_log USING btree (job_id, created DESC);

CREATE INDEX pgqueuer_log_not_aggregated ON jobs.pgqueuer_log USING btree ((1)) WHERE (NOT aggregated);

CREATE INDEX pgqueuer_log_status ON jobs.pgqueuer_log USING btree (status);

CREATE INDEX pgqueuer_picked_heartbeat_idx ON jobs.pgqueuer USING btree (heartbeat) WHERE (status = 'picked'::jobs.pgqueuer_status);

CREATE UNIQUE INDEX pgqueuer_picked_slot_idx ON jobs.pgqueuer USING btree (entrypoint, slot) WHERE ((status = 'picked'::jobs.pgqueuer_status) AND (slot IS NOT NULL));

CREATE INDEX pgqueuer_priority_id_id1_idx ON jobs.pgqueuer USING btree (priority, id DESC) INCLUDE (id) WHERE (status = 'queued'::jobs.pgqueuer_status);

CREATE INDEX pgqueuer_queue_manager_id_idx ON jobs.pgqueuer USING btree (queue_manager_id) WHERE (queue_manager_id IS NOT NULL);

CREATE UNIQUE INDEX pgqueuer_statistics_unique_count ON jobs.pgqueuer_statistics USING btree (priority, date_trunc('sec'::text, timezone('UTC'::text, created)), status, entrypoint);

CREATE UNIQUE INDEX pgqueuer_unique_dedupe_key ON jobs.pgqueuer USING btree (dedupe_key) WHERE ((status = ANY (ARRAY['queued'::jobs.pgqueuer_status, 'picked'::jobs.pgqueuer_status])) AND (dedupe_key IS NOT NULL));

CREATE INDEX pgqueuer_updated_id_id1_idx ON jobs.pgqueuer USING btree (updated, id DESC) INCLUDE (id) WHERE (status = 'picked'::jobs.pgqueuer_status);

CREATE INDEX ringback_job_of ON jobs.pgqueuer USING btree (md5(payload));

CREATE INDEX agency_businesses_of ON public.agency_businesses USING btree (agency_id);

CREATE INDEX agency_people_who ON public.agency_people USING btree (person_id);

CREATE UNIQUE INDEX alarms_live ON public.alarms USING btree (business_id, kind, subject) WHERE (ended_at IS NULL);

CREATE INDEX alert_texts_phone ON public.alert_texts USING btree (business_id, phone, sent_at DESC);

CREATE INDEX alerts_due ON public.alerts USING btree (next_at) WHERE ((acknowledged_at IS NULL) AND (next_at IS NOT NULL));

CREATE UNIQUE INDEX alerts_live ON public.alerts USING btree (business_id, thread_id) WHERE (acknowledged_at IS NULL);

CREATE INDEX alerts_thread ON public.alerts USING btree (business_id, thread_id, raised_at DESC);

CREATE INDEX assignments_thread ON public.assignments USING btree (business_id, thread_id, assigned_at DESC);

CREATE INDEX audit_entries_recent ON public.audit_entries USING btree (business_id, at DESC, entry_id DESC);

CREATE UNIQUE INDEX away_now ON public.away USING btree (business_id, COALESCE(staff_id, business_id)) WHERE (ended_at IS NULL);

CREATE INDEX bookings_ahead ON public.bookings USING btree (business_id, ends_at) INCLUDE (contact_id) WHERE (state = 'booked'::text);

CREATE INDEX bookings_by_change ON public.bookings USING btree (business_id, changed_at);

CREATE INDEX bookings_by_contact ON public.bookings USING btree (business_id, contact_id, starts_at);

CREATE INDEX bookings_by_time ON public.bookings USING btree (business_id, starts_at);

CREATE INDEX bookings_held ON public.bookings USING btree (business_id, held_until) WHERE (state = 'held'::text);

CREATE UNIQUE INDEX bookings_one_place ON public.bookings USING btree (business_id, contact_id, starts_at, lower(COALESCE(for_whom, ''::text))) WHERE ((state = ANY (ARRAY['held'::text, 'booked'::text])) AND (seat IS NOT NULL));

CREATE UNIQUE INDEX bookings_seat ON public.bookings USING btree (business_id, sitting_id, seat) WHERE (state = ANY (ARRAY['held'::text, 'booked'::text]));

CREATE INDEX business_directory_forget ON public.business_directory USING btree (forget_at);

CREATE INDEX call_back_calls_contact ON public.call_back_calls USING btree (business_id, contact_id, contact_answered_at);

CREATE INDEX call_back_calls_recent ON public.call_back_calls USING btree (business_id, asked_at DESC);

CREATE INDEX call_back_calls_thread ON public.call_back_calls USING btree (business_id, thread_id, asked_at DESC, ring_id DESC);

CREATE UNIQUE INDEX call_backs_by_call ON public.call_backs USING btree (business_id, call_id) WHERE (call_id IS NOT NULL);

CREATE INDEX call_backs_contact ON public.call_backs USING btree (business_id, contact_id, done_at) WHERE (done_at IS NOT NULL);

CREATE INDEX call_backs_due ON public.call_backs USING btree (next_at) WHERE ((done_at IS NULL) AND (acknowledged_at IS NULL));

CREATE INDEX call_backs_open ON public.call_backs USING btree (business_id, due_at) WHERE (done_at IS NULL);

CREATE INDEX call_backs_unowned ON public.call_backs USING btree (created_at) WHERE ((done_at IS NULL) AND (owned_at IS NULL));

CREATE INDEX calls_by_age ON public.calls USING brin (started_at);

CREATE INDEX calls_by_contact ON public.calls USING btree (business_id, contact_id, started_at DESC);

CREATE INDEX calls_caller ON public.calls USING btree (business_id, caller);

CREATE INDEX calls_recent ON public.calls USING btree (business_id, started_at DESC, call_id DESC);

CREATE INDEX calls_undecided ON public.calls USING btree (started_at) WHERE (decided_at IS NULL);

CREATE INDEX changes_by_age ON public.changes USING btree (at);

CREATE INDEX changes_feed ON public.changes USING btree (business_id, xid, change_id);

CREATE UNIQUE INDEX closures_live ON public.closures USING btree (business_id, thread_id) WHERE (reopened_at IS NULL);

CREATE INDEX consent_entries_by_age ON public.consent_entries USING btree (business_id, at);

CREATE INDEX consent_entries_ends ON public.consent_entries USING btree (business_id, kind, contact_id) WHERE (kind = ANY (ARRAY['erased'::text, 'expired'::text]));

CREATE INDEX consent_entries_of_contact ON public.consent_entries USING btree (business_id, contact_id, at);

CREATE UNIQUE INDEX consent_links_entry ON public.consent_links USING btree (business_id, entry_id);

CREATE INDEX contact_import_rows_contact ON public.contact_import_rows USING btree (business_id, contact_id);

CREATE INDEX contact_imports_recent ON public.contact_imports USING btree (business_id, made_at DESC, import_id DESC);

CREATE INDEX contact_marks_by_contact ON public.contact_marks USING btree (business_id, contact_id, made_at DESC);

CREATE UNIQUE INDEX contact_marks_live ON public.contact_marks USING btree (business_id, contact_id, kind) WHERE (ended_at IS NULL);

CREATE INDEX contacts_by_name ON public.contacts USING btree (business_id, ((name IS NULL)), lower(COALESCE(name, phone)), contact_id);

CREATE INDEX contacts_words ON public.contacts USING gin (public.contact_words(business_id, name, phone));

CREATE INDEX dialogs_to_follow_up ON public.dialogs USING btree (follow_up_at) WHERE (follow_up_at IS NOT NULL);

CREATE UNIQUE INDEX gaps_open ON public.gaps USING btree (business_id, lower(question)) WHERE (answered_at IS NULL);

CREATE INDEX handoffs_open ON public.handoffs USING btree (business_id, thread_id) WHERE (taken_at IS NULL);

CREATE INDEX handoffs_thread ON public.handoffs USING btree (business_id, thread_id, handoff_id DESC);

CREATE INDEX hook_deliveries_by_age ON public.hook_deliveries USING btree (made_at);

CREATE INDEX hook_deliveries_due ON public.hook_deliveries USING btree (next_at) WHERE ((delivered_at IS NULL) AND (given_up_at IS NULL));

CREATE INDEX hook_deliveries_recent ON public.hook_deliveries USING btree (business_id, hook_id, made_at DESC, delivery_id DESC);

CREATE INDEX hook_deliveries_waiting ON public.hook_deliveries USING btree (business_id, hook_id, next_at) WHERE ((delivered_at IS NULL) AND (given_up_at IS NULL));

CREATE INDEX inbound_events_by_age ON public.inbound_events USING brin (received_at);

CREATE INDEX inbound_events_sender ON public.inbound_events USING btree (business_id, sender) WHERE (sender IS NOT NULL);

CREATE INDEX inbound_events_subject ON public.inbound_events USING btree (business_id, provider, subject);

CREATE INDEX inbound_events_unhandled ON public.inbound_events USING btree (received_at) WHERE (handled_at IS NULL);

CREATE INDEX inbound_events_waiting ON public.inbound_events USING btree (business_id, sender) WHERE ((handled_at IS NULL) AND (kind = 'message'::text));

CREATE INDEX line_registrations_refused ON public.line_registrations USING btree (refused_at) WHERE (refused_at IS NOT NULL);

CREATE UNIQUE INDEX lines_number ON public.lines USING btree (business_id, number) WHERE (ended_at IS NULL);

CREATE INDEX lines_to_look_up_index ON public.lines USING btree (business_id, line_id) WHERE ((ended_at IS NULL) AND (registration = ANY (ARRAY['unknown'::text, 'pending'::text])));

CREATE INDEX mails_made ON public.mails USING btree (made_at);

CREATE INDEX memberships_by_business ON public.memberships USING btree (business_id);

CREATE UNIQUE INDEX memberships_by_staff ON public.memberships USING btree (business_id, staff_id) WHERE (staff_id IS NOT NULL);

CREATE INDEX messages_by_age ON public.messages USING brin (created_at);

CREATE INDEX messages_by_line ON public.messages USING btree (business_id, line_id, created_at) WHERE (direction = 'out'::text);

CREATE INDEX messages_pending ON public.messages USING btree (business_id, thread_id) WHERE (state = ANY (ARRAY['intended'::text, 'sending'::text, 'uncertain'::text]));

CREATE UNIQUE INDEX messages_provider_id ON public.messages USING btree (business_id, provider, provider_message_id) WHERE (provider_message_id IS NOT NULL);

CREATE INDEX messages_thread ON public.messages USING btree (business_id, thread_id, created_at DESC, message_id DESC);

CREATE INDEX messages_to_hear ON public.messages USING btree (business_id, thread_id) WHERE unheard;

CREATE INDEX messages_unasked ON public.messages USING btree (business_id, thread_id, sending_at) WHERE (rule_version ~~ '%@%'::text);

CREATE INDEX messages_unheard ON public.messages USING btree (created_at) WHERE unheard;

CREATE INDEX messages_unsettled ON public.messages USING btree (send_at) WHERE (state = ANY (ARRAY['sending'::text, 'uncertain'::text, 'intended'::text]));

CREATE INDEX messages_with_words ON public.messages USING btree (business_id, created_at) WHERE (body <> ''::text);

CREATE INDEX messages_words ON public.messages USING gin (public.message_words(business_id, created_at, body));

CREATE INDEX notices_by_age ON public.notices USING brin (created_at);

CREATE INDEX notices_by_staff ON public.notices USING btree (business_id, staff_id, created_at DESC);

CREATE INDEX notices_by_thread ON public.notices USING btree (business_id, thread_id, created_at) WHERE (thread_id IS NOT NULL);

CREATE INDEX occupancies_ahead ON public.occupancies USING btree (business_id, to_at) INCLUDE (unit_id, from_at, sitting_id, is_shared, place, held_until, holder_id);

CREATE INDEX occupancies_held ON public.occupancies USING btree (business_id, unit_id) WHERE (held_until IS NOT NULL);

CREATE INDEX opt_outs_by_contact ON public.opt_outs USING btree (business_id, contact_id);

CREATE UNIQUE INDEX opt_outs_live ON public.opt_outs USING btree (business_id, contact_id) WHERE (ended_at IS NULL);

CREATE INDEX page_versions_newest ON public.page_versions USING btree (business_id, page, language, first_shown_at DESC);

CREATE INDEX passkeys_by_person ON public.passkeys USING btree (person_id);

CREATE UNIQUE INDEX people_email ON public.people USING btree (lower(email));

CREATE INDEX promises_call_back ON public.promises USING btree (business_id, call_back_id) WHERE (done_at IS NULL);

CREATE INDEX promises_due ON public.promises USING btree (due_at) WHERE ((done_at IS NULL) AND (warned_at IS NULL));

CREATE INDEX promises_open ON public.promises USING btree (business_id, due_at) WHERE (done_at IS NULL);

CREATE INDEX provider_exchanges_by_age ON public.provider_exchanges USING btree (at);

CREATE INDEX provider_exchanges_subject ON public.provider_exchanges USING btree (business_id, subject);

CREATE INDEX push_subscriptions_person ON public.push_subscriptions USING btree (business_id, person_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX quick_replies_title ON public.quick_replies USING btree (business_id, lower(title));

CREATE INDEX quotes_by_time ON public.quotes USING btree (business_id, requested_at);

CREATE INDEX quotes_open ON public.quotes USING btree (business_id, requested_at) WHERE (accepted_at IS NULL);

CREATE INDEX quotes_thread ON public.quotes USING btree (business_id, thread_id);

CREATE INDEX recovery_answers_by_day ON public.recovery_answers USING btree (business_id, on_date, answered_at, wait_id);

CREATE INDEX recovery_answers_by_thread ON public.recovery_answers USING btree (business_id, thread_id);

CREATE INDEX recovery_calls_by_contact ON public.recovery_calls USING btree (business_id, contact_id);

CREATE INDEX recovery_calls_by_day ON public.recovery_calls USING btree (business_id, on_date, started_at, call_id);

CREATE INDEX recovery_calls_rare ON public.recovery_calls USING btree (business_id, on_date, started_at, call_id) WHERE ((recovered_at IS NOT NULL) OR is_lost OR (called_back_at IS NOT NULL));

CREATE INDEX recovery_calls_recovered ON public.recovery_calls USING btree (business_id, recovered_at) WHERE (recovered_at IS NOT NULL);

CREATE INDEX recovery_days_by_date ON public.recovery_days USING btree (business_id, on_date);

CREATE INDEX relays_of_staff ON public.relays USING btree (business_id, staff_id, received_at DESC);

CREATE INDEX relays_unsettled ON public.relays USING btree (expires_at) WHERE (state = ANY (ARRAY['held'::text, 'going'::text]));

CREATE INDEX reminders_due ON public.reminders USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX reminders_message ON public.reminders USING btree (business_id, message_id) WHERE (message_id IS NOT NULL);

CREATE INDEX reply_waits_due ON public.reply_waits USING btree (next_at) WHERE ((ended_how IS NULL) AND (acknowledged_at IS NULL) AND (next_at IS NOT NULL));

CREATE INDEX reply_waits_ended ON public.reply_waits USING btree (business_id, ended_at) WHERE (ended_at IS NOT NULL);

CREATE UNIQUE INDEX reply_waits_open ON public.reply_waits USING btree (business_id, thread_id) WHERE (ended_how IS NULL);

CREATE INDEX reply_waits_unrouted ON public.reply_waits USING btree (needed_at) WHERE (routed_at IS NULL);

CREATE INDEX request_counts_window ON public.request_counts USING btree (window_at);

CREATE UNIQUE INDEX sessions_by_id ON public.sessions USING btree (session_id);

CREATE INDEX sessions_by_person ON public.sessions USING btree (person_id);

CREATE INDEX sign_in_failures_by_source ON public.sign_in_failures USING btree (source, failed_at);

CREATE INDEX sign_in_tokens_by_person ON public.sign_in_tokens USING btree (person_id) WHERE (person_id IS NOT NULL);

CREATE INDEX sign_in_tokens_by_subject ON public.sign_in_tokens USING btree (subject_id) WHERE (subject_id IS NOT NULL);

CREATE UNIQUE INDEX staff_name ON public.staff USING btree (business_id, name) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX suggestions_message ON public.suggestions USING btree (business_id, message_id);

CREATE INDEX test_windows_by_line ON public.test_windows USING btree (business_id, line_id, opened_at DESC);

CREATE INDEX text_backs_held ON public.text_backs USING btree (business_id, decided_at DESC) WHERE (reason = ANY (ARRAY['over_brake'::text, 'over_cap'::text, 'robocall'::text]));

CREATE UNIQUE INDEX text_backs_message ON public.text_backs USING btree (business_id, message_id) WHERE (message_id IS NOT NULL);

CREATE INDEX text_backs_recent ON public.text_backs USING btree (business_id, decided_at) WHERE (decision = 'send'::text);

CREATE INDEX text_backs_sent ON public.text_backs USING btree (business_id, line_id, decided_at) WHERE (decision = 'send'::text);

CREATE INDEX thread_notes_thread ON public.thread_notes USING btree (business_id, thread_id, written_at DESC);

CREATE INDEX threads_done ON public.threads USING btree (business_id, last_message_at DESC, thread_id DESC) WHERE ((needs_reply_at IS NULL) AND (closed_at IS NOT NULL) AND (NOT for_alerts));

CREATE INDEX threads_needing_reply ON public.threads USING btree (business_id, last_message_at DESC, thread_id DESC) WHERE ((needs_reply_at IS NOT NULL) AND (NOT for_alerts));

CREATE INDEX threads_open ON public.threads USING btree (business_id, last_message_at DESC, thread_id DESC) INCLUDE (contact_id, owner_id, line_id) WHERE ((needs_reply_at IS NULL) AND (closed_at IS NULL) AND (NOT for_alerts));

CREATE INDEX threads_owner ON public.threads USING btree (business_id, owner_id) WHERE (needs_reply_at IS NOT NULL);

CREATE INDEX threads_recent ON public.threads USING btree (business_id, last_message_at DESC, thread_id DESC);

CREATE INDEX threads_waiting ON public.threads USING btree (business_id) WHERE (needs_reply_at IS NOT NULL);

CREATE INDEX turns_by_age ON public.turns USING brin (at);

CREATE INDEX turns_thread ON public.turns USING btree (business_id, thread_id, turn_id DESC);

CREATE INDEX waiting_list_by_service ON public.waiting_list USING btree (business_id, service, joined_at) WHERE (told_at IS NULL);

CREATE UNIQUE INDEX waiting_list_once ON public.waiting_list USING btree (business_id, contact_id, service, lower(COALESCE(for_whom, ''::text))) WHERE (told_at IS NULL);

CREATE TRIGGER tg_pgqueuer_changed AFTER INSERT ON jobs.pgqueuer FOR EACH STATEMENT EXECUTE FUNCTION jobs.fn_pgqueuer_changed();

CREATE TRIGGER call_backs_follow AFTER INSERT ON public.call_backs FOR EACH ROW EXECUTE FUNCTION public.follow_call_back();

CREATE TRIGGER erase_consent_words AFTER INSERT ON public.consent_entries FOR EACH ROW WHEN (((new.kind = 'erased'::text) AND (new.contact_id IS NOT NULL))) EXECUTE FUNCTION public.erase_consent_words();

CREATE TRIGGER follow_booking AFTER INSERT OR UPDATE OF state, starts_at ON public.bookings FOR EACH ROW WHEN ((new.state = ANY (ARRAY['booked'::text, 'cancelled'::text]))) EXECUTE FUNCTION public.follow_booking();

CREATE TRIGGER follow_closure AFTER INSERT OR UPDATE OF reopened_at ON public.closures FOR EACH ROW EXECUTE FUNCTION public.follow_closure();

CREATE TRIGGER give_money_back BEFORE UPDATE OF state ON public.messages FOR EACH ROW WHEN (((new.state = ANY (ARRAY['dropped'::text, 'rejected'::text])) AND (old.state <> ALL (ARRAY['dropped'::text, 'rejected'::text])) AND (old.cost IS NOT NULL))) EXECUTE FUNCTION public.give_money_back();

CREATE TRIGGER join_agency_members AFTER INSERT ON public.agency_businesses FOR EACH ROW EXECUTE FUNCTION public.join_agency_members();

CREATE TRIGGER join_agency_members AFTER INSERT ON public.agency_people FOR EACH ROW EXECUTE FUNCTION public.join_agency_members();

CREATE TRIGGER leave_agency_members AFTER DELETE ON public.agency_businesses FOR EACH ROW EXECUTE FUNCTION public.leave_agency_members();

CREATE TRIGGER leave_agency_members AFTER DELETE ON public.agency_people FOR EACH ROW EXECUTE FUNCTION public.leave_agency_members();

CREATE TRIGGER ledger_booking AFTER INSERT ON public.bookings FOR EACH ROW WHEN (((new.made_by = 'page'::text) AND (new.state = 'booked'::text))) EXECUTE FUNCTION public.ledger_booking();

CREATE TRIGGER ledger_booking_kept AFTER UPDATE OF state ON public.bookings FOR EACH ROW WHEN (((new.made_by = 'page'::text) AND (old.state = 'held'::text) AND (new.state = 'booked'::text))) EXECUTE FUNCTION public.ledger_booking();

CREATE TRIGGER ledger_call AFTER INSERT ON public.text_backs FOR EACH ROW EXECUTE FUNCTION public.ledger_call();

CREATE TRIGGER ledger_mark AFTER INSERT ON public.contact_marks FOR EACH ROW WHEN ((new.kind <> 'untextable'::text)) EXECUTE FUNCTION public.ledger_mark();

CREATE TRIGGER ledger_opt_out AFTER INSERT ON public.opt_outs FOR EACH ROW EXECUTE FUNCTION public.ledger_opt_out();

CREATE TRIGGER ledger_text_in AFTER INSERT ON public.messages FOR EACH ROW WHEN ((new.direction = 'in'::text)) EXECUTE FUNCTION public.ledger_text();

CREATE TRIGGER ledger_text_out AFTER UPDATE OF state ON public.messages FOR EACH ROW WHEN (((new.direction = 'out'::text) AND (new.purpose <> 'alert'::text) AND (new.state = 'accepted'::text) AND (old.state <> 'accepted'::text))) EXECUTE FUNCTION public.ledger_text();

CREATE CONSTRAINT TRIGGER link_consent AFTER INSERT ON public.consent_entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.link_consent();

CREATE TRIGGER note_need BEFORE INSERT ON public.closures FOR EACH ROW EXECUTE FUNCTION public.note_need();

CREATE TRIGGER refuse_consent_change BEFORE DELETE OR UPDATE ON public.consent_entries FOR EACH ROW EXECUTE FUNCTION public.refuse_consent_change();

CREATE TRIGGER refuse_consent_change BEFORE DELETE OR UPDATE ON public.consent_links FOR EACH ROW EXECUTE FUNCTION public.refuse_consent_change();

CREATE TRIGGER refuse_consent_truncate BEFORE TRUNCATE ON public.consent_entries FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_consent_change();

CREATE TRIGGER refuse_consent_truncate BEFORE TRUNCATE ON public.consent_links FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_consent_change();

CREATE TRIGGER remind_no_typed_number BEFORE INSERT OR UPDATE OF due_at ON public.reminders FOR EACH ROW WHEN ((new.due_at IS NOT NULL)) EXECUTE FUNCTION public.remind_no_typed_number();

CREATE TRIGGER tell_of_booked_hold AFTER UPDATE ON public.bookings FOR EACH ROW WHEN (((old.state = 'held'::text) AND (new.state = 'booked'::text))) EXECUTE FUNCTION public.tell_of_booking('booking.created');

CREATE TRIGGER tell_of_call AFTER UPDATE OF outcome ON public.calls FOR EACH ROW WHEN (((new.outcome <> 'blocked'::text) AND (new.outcome !~~ 'answered%'::text) AND ((old.outcome IS NULL) OR (old.outcome = 'blocked'::text) OR (old.outcome ~~ 'answered%'::text)))) EXECUTE FUNCTION public.tell_of_call();

CREATE TRIGGER tell_of_cancelled_booking AFTER UPDATE ON public.bookings FOR EACH ROW WHEN (((old.state = 'booked'::text) AND (new.state = 'cancelled'::text))) EXECUTE FUNCTION public.tell_of_booking('booking.cancelled');

CREATE TRIGGER tell_of_changed_booking AFTER UPDATE ON public.bookings FOR EACH ROW WHEN (((old.state = 'booked'::text) AND (new.state = 'booked'::text) AND ((old.starts_at <> new.starts_at) OR (old.ends_at <> new.ends_at) OR (old.staff_id <> new.staff_id) OR (old.service <> new.service) OR (old.address IS DISTINCT FROM new.address) OR (old.for_whom IS DISTINCT FROM new.for_whom)))) EXECUTE FUNCTION public.tell_of_booking('booking.changed');

CREATE TRIGGER tell_of_message AFTER INSERT ON public.messages FOR EACH ROW WHEN ((new.direction = 'in'::text)) EXECUTE FUNCTION public.tell_of_message('message.received');

CREATE TRIGGER tell_of_need AFTER UPDATE OF needs_reply_at ON public.threads FOR EACH ROW WHEN (((old.needs_reply_at IS NULL) AND (new.needs_reply_at IS NOT NULL))) EXECUTE FUNCTION public.tell_of_need();

CREATE TRIGGER tell_of_new_booking AFTER INSERT ON public.bookings FOR EACH ROW WHEN ((new.state = 'booked'::text)) EXECUTE FUNCTION public.tell_of_booking('booking.created');

CREATE TRIGGER tell_of_opt_out AFTER INSERT ON public.opt_outs FOR EACH ROW WHEN ((new.ended_at IS NULL)) EXECUTE FUNCTION public.tell_of_opt_out();

CREATE TRIGGER tell_of_text_back AFTER UPDATE OF state ON public.messages FOR EACH ROW WHEN (((new.state = 'accepted'::text) AND (old.state <> 'accepted'::text) AND (new.purpose = 'text_back'::text))) EXECUTE FUNCTION public.tell_of_message('text_back.sent');

CREATE TRIGGER threads_follow_waiting BEFORE UPDATE OF needs_reply_at ON public.threads FOR EACH ROW WHEN (((old.needs_reply_at IS NULL) <> (new.needs_reply_at IS NULL))) EXECUTE FUNCTION public.follow_waiting();

ALTER TABLE ONLY public.agency_businesses
    ADD CONSTRAINT agency_businesses_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agencies(agency_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.agency_people
    ADD CONSTRAINT agency_people_agency_id_fkey FOREIGN KEY (agency_id) REFERENCES public.agencies(agency_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.agency_people
    ADD CONSTRAINT agency_people_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.alarms
    ADD CONSTRAINT alarms_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.alert_texts
    ADD CONSTRAINT alert_texts_business_id_alert_id_fkey FOREIGN KEY (business_id, alert_id) REFERENCES public.alerts(business_id, alert_id);

ALTER TABLE ONLY public.alert_texts
    ADD CONSTRAINT alert_texts_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.assignments
    ADD CONSTRAINT assignments_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.away
    ADD CONSTRAINT away_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.away
    ADD CONSTRAINT away_business_id_staff_id_fkey FOREIGN KEY (business_id, staff_id) REFERENCES public.staff(business_id, staff_id);

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_business_id_contact_id_fkey FOREIGN KEY (business_id, contact_id) REFERENCES public.contacts(business_id, contact_id);

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.bookings
    ADD CONSTRAINT bookings_business_id_staff_id_fkey FOREIGN KEY (business_id, staff_id) REFERENCES public.staff(business_id, staff_id);

ALTER TABLE ONLY public.brake_counts
    ADD CONSTRAINT brake_counts_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.call_back_calls
    ADD CONSTRAINT call_back_calls_business_id_contact_id_fkey FOREIGN KEY (business_id, contact_id) REFERENCES public.contacts(business_id, contact_id);

ALTER TABLE ONLY public.call_back_calls
    ADD CONSTRAINT call_back_calls_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.call_back_calls
    ADD CONSTRAINT call_back_calls_business_id_line_id_fkey FOREIGN KEY (business_id, line_id) REFERENCES public.lines(business_id, line_id);

ALTER TABLE ONLY public.call_back_calls
    ADD CONSTRAINT call_back_calls_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.call_backs
    ADD CONSTRAINT call_backs_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_business_id_contact_id_fkey FOREIGN KEY (business_id, contact_id) REFERENCES public.contacts(business_id, contact_id);

ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_business_id_line_id_fkey FOREIGN KEY (business_id, line_id) REFERENCES public.lines(business_id, line_id);

ALTER TABLE ONLY public.changes
    ADD CONSTRAINT changes_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.closures
    ADD CONSTRAINT closures_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.consent_entries
    ADD CONSTRAINT consent_entries_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.consent_links
    ADD CONSTRAINT consent_links_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.contact_import_rows
    ADD CONSTRAINT contact_import_rows_business_id_contact_id_fkey FOREIGN KEY (business_id, contact_id) REFERENCES public.contacts(business_id, contact_id);

ALTER TABLE ONLY public.contact_import_rows
    ADD CONSTRAINT contact_import_rows_business_id_import_id_fkey FOREIGN KEY (business_id, import_id) REFERENCES public.contact_imports(business_id, import_id);

ALTER TABLE ONLY public.contact_imports
    ADD CONSTRAINT contact_imports_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.contact_marks
    ADD CONSTRAINT contact_marks_business_id_contact_id_fkey FOREIGN KEY (business_id, contact_id) REFERENCES public.contacts(business_id, contact_id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.desk_pins
    ADD CONSTRAINT desk_pins_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.desk_pins
    ADD CONSTRAINT desk_pins_person_id_business_id_fkey FOREIGN KEY (person_id, business_id) REFERENCES public.memberships(person_id, business_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.dialogs
    ADD CONSTRAINT dialogs_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.dialogs
    ADD CONSTRAINT dialogs_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.erased_numbers
    ADD CONSTRAINT erased_numbers_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT erasures_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.gaps
    ADD CONSTRAINT gaps_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.gaps
    ADD CONSTRAINT gaps_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.handoffs
    ADD CONSTRAINT handoffs_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.handoffs
    ADD CONSTRAINT handoffs_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.hook_deliveries
    ADD CONSTRAINT hook_deliveries_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.hook_deliveries
    ADD CONSTRAINT hook_deliveries_business_id_hook_id_fkey FOREIGN KEY (business_id, hook_id) REFERENCES public.outgoing_hooks(business_id, hook_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.inbound_events
    ADD CONSTRAINT inbound_events_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.job_values
    ADD CONSTRAINT job_values_business_id_call_id_fkey FOREIGN KEY (business_id, call_id) REFERENCES public.calls(business_id, call_id);

ALTER TABLE ONLY public.line_registrations
    ADD CONSTRAINT line_registrations_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.line_registrations
    ADD CONSTRAINT line_registrations_business_id_line_id_fkey FOREIGN KEY (business_id, line_id) REFERENCES public.lines(business_id, line_id);

ALTER TABLE ONLY public.lines
    ADD CONSTRAINT lines_business_id_connection_id_fkey FOREIGN KEY (business_id, connection_id) REFERENCES public.connections(business_id, connection_id);

ALTER TABLE ONLY public.lines
    ADD CONSTRAINT lines_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.link_secrets
    ADD CONSTRAINT link_secrets_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_business_id_line_id_fkey FOREIGN KEY (business_id, line_id) REFERENCES public.lines(business_id, line_id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.notice_pushes
    ADD CONSTRAINT notice_pushes_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.notice_pushes
    ADD CONSTRAINT notice_pushes_business_id_notice_id_fkey FOREIGN KEY (business_id, notice_id) REFERENCES public.notices(business_id, notice_id);

ALTER TABLE ONLY public.notice_pushes
    ADD CONSTRAINT notice_pushes_business_id_subscription_id_fkey FOREIGN KEY (business_id, subscription_id) REFERENCES public.push_subscriptions(business_id, subscription_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notice_rules
    ADD CONSTRAINT notice_rules_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.notices
    ADD CONSTRAINT notices_business_id_staff_id_fkey FOREIGN KEY (business_id, staff_id) REFERENCES public.staff(business_id, staff_id);

ALTER TABLE ONLY public.number_facts
    ADD CONSTRAINT number_facts_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.occupancies
    ADD CONSTRAINT occupancies_business_id_booking_id_fkey FOREIGN KEY (business_id, booking_id) REFERENCES public.bookings(business_id, booking_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.opt_outs
    ADD CONSTRAINT opt_outs_business_id_contact_id_fkey FOREIGN KEY (business_id, contact_id) REFERENCES public.contacts(business_id, contact_id);

ALTER TABLE ONLY public.outgoing_hooks
    ADD CONSTRAINT outgoing_hooks_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.page_versions
    ADD CONSTRAINT page_versions_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.pictures
    ADD CONSTRAINT pictures_business_id_message_id_fkey FOREIGN KEY (business_id, message_id) REFERENCES public.messages(business_id, message_id);

ALTER TABLE ONLY public.presences
    ADD CONSTRAINT presences_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.promises
    ADD CONSTRAINT promises_business_id_call_back_id_fkey FOREIGN KEY (business_id, call_back_id) REFERENCES public.call_backs(business_id, call_back_id);

ALTER TABLE ONLY public.promises
    ADD CONSTRAINT promises_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.promises
    ADD CONSTRAINT promises_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.provider_exchanges
    ADD CONSTRAINT provider_exchanges_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_subscriptions_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_subscriptions_person_id_business_id_fkey FOREIGN KEY (person_id, business_id) REFERENCES public.memberships(person_id, business_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.quick_replies
    ADD CONSTRAINT quick_replies_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.quotes
    ADD CONSTRAINT quotes_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.quotes
    ADD CONSTRAINT quotes_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.recovery_answers
    ADD CONSTRAINT recovery_answers_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.recovery_calls
    ADD CONSTRAINT recovery_calls_business_id_call_id_fkey FOREIGN KEY (business_id, call_id) REFERENCES public.calls(business_id, call_id);

ALTER TABLE ONLY public.recovery_days
    ADD CONSTRAINT recovery_days_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.recovery_progress
    ADD CONSTRAINT recovery_progress_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.recovery_values
    ADD CONSTRAINT recovery_values_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.registration_ticks
    ADD CONSTRAINT registration_ticks_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.registrations
    ADD CONSTRAINT registrations_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.relays
    ADD CONSTRAINT relays_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.relays
    ADD CONSTRAINT relays_business_id_staff_id_fkey FOREIGN KEY (business_id, staff_id) REFERENCES public.staff(business_id, staff_id);

ALTER TABLE ONLY public.reminders
    ADD CONSTRAINT reminders_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.reply_waits
    ADD CONSTRAINT reply_waits_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.reply_waits
    ADD CONSTRAINT reply_waits_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.set_ups
    ADD CONSTRAINT set_ups_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.shared_desks
    ADD CONSTRAINT shared_desks_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.sign_in_tokens
    ADD CONSTRAINT sign_in_tokens_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.people(person_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.spend_days
    ADD CONSTRAINT spend_days_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.staff_channels
    ADD CONSTRAINT staff_channels_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.staff_channels
    ADD CONSTRAINT staff_channels_business_id_staff_id_fkey FOREIGN KEY (business_id, staff_id) REFERENCES public.staff(business_id, staff_id);

ALTER TABLE ONLY public.staff_quiet_hours
    ADD CONSTRAINT staff_quiet_hours_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.staff_quiet_hours
    ADD CONSTRAINT staff_quiet_hours_business_id_staff_id_fkey FOREIGN KEY (business_id, staff_id) REFERENCES public.staff(business_id, staff_id);

ALTER TABLE ONLY public.suggestions
    ADD CONSTRAINT suggestions_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.test_windows
    ADD CONSTRAINT test_windows_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.test_windows
    ADD CONSTRAINT test_windows_business_id_line_id_fkey FOREIGN KEY (business_id, line_id) REFERENCES public.lines(business_id, line_id);

ALTER TABLE ONLY public.text_back_claims
    ADD CONSTRAINT text_back_claims_business_id_contact_id_fkey FOREIGN KEY (business_id, contact_id) REFERENCES public.contacts(business_id, contact_id);

ALTER TABLE ONLY public.text_back_claims
    ADD CONSTRAINT text_back_claims_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.text_backs
    ADD CONSTRAINT text_backs_business_id_call_id_fkey FOREIGN KEY (business_id, call_id) REFERENCES public.calls(business_id, call_id);

ALTER TABLE ONLY public.text_backs
    ADD CONSTRAINT text_backs_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.thread_notes
    ADD CONSTRAINT thread_notes_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.thread_reads
    ADD CONSTRAINT thread_reads_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.threads
    ADD CONSTRAINT threads_business_id_contact_id_fkey FOREIGN KEY (business_id, contact_id) REFERENCES public.contacts(business_id, contact_id);

ALTER TABLE ONLY public.threads
    ADD CONSTRAINT threads_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.threads
    ADD CONSTRAINT threads_business_id_line_id_fkey FOREIGN KEY (business_id, line_id) REFERENCES public.lines(business_id, line_id);

ALTER TABLE ONLY public.turns
    ADD CONSTRAINT turns_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.turns
    ADD CONSTRAINT turns_business_id_thread_id_fkey FOREIGN KEY (business_id, thread_id) REFERENCES public.threads(business_id, thread_id);

ALTER TABLE ONLY public.waiting_list
    ADD CONSTRAINT waiting_list_business_id_contact_id_fkey FOREIGN KEY (business_id, contact_id) REFERENCES public.contacts(business_id, contact_id);

ALTER TABLE ONLY public.waiting_list
    ADD CONSTRAINT waiting_list_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.weekly_report_readers
    ADD CONSTRAINT weekly_report_readers_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE ONLY public.weekly_reports
    ADD CONSTRAINT weekly_reports_business_id_fkey FOREIGN KEY (business_id) REFERENCES public.businesses(business_id);

ALTER TABLE public.alarms ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.alert_texts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.alerts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.assignments ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_entries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.away ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.bookings ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.brake_counts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.businesses ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.call_back_calls ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.call_backs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.calls ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.changes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.closures ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.connections ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.consent_entries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.consent_links ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_import_rows ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_imports ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contact_marks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.contacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.desk_pins ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.dialogs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.erased_numbers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.erasures ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.gaps ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.handoffs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.hook_deliveries ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.inbound_events ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.invitations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.job_values ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.line_registrations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.lines ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.link_secrets ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notice_pushes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notice_rules ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notices ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.number_facts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.occupancies ENABLE ROW LEVEL SECURITY;

CREATE POLICY one_business ON public.alarms TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.alert_texts TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.alerts TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.assignments TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.audit_entries TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.away TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.bookings TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.brake_counts TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.businesses TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.call_back_calls TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.call_backs TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.calls TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.changes TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.closures TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.connections TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.consent_entries TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.consent_links TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.contact_import_rows TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.contact_imports TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.contact_marks TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.contacts TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.desk_pins TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.dialogs TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.erased_numbers TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.erasures TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.gaps TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.handoffs TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.hook_deliveries TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.inbound_events TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.invitations TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.job_values TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.line_registrations TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.lines TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.link_secrets TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.messages TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.notice_pushes TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.notice_rules TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.notices TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.number_facts TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.occupancies TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.opt_outs TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.outgoing_hooks TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.page_versions TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.pictures TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.presences TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.promises TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.provider_exchanges TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.push_subscriptions TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.quick_replies TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.quotes TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.recovery_answers TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.recovery_calls TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.recovery_days TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.recovery_progress TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.recovery_values TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.registration_ticks TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.registrations TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.relays TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.reminders TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.reply_waits TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.set_ups TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.shared_desks TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.spend_days TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.staff TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.staff_channels TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.staff_quiet_hours TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.suggestions TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.test_windows TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.text_back_claims TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.text_backs TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.thread_notes TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.thread_reads TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.threads TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.turns TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.waiting_list TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.weekly_report_readers TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

CREATE POLICY one_business ON public.weekly_reports TO ringback_app USING ((business_id = public.current_business())) WITH CHECK ((business_id = public.current_business()));

ALTER TABLE public.opt_outs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.outgoing_hooks ENABLE ROW LEVEL SECURITY;

CREATE POLICY owner_sees_all ON public.alarms TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.alert_texts TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.alerts TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.assignments TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.audit_entries TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.away TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.bookings TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.brake_counts TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.businesses TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.call_back_calls TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.call_backs TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.calls TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.changes TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.closures TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.connections TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.consent_entries TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.consent_links TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.contact_import_rows TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.contact_imports TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.contact_marks TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.contacts TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.desk_pins TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.dialogs TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.erased_numbers TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.erasures TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.gaps TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.handoffs TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.hook_deliveries TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.inbound_events TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.invitations TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.job_values TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.line_registrations TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.lines TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.link_secrets TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.messages TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.notice_pushes TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.notice_rules TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.notices TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.number_facts TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.occupancies TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.opt_outs TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.outgoing_hooks TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.page_versions TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.pictures TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.presences TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.promises TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.provider_exchanges TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.push_subscriptions TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.quick_replies TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.quotes TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.recovery_answers TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.recovery_calls TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.recovery_days TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.recovery_progress TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.recovery_values TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.registration_ticks TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.registrations TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.relays TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.reminders TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.reply_waits TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.set_ups TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.shared_desks TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.spend_days TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.staff TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.staff_channels TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.staff_quiet_hours TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.suggestions TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.test_windows TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.text_back_claims TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.text_backs TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.thread_notes TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.thread_reads TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.threads TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.turns TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.waiting_list TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.weekly_report_readers TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY owner_sees_all ON public.weekly_reports TO CURRENT_USER USING (true) WITH CHECK (true);

ALTER TABLE public.page_versions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.pictures ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.presences ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.promises ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.provider_exchanges ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.push_subscriptions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.quick_replies ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.quotes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.recovery_answers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.recovery_calls ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.recovery_days ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.recovery_progress ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.recovery_values ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.registration_ticks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.registrations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.relays ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reminders ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.reply_waits ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.set_ups ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.shared_desks ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.spend_days ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.staff ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.staff_channels ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.staff_quiet_hours ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.suggestions ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.test_windows ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.text_back_claims ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.text_backs ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.thread_notes ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.thread_reads ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.threads ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.turns ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.waiting_list ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.weekly_report_readers ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.weekly_reports ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA jobs TO ringback_app;

GRANT USAGE ON SCHEMA public TO ringback_app;

GRANT ALL ON FUNCTION public.add_message(p_business uuid, p_thread uuid, p_line uuid, p_message jsonb, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.agency_figures(p_businesses uuid[], p_missed text[], p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.await_turn(p_business uuid, p_thread uuid, p_message uuid, p_seconds double precision) TO ringback_app;

GRANT ALL ON FUNCTION public.begin_sending(p_business uuid, p_message uuid, p_line uuid, p_brake jsonb, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.brake_slot(p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.brake_window(p_counts integer[], p_slot bigint, p_now_slot bigint) TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.brake_counts TO ringback_app;

GRANT ALL ON FUNCTION public.brake_used(p_business uuid, p_scope text, p_subject text, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.businesses_of(p_person uuid) TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bookings TO ringback_app;

GRANT ALL ON FUNCTION public.cancel_booking(p_business uuid, p_booking uuid, p_by text, p_why text, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.claim_text_back(p_business uuid, p_contact uuid, p_call uuid, p_now timestamp with time zone, p_until timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.consent_hash(p_fields text[]) TO ringback_app;

GRANT ALL ON FUNCTION public.consent_instant(p_at timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.consent_kept_since(p_kind text, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.contact_address(p_business uuid, p_contact uuid) TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_import_rows TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_marks TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contacts TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.opt_outs TO ringback_app;

GRANT ALL ON FUNCTION public.contact_standing(p_business uuid, p_contact uuid) TO ringback_app;

GRANT ALL ON FUNCTION public.fold_text(p_text text) TO ringback_app;

GRANT ALL ON FUNCTION public.search_place(p_business uuid, p_week integer) TO ringback_app;

GRANT ALL ON FUNCTION public.words_of(p_place text, p_text text) TO ringback_app;

GRANT ALL ON FUNCTION public.contact_words(p_business uuid, p_name text, p_phone text) TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ring_counts TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.ring_salts TO ringback_app;

GRANT ALL ON FUNCTION public.count_rings_across(p_number text, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.current_business() TO ringback_app;

GRANT ALL ON FUNCTION public.drop_spent_holds(p_business uuid, p_new public.bookings, p_units uuid[], p_to timestamp with time zone, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.has_job(p_entrypoint text, p_payload jsonb) TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.alerts TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.dialogs TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.messages TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.promises TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.reminders TO ringback_app;

GRANT ALL ON FUNCTION public.due_dialog_work(p_now timestamp with time zone, p_stuck_before timestamp with time zone) TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.businesses TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.changes TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recovery_progress TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.weekly_report_readers TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.weekly_reports TO ringback_app;

GRANT ALL ON FUNCTION public.due_recovery_work(p_now timestamp with time zone) TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.call_backs TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.hook_deliveries TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.outgoing_hooks TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.relays TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.reply_waits TO ringback_app;

GRANT ALL ON FUNCTION public.due_routing_work(p_now timestamp with time zone, p_stuck_before timestamp with time zone) TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.alarms TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.spend_days TO ringback_app;

GRANT ALL ON FUNCTION public.end_past_brakes(p_now timestamp with time zone, p_before date) TO ringback_app;

GRANT ALL ON FUNCTION public.end_quiet_alarms(p_kind text, p_before timestamp with time zone, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.enqueue_job(p_entrypoint text, p_payload jsonb, p_delay interval, p_priority integer) TO ringback_app;

GRANT ALL ON FUNCTION public.enqueue_missing_job(p_entrypoint text, p_payload jsonb) TO ringback_app;

GRANT ALL ON FUNCTION public.erase_consent_words() TO ringback_app;

GRANT ALL ON FUNCTION public.expire_consent(p_business uuid, p_most integer, p_now timestamp with time zone) TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.threads TO ringback_app;

GRANT ALL ON FUNCTION public.expire_keyword_answers(p_business uuid, p_contact uuid, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.search_query(p_place text, p_text text) TO ringback_app;

GRANT ALL ON FUNCTION public.find_contacts(p_text text, p_limit integer) TO ringback_app;

GRANT ALL ON FUNCTION public.find_or_create_contact(p_business uuid, p_contact uuid, p_phone text, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.find_or_create_thread(p_business uuid, p_thread uuid, p_contact uuid, p_line uuid, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.search_week(p_at timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.message_words(p_business uuid, p_at timestamp with time zone, p_body text) TO ringback_app;

GRANT ALL ON FUNCTION public.find_texts(p_text text, p_limit integer) TO ringback_app;

GRANT ALL ON FUNCTION public.follow_booking() TO ringback_app;

GRANT ALL ON FUNCTION public.follow_call_back() TO ringback_app;

GRANT ALL ON FUNCTION public.follow_closure() TO ringback_app;

GRANT ALL ON FUNCTION public.follow_waiting() TO ringback_app;

GRANT ALL ON FUNCTION public.forget_old_changes(p_before timestamp with time zone) TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.provider_exchanges TO ringback_app;

GRANT ALL ON FUNCTION public.forget_old_exchanges(p_before timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.forget_spent_holds(p_before timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.free_seat(p_business uuid, p_sitting uuid, p_capacity integer) TO ringback_app;

GRANT ALL ON FUNCTION public.give_money_back() TO ringback_app;

GRANT ALL ON FUNCTION public.hold_text_back(p_business uuid, p_call uuid, p_brake jsonb, p_now timestamp with time zone) TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.lines TO ringback_app;

GRANT ALL ON FUNCTION public.holds_somewhere(p_opt_out public.opt_outs) TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.occupancies TO ringback_app;

GRANT ALL ON FUNCTION public.is_too_far(p_business uuid, p_new public.bookings, p_extra jsonb, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.join_agency_members() TO ringback_app;

GRANT ALL ON FUNCTION public.leave_agency_members() TO ringback_app;

GRANT ALL ON FUNCTION public.ledger_booking() TO ringback_app;

GRANT ALL ON FUNCTION public.ledger_call() TO ringback_app;

GRANT ALL ON FUNCTION public.ledger_mark() TO ringback_app;

GRANT ALL ON FUNCTION public.ledger_opt_out() TO ringback_app;

GRANT ALL ON FUNCTION public.ledger_text() TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.line_registrations TO ringback_app;

GRANT ALL ON FUNCTION public.link_consent() TO ringback_app;

GRANT ALL ON FUNCTION public.load_call(p_business uuid, p_call uuid, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.load_delivery(p_business uuid, p_message uuid, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.load_turn(p_business uuid, p_thread uuid, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.lock_calendar(p_business uuid) TO ringback_app;

GRANT ALL ON FUNCTION public.move_booking(p_business uuid, p_booking uuid, p_held uuid, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.note_change(p_business uuid, p_kind text, p_subject uuid, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.note_need() TO ringback_app;

GRANT ALL ON FUNCTION public.note_ring_across(p_number text, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.opt_in_contact(p_business uuid, p_contact uuid, p_line uuid, p_how text, p_said timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.opt_out_contact(p_business uuid, p_contact uuid, p_opt_out jsonb, p_why text, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.place_booking(p_business uuid, p_new jsonb, p_extra jsonb, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.receive_call_event(p_business uuid, p_line uuid, p_provider text, p_key text, p_subject text, p_event jsonb, p_raw jsonb, p_ids uuid[], p_phone text, p_plan text, p_day text, p_jobs jsonb, p_now timestamp with time zone, OUT fresh boolean, OUT blocked boolean, OUT accepted boolean) TO ringback_app;

GRANT ALL ON FUNCTION public.receive_text_event(p_business uuid, p_line uuid, p_provider text, p_key text, p_kind text, p_subject text, p_sender text, p_event jsonb, p_raw jsonb, p_id uuid, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.refuse_consent_change() TO ringback_app;

GRANT ALL ON FUNCTION public.release_hold(p_business uuid, p_booking uuid, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.release_text_back(p_business uuid, p_call uuid, p_decision jsonb, p_message jsonb, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.remind_no_typed_number() TO ringback_app;

GRANT ALL ON FUNCTION public.save_decision(p_business uuid, p_call uuid, p_decision jsonb, p_message jsonb, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.save_sending(p_business uuid, p_message uuid, p_line uuid, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.save_sent(p_business uuid, p_message uuid, p_result jsonb, p_exchange jsonb, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.save_turn(p_business uuid, p_thread uuid, p_turn jsonb, p_messages jsonb, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.silence_receptionist(p_business uuid, p_thread uuid, p_by text, p_reason text, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.stuck_messages(p_before timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.take_lines_to_poll(p_before timestamp with time zone, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.take_money(p_business uuid, p_cost jsonb, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.take_places(p_business uuid, p_places jsonb, p_day date, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.unasked_since(p_business uuid, p_thread uuid, p_since timestamp with time zone) TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.calls TO ringback_app;

GRANT ALL ON FUNCTION public.undecided_calls(p_before timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.undo_import(p_business uuid, p_import uuid, p_who text, p_now timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.undo_import_row(p_business uuid, p_row public.contact_import_rows, p_who text, p_now timestamp with time zone) TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.inbound_events TO ringback_app;

GRANT ALL ON FUNCTION public.unhandled_events(p_before timestamp with time zone) TO ringback_app;

GRANT ALL ON FUNCTION public.uuid_as_inet(id uuid) TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE jobs.pgqueuer TO ringback_app;

GRANT USAGE ON SEQUENCE jobs.pgqueuer_id_seq TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE jobs.pgqueuer_log TO ringback_app;

GRANT USAGE ON SEQUENCE jobs.pgqueuer_log_id_seq TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE jobs.pgqueuer_schedules TO ringback_app;

GRANT USAGE ON SEQUENCE jobs.pgqueuer_schedules_id_seq TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE jobs.pgqueuer_statistics TO ringback_app;

GRANT USAGE ON SEQUENCE jobs.pgqueuer_statistics_id_seq TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agencies TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agency_businesses TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.agency_people TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.alert_texts TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_keys TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.assignments TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.audit_entries TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.away TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.business_directory TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.call_back_calls TO ringback_app;

GRANT USAGE ON SEQUENCE public.changes_change_id_seq TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.closures TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.connections TO ringback_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.consent_entries TO ringback_app;

GRANT SELECT,INSERT ON TABLE public.consent_links TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_imports TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.desk_pins TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.erased_numbers TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.erasures TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.gaps TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.handoffs TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.installation_keys TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invitations TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.job_values TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.line_directory TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.link_secrets TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mails TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.memberships TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notice_pushes TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notice_rules TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notices TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.number_facts TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.page_versions TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.passkeys TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.people TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pictures TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.presences TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.push_subscriptions TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.quick_replies TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.quotes TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recovery_answers TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recovery_calls TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recovery_days TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recovery_values TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.registration_ticks TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.registrations TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.request_counts TO ringback_app;

GRANT SELECT ON TABLE public.schema_migrations TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sessions TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.set_ups TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.shared_desks TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_failures TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_tokens TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.staff TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.staff_channels TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.staff_quiet_hours TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.suggestions TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.test_windows TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.text_back_claims TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.text_backs TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.thread_notes TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.thread_reads TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.turns TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.waiting_list TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.welcome_keys TO ringback_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.worker_beats TO ringback_app;

ALTER DEFAULT PRIVILEGES FOR ROLE CURRENT_USER IN SCHEMA public GRANT USAGE ON SEQUENCES TO ringback_app;

ALTER DEFAULT PRIVILEGES FOR ROLE CURRENT_USER IN SCHEMA public GRANT SELECT,INSERT,DELETE,UPDATE ON TABLES TO ringback_app;
