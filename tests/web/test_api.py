"""The REST API: who may ask, what calls, threads, contacts and duties look like, and what each change does."""

import asyncio
from uuid import UUID

import httpx2
import pytest

from ringback.domain.messages import MessageReceived, Picture
from ringback.ports import InboundEvent
from ringback.store import alarms, call_backs, contacts, events, people, threads
from ringback.store.call_backs import NewCallBack
from ringback.store.contacts import OptOut
from ringback.store.db import business_transaction
from ringback.workflows.context import Context
from ringback.workflows.texts import take_message
from tests.cast import CARLA, HARBOR_NUMBER, NOON, SAM_PHONE, TestClock
from tests.fixtures import Shops
from tests.web.api_cast import Seen, another_id, api_app, client_of, make_key, ring

PICTURE = Picture("https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/SM1/Media/ME1", "image/jpeg")


async def count_changes(context: Context) -> int:
    """Return how many changes pages have been told of."""
    async with business_transaction(context.pool, UUID(int=1)) as connection:
        return int(await connection.fetchval("select count(*) from changes"))


@pytest.mark.parametrize("key", [None, "", "rb_", "rb_wrong", "Basic x", "\u00ff"])
async def test_a_request_without_a_live_key_is_refused(context: Context, shops: Shops, key: str | None) -> None:
    headers = {} if key is None else {b"authorization": f"Bearer {key}".encode("latin-1")}
    async with client_of(api_app(context), None) as client:
        answer = await client.get("/api/v1/calls", headers=headers)

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.json()["type"] == "urn:ringback:problem:unauthorized"


async def test_an_ended_key_opens_nothing(context: Context, shops: Shops) -> None:
    key = await make_key(context, shops.harbor)
    await context.pool.execute("update api_keys set ended_at = now() where key_hash = $1", people.hash_token(key))
    async with client_of(api_app(context), key) as client:
        assert (await client.get("/api/v1/calls")).status_code == 401


async def test_a_missed_call_is_shown_with_outcome_decision_and_what_became_of_the_text(
    api: httpx2.AsyncClient, seen: Seen, clock: TestClock
) -> None:
    [call] = (await api.get("/api/v1/calls")).json()["items"]

    assert (call["id"], call["caller"], call["contact"]["id"]) == (str(seen.call_id), CARLA, str(seen.contact_id))
    assert (call["outcome"], call["missed"], call["decision"], call["reason"]) == ("no_answer", True, "send", None)
    assert (call["message_state"], call["failure"]["kind"], call["failure"]["code"]) == (
        "rejected",
        "landline",
        "30006",
    )
    assert "landline" in call["failure"]["explanation"]
    assert (call["line"]["number"], call["thread_id"]) == (HARBOR_NUMBER, str(seen.thread_id))
    assert call["texted_at"] == clock.now().isoformat().replace("+00:00", "Z")


async def test_a_caller_who_was_not_texted_is_shown_with_the_reason_and_its_sentence(
    api: httpx2.AsyncClient, context: Context, shops: Shops, seen: Seen
) -> None:
    call_id = await ring(context, shops.harbor, name="CA2")

    call = (await api.get(f"/api/v1/calls/{call_id}")).json()

    assert (call["decision"], call["reason"]) == ("skip", "texted_recently")
    assert call["explanation"] == "Not texted again: this caller was texted not long ago."
    assert [event["kind"] for event in call["events"]] == ["ringing", "dialed"]
    assert call["events"][1]["result"] == "no_answer"


async def test_calls_are_found_by_each_filter(
    api: httpx2.AsyncClient, context: Context, shops: Shops, seen: Seen, clock: TestClock
) -> None:
    begun = clock.now().isoformat()
    clock.pass_time(60)
    staff_call = await ring(context, shops.harbor, SAM_PHONE, "CA2")
    main, ads = (str(line.line_id) for line in shops.harbor.lines)
    carlas, sams = [str(seen.call_id)], [str(staff_call)]
    table: list[tuple[dict[str, str], list[str]]] = [
        ({"outcome": "no_answer"}, sams + carlas),
        ({"outcome": "busy"}, []),
        ({"decision": "send"}, carlas),
        ({"decision": "skip"}, sams),
        ({"reason": "staff"}, sams),
        ({"reason": "staff", "decision": "send"}, []),
        ({"contact": str(seen.contact_id)}, carlas),
        ({"line": main}, sams + carlas),
        ({"line": ads}, []),
        ({"since": begun}, sams + carlas),
        ({"since": clock.now().isoformat()}, sams),
        ({"until": clock.now().isoformat()}, carlas),
        ({"until": begun}, []),
    ]

    found = [
        [call["id"] for call in (await api.get("/api/v1/calls", params=asked)).json()["items"]] for asked, _ in table
    ]

    assert found == [expected for _, expected in table]


async def test_a_reply_goes_out_once_however_often_it_is_posted(
    api: httpx2.AsyncClient, context: Context, seen: Seen
) -> None:
    path, reply = (
        f"/api/v1/threads/{seen.thread_id}/messages",
        {"id": another_id(), "body": "  We can see you at 3.\r\n"},
    )

    answers = list(await asyncio.gather(*(api.post(path, json=reply) for _ in range(5))))
    answers.append(await api.post(path, json=reply))
    listed = (await api.get(path)).json()["items"]

    assert [answer.status_code for answer in answers] == [201] * 6
    assert [answer.json() for answer in answers] == [listed[0]] * 6
    assert (len(listed), listed[0]["body"], listed[0]["state"]) == (2, "We can see you at 3.", "intended")
    assert (listed[0]["author"], listed[0]["written_by"]) == ("staff", "API")
    jobs = await context.pool.fetchval(
        "select count(*) from jobs.pgqueuer where convert_from(payload, 'UTF8') like $1", f"%{reply['id']}%"
    )
    assert jobs == 1


async def test_an_id_that_another_text_has_is_refused(api: httpx2.AsyncClient, seen: Seen) -> None:
    path, taken = f"/api/v1/threads/{seen.thread_id}/messages", another_id()
    await api.post(path, json={"id": taken, "body": "First."})

    answer = await api.post(path, json={"id": taken, "body": "Second."})

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:ringback:problem:id_taken")


async def test_a_contact_who_opted_out_is_not_texted(
    api: httpx2.AsyncClient, context: Context, shops: Shops, seen: Seen
) -> None:
    business_id, path = shops.harbor.business_id, f"/api/v1/threads/{seen.thread_id}/messages"
    earlier = {"id": another_id(), "body": "Sent before the STOP."}
    await api.post(path, json=earlier)
    async with business_transaction(context.pool, business_id) as connection:
        out = OptOut(shops.harbor.lines[0].line_id, "keyword", NOON, "STOP")
        await contacts.save_opt_out(connection, business_id, seen.contact_id, out, context.clock.now())

    answer = await api.post(path, json={"body": "Are you there?"})
    repeated = await api.post(path, json=earlier)

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:ringback:problem:opted_out")
    assert (repeated.status_code, repeated.json()["state"]) == (201, "dropped")
    assert repeated.json()["failure"]["explanation"] == "Not texted: this caller asked for no more texts."
    assert len((await api.get(path)).json()["items"]) == 2


async def test_only_a_refused_text_is_tried_again(api: httpx2.AsyncClient, seen: Seen) -> None:
    path = f"/api/v1/messages/{seen.message_id}/attempts"

    first, second = await api.post(path), await api.post(path)

    assert (first.status_code, first.json()["state"], first.json()["failure"]) == (202, "intended", None)
    assert (second.status_code, second.json()["type"]) == (409, "urn:ringback:problem:not_refused")


async def test_a_thread_is_closed_and_reopened_however_often_it_is_said(
    api: httpx2.AsyncClient, context: Context, seen: Seen
) -> None:
    path, changes = f"/api/v1/threads/{seen.thread_id}", await count_changes(context)

    closed = [(await api.post(f"{path}/closure")).json()["closed_at"] for _ in range(2)]
    listed = {
        state: len((await api.get("/api/v1/threads", params={"state": state})).json()["items"])
        for state in ("open", "closed")
    }
    opened = [(await api.delete(f"{path}/closure")).json()["closed_at"] for _ in range(2)]

    # One change for the closing and one for the reopening: pages are not woken for nothing.
    assert await count_changes(context) == changes + 2
    assert closed[0] is not None
    assert closed == [closed[0]] * 2
    assert listed == {"open": 0, "closed": 1}
    assert opened == [None, None]


async def test_a_thread_that_needed_a_reply_when_it_was_closed_needs_one_again(
    api: httpx2.AsyncClient, context: Context, shops: Shops, seen: Seen
) -> None:
    path = f"/api/v1/threads/{seen.thread_id}"
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        await threads.note_inbound(connection, shops.harbor.business_id, seen.thread_id, context.clock.now())
    waiting_since = (await api.get(path)).json()["needs_reply_at"]

    closed = (await api.post(f"{path}/closure")).json()["needs_reply_at"]
    opened = (await api.delete(f"{path}/closure")).json()["needs_reply_at"]

    assert waiting_since is not None
    assert (closed, opened) == (None, waiting_since)


async def test_a_text_that_came_in_asks_for_a_reply_and_shows_its_picture(
    api: httpx2.AsyncClient, context: Context, shops: Shops, seen: Seen
) -> None:
    business_id, line = shops.harbor.business_id, shops.harbor.lines[0]
    text = MessageReceived("SM1", CARLA, line.number, "This tooth!", context.clock.now(), (PICTURE,))
    async with business_transaction(context.pool, business_id) as connection:
        await events.receive_text(
            connection, business_id, line.line_id, "twilio", InboundEvent("SM1", text, {}), context.clock.now()
        )
        event_id = await connection.fetchval("select event_id from inbound_events where kind = 'message'")
    await take_message(context, business_id, event_id)

    waiting = (await api.get("/api/v1/threads", params={"state": "needs_reply"})).json()["items"]
    shown = (await api.get(f"/api/v1/threads/{seen.thread_id}/messages")).json()["items"][0]
    await api.post(f"/api/v1/threads/{seen.thread_id}/messages", json={"body": "Come in at 3."})
    left = (await api.get("/api/v1/threads", params={"state": "needs_reply"})).json()["items"]

    assert ([thread["preview"] for thread in waiting], left) == (["This tooth!"], [])
    assert (shown["direction"], shown["author"], shown["state"]) == ("in", "contact", "received")
    assert shown["pictures"] == [{"position": 0, "content_type": "image/jpeg", "stored": False, "failed": None}]


async def test_threads_are_found_by_contact_and_by_when_they_were_last_used(
    api: httpx2.AsyncClient, seen: Seen, clock: TestClock
) -> None:
    later = clock.now().replace(year=2027).isoformat()
    table: list[tuple[dict[str, str], int]] = [
        ({"contact": str(seen.contact_id)}, 1),
        ({"contact": another_id()}, 0),
        ({"active_since": clock.now().isoformat()}, 1),
        ({"active_since": later}, 0),
        ({"state": "needs_reply"}, 0),
    ]

    found = [len((await api.get("/api/v1/threads", params=asked)).json()["items"]) for asked, _ in table]

    assert found == [expected for _, expected in table]


async def test_a_contact_is_added_once_by_a_number_in_any_form(api: httpx2.AsyncClient) -> None:
    first = await api.post("/api/v1/contacts", json={"phone": "(312) 555-0143", "name": "Carla's sister"})
    second = await api.post("/api/v1/contacts", json={"phone": "+1 312 555 0143", "language": "es"})
    found = await api.get("/api/v1/contacts", params={"phone": "312.555.0143"})

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == {**first.json(), "language": "es"}
    assert (second.json()["phone"], found.json()["items"]) == ("+13125550143", [second.json()])


async def test_what_is_no_phone_number_is_refused_by_field(api: httpx2.AsyncClient) -> None:
    answer = await api.post("/api/v1/contacts", json={"phone": "12"})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "body.phone")


async def test_a_change_of_a_contact_leaves_the_rest_as_it_was(api: httpx2.AsyncClient, seen: Seen) -> None:
    path = f"/api/v1/contacts/{seen.contact_id}"
    await api.patch(path, json={"name": "Carla", "language": "es"})
    await api.patch(path, json={"name": None})

    contact = (await api.get(path)).json()

    assert (contact["name"], contact["language"]) == (None, "es")


async def test_what_programs_change_of_a_contact_is_in_the_log_once(
    api: httpx2.AsyncClient, context: Context, shops: Shops, seen: Seen
) -> None:
    path = f"/api/v1/contacts/{seen.contact_id}"
    for _ in range(2):
        await api.patch(path, json={"name": "Carla Ruiz"})
        await api.put(f"{path}/marks/spam", json={"why": "Sells roofs."})
    for _ in range(2):
        await api.delete(f"{path}/marks/spam")

    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        found = await connection.fetch(
            "select what, who from audit_entries where what like 'contact%' order by at, what"
        )
    assert [tuple(row) for row in found] == [
        ("contact.changed", "API"),
        ("contact.marked", "API"),
        ("contact.unmarked", "API"),
    ]


async def test_a_blocked_caller_stays_untexted_until_the_mark_ends(
    api: httpx2.AsyncClient, context: Context, shops: Shops, seen: Seen
) -> None:
    path = f"/api/v1/contacts/{seen.contact_id}/marks/blocked"

    marked = [(await api.put(path, json={"why": "Rude."})).json()["marks"] for _ in range(2)]
    call_id = await ring(context, shops.harbor, name="CA2")
    unmarked = [(await api.delete(path)).json()["marks"] for _ in range(2)]

    assert (marked, unmarked) == ([["blocked"]] * 2, [[]] * 2)
    assert (await api.get(f"/api/v1/calls/{call_id}")).json()["reason"] == "blocked"


async def test_what_only_the_carrier_says_cannot_be_marked(api: httpx2.AsyncClient, seen: Seen) -> None:
    answer = await api.put(f"/api/v1/contacts/{seen.contact_id}/marks/untextable")

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "path.kind")


async def test_a_call_back_is_done_once(
    api: httpx2.AsyncClient, context: Context, seen: Seen, clock: TestClock
) -> None:
    path = f"/api/v1/call-backs/{seen.call_back_id}/completion"

    first, changes = (await api.post(path)).json(), await count_changes(context)
    clock.pass_time(60)
    second = (await api.post(path)).json()

    assert (first["done_by"], second) == ("API", first)
    assert await count_changes(context) == changes
    assert (await api.get("/api/v1/call-backs")).json()["items"] == []
    assert (await api.get("/api/v1/call-backs", params={"state": "done"})).json()["items"] == [first]


async def test_alarms_that_stand_are_listed(api: httpx2.AsyncClient, seen: Seen) -> None:
    [alarm] = (await api.get("/api/v1/alarms")).json()["items"]

    assert (alarm["kind"], alarm["words"], alarm["times"]) == ("brake", "Too many texts were due.", 1)


async def test_the_set_up_is_shown_without_secrets_or_addresses_of_callbacks(
    api: httpx2.AsyncClient, shops: Shops
) -> None:
    business, lines = await api.get("/api/v1/business"), await api.get("/api/v1/lines")

    assert (business.json()["name"], business.json()["hours"]["mon"]) == ("Harbor Dental", ["00:00-24:00"])
    assert [line["label"] for line in lines.json()["items"]] == ["Main", "Google Ads"]
    for secret in ("harbor-main", "harbor-token-for-tests", "hook"):
        assert secret not in business.text + lines.text


async def test_a_walk_over_all_calls_loses_and_repeats_none_while_others_come_in(
    api: httpx2.AsyncClient, context: Context, shops: Shops, clock: TestClock
) -> None:
    before = [await ring(context, shops.harbor, name=f"CA{n}") for n in range(120)]
    clock.pass_time(60)
    walked: list[UUID] = []
    asked: dict[str, str] = {"limit": "50"}
    while True:
        page = (await api.get("/api/v1/calls", params=asked)).json()
        walked += [UUID(call["id"]) for call in page["items"]]
        await ring(context, shops.harbor, name=f"CA{len(walked)} meanwhile")
        if page["next_cursor"] is None:
            break
        asked["cursor"] = page["next_cursor"]

    assert len(walked) == 120
    assert set(walked) == set(before)


@pytest.mark.parametrize(
    "path", ["threads", "contacts", "call-backs", "alarms", "calls", "threads/{thread_id}/messages"]
)
async def test_every_list_goes_on_where_its_page_ended(
    api: httpx2.AsyncClient, context: Context, shops: Shops, seen: Seen, path: str
) -> None:
    for n in range(3):
        clock = context.clock
        assert isinstance(clock, TestClock)
        clock.pass_time(60)
        await ring(context, shops.harbor, f"+1312555017{n}", f"CA1{n}")
        await _add_others(context, shops, n)
        await api.post(f"/api/v1/threads/{seen.thread_id}/messages", json={"body": f"Reply {n}"})
    address = f"/api/v1/{path}".format(thread_id=seen.thread_id)

    whole = [one["id"] for one in (await api.get(address)).json()["items"]]
    one_by_one, cursor = list[str](), None
    while not one_by_one or cursor:
        page = (await api.get(address, params={"limit": 1, **({"cursor": cursor} if cursor else {})})).json()
        one_by_one += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]

    assert len(whole) == 4
    assert one_by_one == whole


async def _add_others(context: Context, shops: Shops, n: int) -> None:
    """One more call-back and alarm of Harbor's."""
    business_id, now = shops.harbor.business_id, context.clock.now()
    async with business_transaction(context.pool, business_id) as connection:
        call_back = NewCallBack(None, None, CARLA, "Again.", now)
        await call_backs.add_call_back(connection, business_id, call_back, now)
        await alarms.raise_alarm(connection, business_id, "brake", str(n), "Again.", now)
