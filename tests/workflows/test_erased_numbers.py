"""Who was erased and had opted out is not texted when they call, write or are booked again; START still counts."""

import pytest

from ringback.domain.textback import Mark
from ringback.store import contacts, threads
from ringback.store.contacts import NewMark, OptOut
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.workflows.contact_import import Who
from ringback.workflows.erasing import erase_contact
from ringback.workflows.replies import Refused, Reply, send_reply
from tests.cast import CARLA
from tests.workflows.desk import Desk

SECOND_CALL = "CA" + "9" * 32
WAYS = ("opted_out", "do_not_text")


async def carla_is_erased(desk: Desk, way: str | None) -> None:
    """Carla called, asked for no texts or was marked, and is erased."""
    business, now = desk.business, desk.clock.now()
    async with business_transaction(desk.context.pool, business.business_id) as connection:
        contact_id = await contacts.find_or_create_contact(connection, business.business_id, CARLA, now)
        if way == "opted_out":
            await contacts.save_opt_out(connection, business.business_id, contact_id, OptOut(None, "staff", now), now)
        if way == "do_not_text":
            mark = NewMark(Mark.DO_NOT_TEXT, "she asked", "Olga")
            await contacts.add_mark(connection, business.business_id, contact_id, mark, now)
        erased = await erase_contact(desk.context, connection, business, contact_id, Who("Olga", None), now)
    assert erased is not None
    assert erased.keeps_opt_out == (way is not None)
    desk.clock.pass_time(60)


async def call_again(desk: Desk) -> tuple[str, str | None]:
    """Carla calls and is missed; return the decision and its Reason."""
    await desk.ring(SECOND_CALL)
    await desk.dialed(call=SECOND_CALL)
    await desk.work(30)
    [row] = await desk.decisions()
    return row["decision"], row["reason"]


@pytest.mark.parametrize("way", WAYS)
async def test_an_erased_contact_who_opted_out_is_not_texted_when_they_call_again(desk: Desk, way: str) -> None:
    await carla_is_erased(desk, way)

    assert await call_again(desk) == ("skip", "opted_out")
    assert desk.company.posts == []
    [standing] = [row for row in await desk.table("opt_outs") if row["ended_at"] is None and row["source"] == "erased"]
    assert standing["words"] is None
    assert await desk.table("erased_numbers") == [], "the number is a contact's again: nothing is kept beside it"


async def test_an_erased_contact_who_never_opted_out_is_texted_as_a_new_caller(desk: Desk) -> None:
    await carla_is_erased(desk, None)

    assert await desk.table("erased_numbers") == []
    assert await call_again(desk) == ("send", None)
    assert len(desk.company.posts) == 1


async def test_what_is_kept_of_the_number_does_not_hold_it_and_cannot_be_tried_out(desk: Desk) -> None:
    await carla_is_erased(desk, "opted_out")

    [kept] = await desk.table("erased_numbers")
    [key] = await desk.fetch(
        "select value from installation_keys where name = 'erased_numbers' and $1::uuid is not null"
    )
    assert len(kept["number_hmac"]) == 32
    assert CARLA[2:] not in str(await desk.table("contacts"))
    assert list(key["value"]) == ["sealed"]


async def test_a_text_that_somebody_here_writes_to_them_is_dropped_at_the_last_moment(desk: Desk) -> None:
    await carla_is_erased(desk, "opted_out")
    business_id, now = desk.business.business_id, desk.clock.now()
    async with business_transaction(desk.context.pool, business_id) as connection:
        # An import or a booking makes a contact of the number without a call.
        contact_id = await contacts.find_or_create_contact(connection, business_id, CARLA, now)
        line_id = desk.line.line_id
        thread_id = await threads.find_or_create_thread(connection, business_id, contact_id, line_id, now)
    answer = await send_reply(desk.context, business_id, Reply(thread_id, new_id(), "Hello Carla", "Sam"))
    await desk.work(30)

    assert not isinstance(answer, Refused)
    assert desk.company.posts == []
    [message] = [row for row in await desk.table("messages") if row["body"] == "Hello Carla"]
    assert (message["state"], message["error_kind"]) == ("dropped", "opted_out")


async def test_start_from_an_erased_number_ends_the_opt_out_that_was_kept(desk: Desk) -> None:
    await carla_is_erased(desk, "opted_out")
    await desk.text("START")
    await desk.work(30)

    [standing] = [row for row in await desk.table("opt_outs") if row["source"] == "erased"]
    assert standing["ended_at"] is not None
    assert await desk.table("erased_numbers") == []


async def test_no_job_is_left_that_would_work_on_what_was_erased(desk: Desk) -> None:
    await desk.ring()
    await desk.dialed()
    await desk.work(2.5, only="settle_call")
    assert [job["entrypoint"] for job in await desk.jobs() if job["entrypoint"] == "deliver"] == ["deliver"]
    await carla_is_erased(desk, None)
    await desk.work(60)

    assert desk.company.posts == []
    assert {row["state"] for row in await desk.table("messages")} == {"dropped"}
