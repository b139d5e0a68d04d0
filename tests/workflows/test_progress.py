"""What the carrier says of a text of ours: in any order, before our answer, or instead of it."""

from itertools import permutations

import pytest

from tests.workflows.desk import Desk
from tests.workflows.phone_company import Treatment, answer
from tests.workflows.test_deliver import LOST, learned_from


async def handed_over(desk: Desk) -> tuple[str, str]:
    """A text-back that the company took: our id and theirs."""
    message_id = await desk.miss()
    await desk.work(10)
    return str(message_id), desk.company.kept[0]["sid"]


@pytest.mark.parametrize("order", list(permutations(["queued", "sent", "delivered"])))
async def test_a_text_ends_as_delivered_whatever_the_order_of_the_reports(desk: Desk, order: tuple[str, ...]) -> None:
    message_id, sid = await handed_over(desk)
    for status in order:
        for _ in range(2):
            await desk.progress(sid, status, message_id)
            await desk.work()
    [message] = await desk.table("messages")
    assert (message["state"], message["delivery"]) == ("accepted", "delivered")


async def test_a_report_that_overtakes_the_answer_stands(desk: Desk) -> None:
    """The status callback comes while the POST is still open, and then the answer is lost."""

    async def report(form: dict[str, str]) -> None:
        [message] = await desk.table("messages")
        await desk.progress(form["sid"], "sent", message["message_id"])
        await desk.work(only="note_progress")

    desk.company.meanwhile = report
    desk.company.treats.append(Treatment(keeps=True, says=LOST))
    await desk.miss()
    await desk.work(120)
    [message] = await desk.table("messages")
    assert (message["state"], message["delivery"]) == ("accepted", "sent")
    assert (len(desk.company.posts), desk.company.look_ups) == (1, 0)


async def test_a_report_settles_an_uncertain_text_without_a_look_up(desk: Desk) -> None:
    desk.company.treats.append(Treatment(keeps=True, says=LOST))
    message_id = await desk.miss()
    await desk.work(3.5)
    assert (await desk.message(message_id))["state"] == "uncertain"
    await desk.progress(desk.company.kept[0]["sid"], "delivered", message_id)
    await desk.work(120)
    message = await desk.message(message_id)
    assert (message["state"], message["delivery"]) == ("accepted", "delivered")
    assert (len(desk.company.posts), desk.company.look_ups) == (1, 0)


async def test_a_report_without_our_reference_finds_its_text_by_the_companys_id(desk: Desk) -> None:
    _, sid = await handed_over(desk)
    await desk.progress(sid, "delivered")
    await desk.work()
    assert [row["delivery"] for row in await desk.table("messages")] == ["delivered"]


@pytest.mark.parametrize("reference", ["", "no-id", "00000000-0000-0000-0000-000000000404"])
async def test_a_report_about_no_text_of_ours_changes_nothing(desk: Desk, reference: str) -> None:
    await handed_over(desk)
    await desk.progress("SM-someone-elses", "failed", reference, ErrorCode="30006")
    await desk.work()
    assert [row["delivery"] for row in await desk.table("messages")] == [None]
    assert all(row["handled_at"] for row in await desk.table("inbound_events"))


@pytest.mark.parametrize(
    ("status", "code", "kind", "learned"),
    [
        ("undelivered", "30006", "landline", {"contact_marks": ["untextable"], "call_backs": 1}),
        ("undelivered", "30007", "filtered", {"call_backs": 1}),
        ("undelivered", "30004", "carrier_blocked", {"contact_marks": ["untextable"], "call_backs": 1}),
        ("undelivered", "30450", "pumping", {"alarms": ["pumping"], "call_backs": 1}),
        ("undelivered", "30610", "quiet_held", {"call_backs": 1}),
        ("failed", "30034", "unregistered", {"alarms": ["unregistered"], "call_backs": 1}),
        ("undelivered", "21610", "opted_out", {"opt_outs": ["carrier_error"]}),
        ("undelivered", "30003", "handset_off", {"call_backs": 1}),
        ("failed", "", "unknown", {"call_backs": 1}),
    ],
)
async def test_a_text_that_did_not_arrive_teaches_as_a_refused_one(
    desk: Desk, status: str, code: str, kind: str, learned: dict[str, object]
) -> None:
    message_id, sid = await handed_over(desk)
    more = {"ErrorCode": code} if code else {}
    for _ in range(2):
        await desk.progress(sid, status, message_id, **more)
        await desk.work()
    [message] = await desk.table("messages")
    assert (message["delivery"], message["error_kind"]) == (status, kind)
    nothing: dict[str, object] = {"opt_outs": [], "contact_marks": [], "alarms": [], "call_backs": 0}
    assert await learned_from(desk) == {**nothing, **learned}


async def test_a_late_failure_of_a_text_that_arrived_teaches_nothing(desk: Desk) -> None:
    message_id, sid = await handed_over(desk)
    await desk.progress(sid, "delivered", message_id)
    await desk.work()
    await desk.progress(sid, "failed", message_id, ErrorCode="30006")
    await desk.work()
    [message] = await desk.table("messages")
    assert (message["delivery"], message["error_kind"]) == ("delivered", None)
    assert (await learned_from(desk))["contact_marks"] == []


async def test_a_report_never_revives_a_text_that_was_refused(desk: Desk) -> None:
    desk.company.treats.append(Treatment(keeps=False, says=answer(400, {"code": 21211})))
    message_id = await desk.miss()
    await desk.work(10)
    await desk.progress("SM-late", "queued", message_id)
    await desk.work()
    assert (await desk.message(message_id))["state"] == "rejected"
