"""One outgoing text in the database: its states go forward only, whatever order the news of it comes in."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations, product
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from ringback.domain.business import Business
from ringback.domain.messages import Delivery, MessageProgress
from ringback.domain.textback import Reason
from ringback.store import calls, contact_lists, contacts, deliveries, threads
from ringback.store.contacts import OptIn, OptOut
from ringback.store.db import Connection, business_transaction
from ringback.store.ids import new_id
from tests.cast import CARLA, NOON
from tests.fixtures import Shops
from tests.store.crowd import CROWD, at_once
from tests.store.stock import LATER, at, decision, exchange, take_call, text, text_back

RANKED = ("queued", "sending", "sent", "undelivered", "failed", "delivered", "read")


@pytest.fixture
def harbor(shops: Shops) -> Business:
    """Harbor Dental, stored."""
    return shops.harbor


async def add(connection: Connection, business: Business, **more: Any) -> UUID:
    """Add a text to Carla's thread and return its id."""
    carla = await contacts.find_or_create_contact(connection, business.business_id, CARLA, NOON)
    line_id = business.lines[0].line_id
    thread_id = await threads.find_or_create_thread(connection, business.business_id, carla, line_id, NOON)
    row = text("Hello", **more)
    await threads.add_message(connection, business.business_id, thread_id, line_id, row, NOON)
    found: UUID = row["message_id"]
    return found


async def look(connection: Connection, business: Business, message_id: UUID) -> dict[str, Any]:
    """Return a text with its provider's id."""
    row = await connection.fetchrow("select * from messages where message_id = $1", message_id)
    assert row is not None
    return dict(row)


async def progress(
    connection: Connection, business: Business, delivery: str, reference: UUID | None = None
) -> deliveries.Progressed | None:
    """Tell of the text SM1."""
    news = MessageProgress("SM1", Delivery(delivery), LATER, reference=str(reference) if reference else None)
    return await deliveries.apply_progress(connection, business.business_id, "twilio", news, LATER)


async def test_reports_in_any_order_end_in_the_highest_and_never_move_back(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    orders = [*permutations(("queued", "sent", "undelivered", "delivered")), *product(RANKED, RANKED)]
    async with business_transaction(pool, harbor.business_id) as connection:
        message_id = await add(connection, harbor, state="accepted", provider_message_id="SM1")
        for order in orders:
            await connection.execute("update messages set delivery = null")
            so_far = []
            for delivery in order:
                told = await progress(connection, harbor, delivery)
                so_far.append(delivery)
                highest = max(so_far, key=RANKED.index)
                assert told is not None
                assert told.delivery == highest, order
                assert (await look(connection, harbor, message_id))["delivery"] == highest, order


async def test_a_report_that_names_our_id_settles_a_text_whose_answer_has_not_come(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        message_id = await add(connection, harbor, state="sending")
        told = await progress(connection, harbor, "sent", message_id)
        answer = {"state": "rejected", "provider_message_id": "SM2", "error_kind": "unknown"}
        settled = await deliveries.save_sent(connection, harbor.business_id, message_id, answer, exchange(), LATER)
        message = await look(connection, harbor, message_id)
        exchanges = await connection.fetchval("select count(*) from provider_exchanges")

    assert told is not None
    assert (told.message_id, told.was, told.delivery) == (message_id, None, "sent")
    assert not settled
    assert (message["state"], message["provider_message_id"], message["error_kind"]) == ("accepted", "SM1", None)
    assert exchanges == 1, "the exchange is kept for support even so"


async def test_a_report_of_an_unknown_text_or_of_one_that_came_in_changes_nothing(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        came = {"direction": "in", "author": "contact", "purpose": "inbound", "state": "received"}
        inbound = await add(connection, harbor, **came, provider_message_id="SM1")
        other = await add(connection, harbor, state="accepted", provider_message_id="SM2")
        for reference in (None, inbound, other, new_id()):
            assert await progress(connection, harbor, "delivered", reference) is None
        assert (await look(connection, harbor, other))["delivery"] is None


async def test_a_report_proves_that_an_open_text_was_accepted(pool: asyncpg.Pool, harbor: Business) -> None:
    settled = {"accepted": "accepted", "rejected": "rejected", "dropped": "dropped"}
    open_states = dict.fromkeys(("intended", "sending", "uncertain"), "accepted")
    async with business_transaction(pool, harbor.business_id) as connection:
        for before, after in {**open_states, **settled}.items():
            message_id = await add(connection, harbor, state=before)
            await progress(connection, harbor, "sent", message_id)
            assert (await look(connection, harbor, message_id))["state"] == after, before
            await connection.execute("update messages set provider_message_id = null")


async def test_an_opt_out_drops_what_has_not_left_and_the_call_shows_why(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        call_id = await take_call(connection, harbor, "CA1")
        waiting = text_back()
        await calls.save_decision(connection, harbor.business_id, call_id, decision(), waiting, NOON)
        reply = await add(connection, harbor)
        answer = await add(connection, harbor, purpose="keyword_answer")
        gone = await add(connection, harbor, state="sending")
        carla = await contacts.find_or_create_contact(connection, harbor.business_id, CARLA, NOON)
        stop = OptOut(harbor.lines[0].line_id, "keyword", NOON, "STOP")
        told = [await contacts.save_opt_out(connection, harbor.business_id, carla, stop, LATER) for _ in range(2)]
        states = [
            (await look(connection, harbor, one))["state"] for one in (waiting["message_id"], reply, answer, gone)
        ]
        call = await calls.get_call(connection, harbor.business_id, call_id)

    assert told == [True, False]
    # What answered an earlier keyword goes too: this opt-out gets the one confirmation.
    assert states == ["dropped", "dropped", "dropped", "sending"]
    assert call is not None
    assert (call["decision"], call["reason"], call["message_state"]) == ("skip", "opted_out", "dropped")


async def test_an_opt_out_ends_once_and_stays_as_history(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        carla = await contacts.find_or_create_contact(connection, harbor.business_id, CARLA, NOON)
        stop = OptOut(harbor.lines[0].line_id, "keyword", NOON, "STOP")
        for said_at in (NOON, LATER):
            await contacts.save_opt_out(connection, harbor.business_id, carla, replace(stop, said_at=said_at), NOON)
            assert await closed(connection, harbor, carla) == [True, True]
            start = OptIn(harbor.lines[0].line_id, LATER, "START")
            ended = [await contacts.end_opt_out(connection, harbor.business_id, carla, start) for _ in range(2)]
            assert ended == [True, False]
            assert await closed(connection, harbor, carla) == [False, True]
        assert await connection.fetchval("select count(*) from opt_outs") == 2


async def closed(connection: Connection, business: Business, contact_id: UUID) -> list[bool]:
    """Return of each line whether no text may go out from it to a contact."""
    return [
        await contacts.is_opted_out(connection, business.business_id, contact_id, line.line_id)
        for line in business.lines
    ]


async def test_each_start_opens_its_own_line_and_a_stop_closes_all(pool: asyncpg.Pool, harbor: Business) -> None:
    main, ads = (line.line_id for line in harbor.lines)
    async with business_transaction(pool, harbor.business_id) as connection:
        carla = await contacts.find_or_create_contact(connection, harbor.business_id, CARLA, NOON)

        async def start(line_id: UUID, second: int) -> list[bool]:
            said = OptIn(line_id, NOON + timedelta(seconds=second), "START")
            await contacts.end_opt_out(connection, harbor.business_id, carla, said)
            return await closed(connection, harbor, carla)

        async def stop(line_id: UUID, second: int) -> list[bool]:
            said = OptOut(line_id, "keyword", NOON + timedelta(seconds=second), "STOP")
            await contacts.save_opt_out(connection, harbor.business_id, carla, said, LATER)
            return await closed(connection, harbor, carla)

        assert await start(ads, 0) == [False, False], "nothing was closed"
        assert await stop(main, 1) == [True, True]
        assert await start(ads, 2) == [True, False]
        assert await start(ads, 3) == [True, False]
        assert await start(main, 0) == [True, False], "said before the STOP, though filed after it"
        assert await start(main, 4) == [False, False]
        assert await stop(ads, 5) == [True, True]
        assert await start(main, 6) == [False, True]
        assert await stop(main, 7) == [True, True], "the earlier START does not count any more"
        assert await start(ads, 8) == [True, False]
        told = await connection.fetch("select kind, line from consent_entries order by at, entry_id")
        kinds = [(row["kind"], row["line"] == harbor.lines[0].number) for row in told]

    assert ("opted_in", True) in kinds
    assert ("opted_in", False) in kinds
    assert [kind for kind, _ in kinds].count("opted_in") == 7


async def test_a_line_that_is_new_after_an_opt_out_is_closed_until_start_is_sent_to_it(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    """Nobody can have asked for texts on a line there was not."""
    async with business_transaction(pool, harbor.business_id) as connection:
        carla = await contacts.find_or_create_contact(connection, harbor.business_id, CARLA, NOON)
        said = OptOut(harbor.lines[0].line_id, "keyword", NOON, "STOP")
        await contacts.save_opt_out(connection, harbor.business_id, carla, said, NOON)
        for line in harbor.lines:
            await contacts.end_opt_out(connection, harbor.business_id, carla, OptIn(line.line_id, LATER, "START"))
        page = await contact_lists.get_contact_page(connection, harbor.business_id, carla)
        assert page is not None
        assert (page["opted_out_at"], page["closed_lines"]) == (None, [])

        assert await contacts.is_opted_out(connection, harbor.business_id, carla, new_id())


async def test_twenty_stops_at_once_are_one_opt_out(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        carla = await contacts.find_or_create_contact(connection, harbor.business_id, CARLA, NOON)

    async def stop(connection: Connection, _: int) -> bool:
        opt_out = OptOut(harbor.lines[0].line_id, "keyword", NOON, "STOP")
        return await contacts.save_opt_out(connection, harbor.business_id, carla, opt_out, NOON)

    assert sorted(await at_once(pool, harbor.business_id, stop)) == [False] * (CROWD - 1) + [True]


async def test_a_dropped_text_had_not_left_and_makes_its_text_back_a_skip(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        call_id = await take_call(connection, harbor, "CA1")
        row = text_back()
        await calls.save_decision(connection, harbor.business_id, call_id, decision(), row, NOON)
        for state, dropped in (("sending", False), ("accepted", False), ("intended", True), ("dropped", False)):
            await connection.execute("update messages set state = $1", state)
            thread = await deliveries.drop_message(
                connection, harbor.business_id, row["message_id"], Reason.ANSWERED_SINCE, LATER
            )
            assert (thread is not None) is dropped, state
        call = await calls.get_call(connection, harbor.business_id, call_id)

    assert call is not None
    assert (call["decision"], call["reason"], call["error_kind"]) == ("skip", "answered_since", "answered_since")


async def hand_over(connection: Connection, business: Business, message_id: UUID, minutes: float) -> float | None:
    """Mark a text as sending, or return the minutes until there is room."""
    outgoing = await deliveries.load_delivery(connection, business.business_id, message_id, at(minutes))
    assert outgoing is not None
    slot = await deliveries.save_sending(connection, business.business_id, outgoing, None, at(minutes))
    assert not isinstance(slot, str)
    return None if slot is None else (slot - at(minutes)).total_seconds()


async def test_a_line_hands_over_no_more_texts_than_its_rate(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        await connection.execute("update lines set texts_per_second = 0.5")
        ids = [await add(connection, harbor) for _ in range(3)]
        first = [await hand_over(connection, harbor, one, 0) for one in ids]
        second = [await hand_over(connection, harbor, one, 2 / 60) for one in ids[1:]]
        states = [(await look(connection, harbor, one))["state"] for one in ids]

    # Each is given its own moment, once: nobody has to ask again and again.
    assert first == [None, 2.0, 4.0]
    assert second == [None, 2.0]
    assert states == ["sending", "sending", "intended"]


async def test_a_line_without_a_rate_hands_over_everything_and_its_row_is_left_alone(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        await connection.execute("update lines set texts_per_second = 0")
        ids = [await add(connection, harbor) for _ in range(3)]
        assert [await hand_over(connection, harbor, one, 0) for one in ids] == [None] * 3
        assert await connection.fetchval("select count(next_text_at) from lines") == 0
        assert [(await look(connection, harbor, one))["attempts"] for one in ids] == [1] * 3


async def test_twenty_workers_at_once_are_given_twenty_moments(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        await connection.execute("update lines set texts_per_second = 1")
        ids = [await add(connection, harbor) for _ in range(CROWD)]

    async def hand(connection: Connection, number: int) -> float | None:
        return await hand_over(connection, harbor, ids[number], 0)

    given = await at_once(pool, harbor.business_id, hand)
    assert sorted(moment or 0.0 for moment in given) == [float(n) for n in range(CROWD)]


async def test_an_answer_to_an_earlier_attempt_does_not_settle_a_later_one(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        message_id = await add(connection, harbor, state="sending")
        await connection.execute("update messages set attempts = 2")
        for attempt, settles in ((1, False), (2, True), (2, False)):
            waits = {"state": "intended", "attempt": attempt, "send_at": LATER}
            settled = await deliveries.save_sent(connection, harbor.business_id, message_id, waits, exchange(), NOON)
            assert settled is settles, attempt
        message = await look(connection, harbor, message_id)

    assert (message["state"], message["send_at"]) == ("intended", LATER)


async def test_that_a_text_was_accepted_counts_whichever_attempt_it_answers(
    pool: asyncpg.Pool, harbor: Business
) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        for state in ("sending", "uncertain", "intended"):
            message_id = await add(connection, harbor, state=state)
            answer = {"state": "accepted", "attempt": 7, "provider_message_id": f"SM-{state}"}
            assert await deliveries.save_sent(connection, harbor.business_id, message_id, answer, exchange(), NOON)
            assert (await look(connection, harbor, message_id))["state"] == "accepted"


async def test_a_look_up_settles_an_uncertain_text_or_counts(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        message_id = await add(connection, harbor, state="uncertain")
        for found, state, lookups in ((None, "uncertain", 1), (None, "uncertain", 2), ("SM1", "accepted", 3)):
            asked = await deliveries.load_delivery(connection, harbor.business_id, message_id, LATER)
            assert asked is not None
            told = [await deliveries.save_found(connection, harbor.business_id, asked, found, LATER) for _ in range(2)]
            assert told == [True, False], "one look-up counts once"
            message = await look(connection, harbor, message_id)
            assert (message["state"], message["lookups"], message["provider_message_id"]) == (state, lookups, found)


async def test_only_a_text_that_may_not_have_gone_out_is_sent_again(pool: asyncpg.Pool, harbor: Business) -> None:
    again = {"uncertain": True, "rejected": True, "intended": False, "sending": False, "accepted": False,
             "dropped": False}  # fmt: skip
    async with business_transaction(pool, harbor.business_id) as connection:
        for state, wanted in again.items():
            message_id = await add(connection, harbor, state=state)
            before = await connection.fetchval("select count(*) from jobs.pgqueuer")
            told = [
                await deliveries.send_again(connection, harbor.business_id, message_id, attempt, LATER)
                for attempt in (1, 0)
            ]
            assert told == [False, wanted], state
            after = await connection.fetchval("select count(*) from jobs.pgqueuer")
            message = await look(connection, harbor, message_id)
            assert after - before == int(wanted), state
            assert message["state"] == ("intended" if wanted else state)


async def test_a_text_is_given_up_only_while_it_is_open(pool: asyncpg.Pool, harbor: Business) -> None:
    async with business_transaction(pool, harbor.business_id) as connection:
        for state in ("intended", "sending", "uncertain", "accepted", "dropped"):
            message_id = await add(connection, harbor, state=state)
            await deliveries.give_up(connection, harbor.business_id, message_id, "credentials", LATER)
            is_open = state in {"intended", "sending", "uncertain"}
            assert (await look(connection, harbor, message_id))["state"] == ("rejected" if is_open else state)


async def test_the_last_word_said_counts_and_not_the_last_one_filed(pool: asyncpg.Pool, harbor: Business) -> None:
    """START, then STOP a second later; the STOP is filed first. And a STOP said twice stands from the later one."""
    early, late = NOON, NOON + timedelta(seconds=1)

    def start(said_at: datetime) -> OptIn:
        return OptIn(harbor.lines[0].line_id, said_at, "START")

    async with business_transaction(pool, harbor.business_id) as connection:
        carla = await contacts.find_or_create_contact(connection, harbor.business_id, CARLA, NOON)
        stop = OptOut(harbor.lines[0].line_id, "keyword", late, "STOP")
        await contacts.save_opt_out(connection, harbor.business_id, carla, stop, LATER)
        assert not await contacts.end_opt_out(connection, harbor.business_id, carla, start(early))
        assert await contacts.is_opted_out(connection, harbor.business_id, carla)
        again = replace(stop, said_at=late + timedelta(seconds=1))
        await contacts.save_opt_out(connection, harbor.business_id, carla, again, LATER)
        assert not await contacts.end_opt_out(connection, harbor.business_id, carla, start(late))
        assert await contacts.end_opt_out(connection, harbor.business_id, carla, start(late + timedelta(seconds=2)))
