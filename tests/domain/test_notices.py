"""Which way a notice goes, when, and what it says."""

from datetime import UTC, datetime, time

import pytest

from ringback.domain.notice_texts import NoticeWords, letter, lock_screen, notice_text, title
from ringback.domain.notices import (
    Channel,
    NoticeKind,
    StaffNoticePolicy,
    choose_channel,
    choose_send_at,
    is_quiet,
    is_settled_by_reply,
)

PUSH, SMS, EMAIL = Channel.PUSH, Channel.SMS, Channel.EMAIL
ALL = frozenset(Channel)
NIGHT = StaffNoticePolicy(quiet_from=time(22), quiet_until=time(7))
CHICAGO = "America/Chicago"


def words(said: str = "Carla is waiting.", language: str = "en") -> NoticeWords:
    return NoticeWords(NoticeKind.REPLY_DUE, "Harbor Dental", said, "https://calls.example/threads", language)


@pytest.mark.parametrize(
    ("order", "reachable", "tried", "allowed", "chosen"),
    [
        ((PUSH, SMS, EMAIL), ALL, (), None, PUSH),
        ((PUSH, SMS, EMAIL), {SMS, EMAIL}, (), None, SMS),
        ((PUSH, SMS, EMAIL), ALL, (PUSH,), None, SMS),
        ((EMAIL, PUSH), ALL, (EMAIL,), None, PUSH),
        ((EMAIL,), ALL, (EMAIL,), None, None),
        ((PUSH, SMS, EMAIL), ALL, (), {EMAIL, SMS}, SMS),
        ((PUSH,), ALL, (), {EMAIL}, EMAIL),
        ((PUSH,), {PUSH}, (), {EMAIL}, None),
        ((PUSH, SMS), set(), (), None, None),
    ],
)
def test_the_next_way_is_the_first_of_ones_own_that_is_left(
    order: tuple[Channel, ...],
    reachable: set[Channel],
    tried: tuple[Channel, ...],
    allowed: set[Channel] | None,
    chosen: Channel | None,
) -> None:
    assert choose_channel(StaffNoticePolicy(order), reachable, tried, allowed) is chosen


@pytest.mark.parametrize(
    ("at", "send_at"),
    [
        # 22:00 in Chicago is 04:00 UTC in winter.
        (datetime(2026, 11, 18, 3, 59, tzinfo=UTC), datetime(2026, 11, 18, 3, 59, tzinfo=UTC)),
        (datetime(2026, 11, 18, 4, 0, tzinfo=UTC), datetime(2026, 11, 18, 13, 0, tzinfo=UTC)),
        (datetime(2026, 11, 18, 12, 59, tzinfo=UTC), datetime(2026, 11, 18, 13, 0, tzinfo=UTC)),
        (datetime(2026, 11, 18, 13, 0, tzinfo=UTC), datetime(2026, 11, 18, 13, 0, tzinfo=UTC)),
    ],
)
def test_a_notice_waits_for_the_morning_of_the_business(at: datetime, send_at: datetime) -> None:
    assert choose_send_at(NoticeKind.REPLY_DUE, NIGHT, CHICAGO, at) == send_at
    assert is_quiet(NIGHT, CHICAGO, at) is (send_at != at)
    assert choose_send_at(NoticeKind.EMERGENCY, NIGHT, CHICAGO, at) == at
    assert choose_send_at(NoticeKind.REPLY_DUE, StaffNoticePolicy(), CHICAGO, at) == at


def test_quiet_hours_that_end_in_the_night_of_a_clock_change_end_once() -> None:
    policy = StaffNoticePolicy(quiet_from=time(22), quiet_until=time(1, 30))
    # In the night to 1 November 2026, 1:30 comes twice in Chicago: the first counts.
    at = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)

    assert choose_send_at(NoticeKind.REPORT, policy, CHICAGO, at) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_a_reply_settles_what_asks_for_one_and_nothing_else() -> None:
    assert [kind for kind in NoticeKind if is_settled_by_reply(kind)] == [NoticeKind.REPLY_DUE, NoticeKind.ESCALATED]


def test_a_lock_screen_shows_no_words_without_leave() -> None:
    assert lock_screen(words(), shows_words=False) == ("A reply is due", "Harbor Dental")
    assert lock_screen(words(), shows_words=True) == ("A reply is due", "Carla is waiting. · Harbor Dental")
    assert "Carla" not in "".join(letter(words(), "https://calls.example/me/notices", shows_words=False))


def test_a_text_keeps_its_link_however_long_the_words_are() -> None:
    text = notice_text(words("water " * 200))

    assert len(text) <= 400
    assert text.startswith("Harbor Dental: water")
    assert text.endswith("… https://calls.example/threads")


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_kind_has_a_title_in_both_languages(kind: NoticeKind) -> None:
    assert title(kind, "en") != title(kind, "es")
    assert title(kind, "fr") == title(kind, "en")
