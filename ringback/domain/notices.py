"""Notices: what staff are told, on which way, and what is tried next when nobody has seen it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class NoticeKind(StrEnum):
    """What a notice is about."""

    REPLY_DUE = "reply_due"
    ASSIGNED = "assigned"
    ESCALATED = "escalated"
    EMERGENCY = "emergency"
    CALL_BACK_DUE = "call_back_due"
    ALARM = "alarm"
    REPORT = "report"
    # Asked for on the page of one's own notices, to see that they arrive.
    TEST = "test"


class Channel(StrEnum):
    """The ways to a person, the quickest first."""

    PUSH = "push"
    SMS = "sms"
    EMAIL = "email"


# What wakes people: everything else waits for the end of their quiet hours, but for the third where they allow it.
_LOUD = frozenset([NoticeKind.EMERGENCY, NoticeKind.TEST])
_URGENT = frozenset([*_LOUD, NoticeKind.ESCALATED])
# A reply by anybody settles these. A thread can be made somebody's while nobody waits in it.
_SETTLED_BY_A_REPLY = frozenset([NoticeKind.REPLY_DUE, NoticeKind.ESCALATED])


@dataclass(frozen=True, slots=True)
class StaffNoticePolicy:
    """How one person wants to be told: channels in the order in which they are tried, and their own quiet hours.

    `quiet_from` and `quiet_until` are times of day where the business is ("22:00"); both or none. `urgent_through`:
    what was escalated to them comes through.
    """

    channels: tuple[Channel, ...] = (Channel.PUSH, Channel.SMS, Channel.EMAIL)
    quiet_from: time | None = None
    quiet_until: time | None = None
    urgent_through: bool = False


def is_quiet(policy: StaffNoticePolicy, zone: str, at: datetime) -> bool:
    """Return whether an instant lies in a person's quiet hours."""
    if policy.quiet_from is None or policy.quiet_until is None:
        return False
    clock = at.astimezone(ZoneInfo(zone)).time()
    if policy.quiet_from <= policy.quiet_until:
        return policy.quiet_from <= clock < policy.quiet_until
    return clock >= policy.quiet_from or clock < policy.quiet_until


def choose_send_at(kind: NoticeKind, policy: StaffNoticePolicy, zone: str, now: datetime) -> datetime:
    """Return when a notice may go: at once, or at the end of the person's quiet hours; an emergency never waits."""
    passes = _URGENT if policy.urgent_through else _LOUD
    if kind in passes or policy.quiet_until is None or not is_quiet(policy, zone, now):
        return now
    local = now.astimezone(ZoneInfo(zone))
    ends = local.replace(hour=policy.quiet_until.hour, minute=policy.quiet_until.minute, second=0, microsecond=0)
    if ends <= local:
        ends += timedelta(days=1)
    return ends.astimezone(now.tzinfo)


def is_settled_by_reply(kind: NoticeKind) -> bool:
    """Return whether a notice is no longer worth sending once somebody has answered its thread."""
    return kind in _SETTLED_BY_A_REPLY


def choose_channel(
    policy: StaffNoticePolicy,
    reachable: Collection[Channel],
    tried: Collection[Channel] = (),
    allowed: Iterable[Channel] | None = None,
) -> Channel | None:
    """Return the way to try next: the first of the person's own that reaches them, was not tried and is allowed."""
    wanted: Sequence[Channel] = policy.channels
    if allowed is not None:
        # The sender asks for certain ways: the person's order holds, and what they switched off comes last.
        asked = frozenset(allowed)
        wanted = [*(c for c in policy.channels if c in asked), *(c for c in Channel if c in asked - {*policy.channels})]
    return next((channel for channel in wanted if channel in reachable and channel not in tried), None)
