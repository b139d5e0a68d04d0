"""Talks in any order, with repeats, lost jobs and two workers: one answer to each text, none after STOP or a person."""

from dataclasses import dataclass, field, replace
from uuid import UUID

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from ringback.workflows import upkeep
from ringback.workflows.context import Context
from ringback.workflows.converse import take_turn
from ringback.workflows.handing_back import resume
from ringback.workflows.replies import Reply, send_reply
from tests.cast import NOON, TestClock
from tests.workflows.desk import Desk
from tests.workflows.talk import open_talk

EXAMPLES = 60
MOVES = ("text", "text", "text again", "STOP", "START", "Olga writes", "hand back", "turn", "lose jobs", "tick")
PAUSES = (0, 0, 1, 3, 5, 30)


@dataclass
class Told:
    """What happened in a talk, in order: texts that arrived, who spoke, and what left."""

    events: list[str] = field(default_factory=list)
    texts: int = 0
    last: tuple[str, str] = ("", "")


async def make(desk: Desk, told: Told, move: str) -> None:
    """Let one thing happen."""
    match move:
        case "text":
            told.texts += 1
            told.last = (f"Text {told.texts}", f"SM-{told.texts}")
            await desk.text(*told.last)
        case "text again" if told.last[0]:
            await desk.text(*told.last)
        case "STOP" | "START":
            told.texts += 1
            await desk.text(move, f"SM-{told.texts}")
        case "Olga writes" | "hand back" | "turn":
            await _in_thread(desk, told, move)
        case "lose jobs":
            await desk.forget_jobs()
        case "tick":
            desk.clock.pass_time(130)
            await upkeep.sweep(desk.context)
            await upkeep.start_due(desk.context)


async def _in_thread(desk: Desk, told: Told, move: str) -> None:
    business_id = desk.business.business_id
    for thread in await desk.table("threads"):
        thread_id: UUID = thread["thread_id"]
        if move == "turn":
            await take_turn(desk.context, business_id, thread_id)
        elif move == "hand back":
            await resume(desk.context, business_id, thread_id)
        else:
            told.texts += 1
            reply = Reply(thread_id, UUID(int=(0xA11CE << 64) + told.texts), f"Olga {told.texts}", "Olga")
            await send_reply(desk.context, business_id, reply)


def after(events: list[dict[str, object]]) -> list[str]:
    """What is wrong with an order of texts in and out of one thread."""
    wrong, stopped = [], False
    for event in events:
        stopped = event["body"] == "STOP" or (stopped and event["body"] != "START")
        if stopped and event["purpose"] in ("receptionist", "follow_up"):
            wrong.append(f"{event['body']} left after STOP")
    return wrong


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.sampled_from(MOVES), st.sampled_from(PAUSES)), min_size=2, max_size=14))
async def test_whatever_happens_each_text_is_answered_once_at_most_and_never_against_a_word(
    context: Context, moves: list[tuple[str, int]]
) -> None:
    clock = TestClock(NOON)
    desk, parrot = await open_talk(replace(context, clock=clock), clock)
    told = Told()
    note(str(moves))
    for move, seconds in moves:
        # Two things of one instant have no order to be judged by.
        clock.pass_time(0.01)
        await make(desk, told, move)
        await desk.work(seconds)
    await desk.work(30)
    heard = [text for happened in parrot.heard for text in getattr(happened, "texts", ())]
    # One turn for each text, and one text that leaves for each turn.
    assert len(heard) == len(set(heard))
    answers = [post["Body"] for post in desk.company.posts if post["Body"].startswith("You said")]
    assert len(answers) == len(set(answers)) <= len(await desk.table("turns"))
    # In the order in which things were filed and left, none of ours is after a STOP or on top of a person.
    order = await desk.fetch(
        "select body, purpose, coalesce(sending_at, created_at) as at from messages where business_id = $1 "
        "and state in ('received', 'accepted') order by coalesce(sending_at, created_at), direction, message_id"
    )
    assert after(order) == []
    overtaken = await desk.fetch(
        "select r.body from messages r join messages p using (business_id, thread_id) where r.business_id = $1 "
        "and r.purpose = 'receptionist' and p.purpose = 'reply' and r.state = 'accepted' "
        "and r.created_at <= p.created_at and r.sending_at > p.created_at"
    )
    assert overtaken == []
    # Nobody is forgotten: what was not answered needs a person, unless the contact wants nothing more.
    left = await desk.fetch("select 1 from messages where business_id = $1 and unheard")
    lost = any(move == "lose jobs" for move, _ in moves)
    assert lost or left == []
