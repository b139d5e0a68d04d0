"""The reference of outgoing hooks has every event, and each example has the fields that are sent."""

import json
import re
from datetime import UTC, datetime
from uuid import UUID

import pytest

from ringback.domain.outgoing_hooks import (
    MOST_A_MINUTE,
    OFF_AFTER_DAYS,
    TEST,
    Happened,
    HookEvent,
    pause_seconds,
    write_body,
)
from tests.architecture.sources import ROOT
from tests.cast import harbor

PAGE = (ROOT / "docs" / "reference" / "outgoing-hooks.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "how-to" / "outgoing-hooks.md").read_text(encoding="utf-8")
AT = datetime(2026, 11, 18, 16, tzinfo=UTC)
ID = UUID("01930000-0000-7000-8000-000000000001")
FACTS = {
    "outcome": "busy", "service": "Tune-up", "starts_at": AT.isoformat(), "ends_at": AT.isoformat(), "state": "booked",
    "staff_id": str(ID), "price_cents": 1, "urgent": True, "source": "keyword",
}  # fmt: skip
NOW = {
    "contact_id": ID, "phone": "+13125550142", "contact_name": "Carla", "line_id": ID, "line_number": "+13125550100",
    "line_label": "Main", "caller": "+13125550142", "at": AT, "body": "bleeding", "pictures": 1, "thread_id": ID,
    "call_id": ID, "staff_name": "Sam", "for_whom": "her son", "address": "1 Main St",
}  # fmt: skip


def shape(value: object) -> object:
    """The names of fields, at every depth."""
    return {name: shape(inner) for name, inner in value.items()} if isinstance(value, dict) else None


def body_of(kind: str, *, hidden: bool = False) -> dict[str, object]:
    return write_body(Happened(kind, ID, AT, FACTS, NOW), harbor(), hidden=hidden)


def section(kind: str) -> str:
    return PAGE.partition(f"### `{kind}`\n")[2].partition("\n### ")[0]


def test_every_event_has_its_section_and_no_other_has_one() -> None:
    assert set(re.findall(r"^### `(.+)`$", PAGE, re.MULTILINE)) == {event.value for event in HookEvent}
    assert f"`{TEST}`" in PAGE


@pytest.mark.parametrize("event", list(HookEvent))
def test_each_example_has_the_fields_that_are_sent(event: HookEvent) -> None:
    examples = re.findall(r"```json\n(.*?)```", section(event), re.DOTALL)
    if event in (HookEvent.BOOKING_CHANGED, HookEvent.BOOKING_CANCELLED):
        assert examples == []
        examples = re.findall(r"```json\n(.*?)```", section(HookEvent.BOOKING_CREATED), re.DOTALL)

    assert shape(json.loads(examples[0])) == shape(body_of(event)["data"])


def test_the_frame_has_the_fields_of_the_table() -> None:
    table = PAGE.partition("## Body")[2].partition("###")[0]

    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(body_of("call.missed"))


@pytest.mark.parametrize("event", list(HookEvent))
def test_hidden_bodies_have_the_same_fields_and_nothing_of_the_person(event: HookEvent) -> None:
    hidden, whole = body_of(event, hidden=True), body_of(event)

    assert shape(hidden) == shape(whole)
    told = json.dumps(hidden)
    for word in ("Carla", "+13125550142", "bleeding", "her son", "1 Main St", "Tune-up"):
        assert word not in told
        assert word in json.dumps([body_of(one) for one in HookEvent])


def test_an_erased_contact_leaves_nothing_behind() -> None:
    body = write_body(Happened("message.received", ID, AT, {}, {}), harbor(), hidden=False)

    assert body["data"]["contact"] is None
    assert body["data"]["message"]["body"] is None


def test_pauses_and_limits_are_those_of_the_code() -> None:
    assert [pause_seconds(tries) for tries in range(1, 9)] == [5, 30, 120, 600, 1800, 3600, 7200, 7200]
    assert "5 s, 30 s, 2 min, 10 min, 30 min, 1 h, then every 2 h" in " ".join(PAGE.split())
    assert f"At most {MOST_A_MINUTE} messages a minute" in PAGE
    assert OFF_AFTER_DAYS == 3
    assert "nothing for three days is switched off" in " ".join(GUIDE.split())
