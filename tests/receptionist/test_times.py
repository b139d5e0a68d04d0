"""What texts say about days and hours, against one fixed present: Wednesday 18 November 2026, ten in the morning."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringback.receptionist.understanding.times import as_point, read_when
from ringback.receptionist.understanding.wishes import Frame, When, Wish
from tests.docs.pages import read, section

TODAY = date(2026, 11, 18)
PAGE = "reference/times.md"
FRAME = Frame(today=TODAY, minute=10 * 60)
ASKED_TIME = replace(FRAME, asked=frozenset({"time"}))
ASKED_DATE = replace(FRAME, asked=frozenset({"date"}))


def shown(wish: Wish) -> str:
    """A wish as one line: "first..last from-to", with a sign for what is open."""
    if wish.first_on == wish.last_on:
        days = wish.first_on.strftime("%m-%d") if wish.first_on else ""
    else:
        days = "..".join(day.strftime("%m-%d") if day else "" for day in (wish.first_on, wish.last_on))
    weekdays = "".join(str(weekday) for weekday in sorted(wish.weekdays))
    if wish.exact:
        hours = clock(wish.from_minute)
    elif wish.from_minute is None and wish.to_minute is None:
        hours = ""
    else:
        hours = f"{clock(wish.from_minute)}-{clock(wish.to_minute)}"
    return " ".join(piece for piece in (days, weekdays and f"w{weekdays}", hours) if piece)


def clock(minute: int | None) -> str:
    """Minutes after midnight as a clock shows them; nothing for an open end."""
    return "" if minute is None else f"{minute // 60}:{minute % 60:02}"


def wished(text: str, frame: Frame = FRAME, language: str = "en") -> list[str]:
    """All wishes of a text, each as one line."""
    return [shown(wish) for wish in read_when(text, frame, language).wishes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", ["11-18"]),
        ("tmrw after 3", ["11-19 15:00-"]),
        ("2moro works", ["11-19"]),
        ("day after tomorrow pls", ["11-20"]),
        ("the 7th", ["12-07"]),
        ("on the 18th", ["11-18"]),
        ("Dec 3rd", ["12-03"]),
        ("3 december", ["12-03"]),
        ("12/24 at 3", ["12-24 15:00"]),
        ("the first of the month", ["12-01"]),
        ("thurs 10ish", ["11-19 10:00"]),
        ("friday", ["11-20"]),
        ("this friday", ["11-20"]),
        ("nxt friday", ["11-27"]),
        ("friday next week", ["11-27"]),
        ("next week friday", ["11-27"]),
        ("thursday afternoon next week", ["11-26 12:00-17:00"]),
        ("sometime next week, preferably thursday", ["11-26"]),
        ("next week sometime", ["11-23..11-29"]),
        ("early next week", ["11-23..11-24"]),
        ("this weekend", ["11-21..11-22"]),
        ("end of the month", ["11-24..11-30"]),
        ("first week of december", ["12-01..12-07"]),
        ("in two weeks", ["12-02"]),
        ("a week from Monday", ["11-30"]),
        ("the day after christmas", ["12-26"]),
        ("the day after thanksgiving", ["11-27"]),
        ("last friday of december", ["12-25"]),
        ("mon-fri 9-5", ["11-23..11-27 9:00-17:00"]),
        ("monday through wednesday after 4", ["11-23..11-25 16:00-"]),
        ("the 5th to the 8th", ["12-05..12-08"]),
        ("before friday", ["..11-19"]),
        ("before the 14 jan", ["..01-13"]),
        ("a week today", ["11-25"]),
        ("by friday", ["..11-20"]),
        ("after the 10th", ["12-11.."]),
        ("from monday on", ["11-23.."]),
        ("weekdays after 5", ["w01234 17:00-"]),
        ("saturdays only", ["w5"]),
        ("any tuesday", ["w1"]),
    ],
)
def test_days_are_read_as_people_text_them(text: str, expected: list[str]) -> None:
    assert wished(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3pm", ["15:00"]),
        ("9.30", ["9:30"]),
        ("15h30", ["15:30"]),
        ("930am", ["9:30"]),
        ("at 10:45", ["10:45"]),
        ("half past 3", ["15:30"]),
        ("quarter to 3", ["14:45"]),
        ("quarter till five", ["16:45"]),
        ("20 past 11", ["11:20"]),
        ("ten fifteen am", ["10:15"]),
        ("three thirty in the afternoon", ["15:30"]),
        ("evening, 5:30", ["17:30"]),
        ("in the morning at eight", ["8:00"]),
        ("noon", ["12:00"]),
        ("around noon", ["12:00"]),
        ("4 o'clock", ["16:00"]),
        ('4 o"clock', ["16:00"]),
        ("before noon", ["-12:00"]),
        ("not before 10", ["10:00-"]),
        ("no later than 4", ["-16:00"]),
        ("I get off work at 4", ["16:00-"]),
        ("between 2 and 4", ["14:00-16:00"]),
        ("from 9 to 11:30", ["9:00-11:30"]),
        ("I'm free 10 to 2", ["10:00-14:00"]),
        ("2-4pm", ["14:00-16:00"]),
        ("after 1 but before 3", ["13:00-15:00"]),
        ("first thing", ["8:00-9:30"]),
        ("EOD", ["16:00-18:00"]),
        ("lunchtime", ["11:30-13:30"]),
        ("after work", ["17:00-"]),
        ("late afternoon", ["15:30-17:30"]),
        ("at 8 at night", ["20:00"]),
    ],
)
def test_hours_are_read_as_people_text_them(text: str, expected: list[str]) -> None:
    assert wished(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("either Monday or Tuesday morning", ["11-23 5:00-12:00", "11-24 5:00-12:00"]),
        ("3pm tuesday or thursday", ["11-24 15:00", "11-19 15:00"]),
        ("monday at 3 or tuesday at 4", ["11-23 15:00", "11-24 16:00"]),
        ("5pm today or 9am tomorrow", ["11-18 17:00", "11-19 9:00"]),
        ("monday at 3 or 4, tuesday at 5", ["11-23 15:00", "11-23 16:00", "11-24 17:00"]),
        ("friday 3 or 4", ["11-20 15:00", "11-20 16:00"]),
        ("monday 10-12 or thursday 2-4", ["11-23 10:00-12:00", "11-19 14:00-16:00"]),
        ("thursday or friday next week", ["11-26", "11-27"]),
        ("next week, thursday or friday morning", ["11-26 5:00-12:00", "11-27 5:00-12:00"]),
        ("can someone come today or tomorrow between 8 and 10", ["11-18 8:00-10:00", "11-19 8:00-10:00"]),
        ("may 5 or 6", ["05-05", "05-06"]),
        ("the 5th or 6th of may at 2", ["05-05 14:00", "05-06 14:00"]),
        ("Tuesday, no sorry Thursday", ["11-19"]),
        ("Tuesday at 3, actually 4", ["11-24 16:00"]),
        ("monday no friday", ["11-20"]),
        ("Tuesday at 3, I mean Thursday", ["11-19 15:00"]),
    ],
)
def test_alternatives_stay_apart_and_corrections_replace(text: str, expected: list[str]) -> None:
    assert wished(text) == expected


@pytest.mark.parametrize(
    ("text", "wishes", "refused"),
    [
        ("not Tuesday", [], ["11-24"]),
        ("can't do mornings", [], ["5:00-12:00"]),
        ("no mondays", [], ["w0"]),
        ("any day but friday", [], ["11-20"]),
        ("can't do tuesday but thursday works", ["11-19"], ["11-24"]),
        ("thursday doesn't work, how about friday", ["11-20"], ["11-19"]),
        ("Monday I'm busy", [], ["11-23"]),
        ("not this week, next week", ["11-23..11-29"], ["11-18..11-22"]),
        ("next week except friday", ["11-23..11-29"], ["11-27"]),
        ("do you have anything on friday", ["11-20"], []),
        ("I have something on friday", [], ["11-20"]),
        ("not monday or tuesday", [], ["11-23", "11-24"]),
        ("No, Friday", ["11-20"], []),
    ],
)
def test_what_is_refused_is_no_wish(text: str, wishes: list[str], refused: list[str]) -> None:
    when = read_when(text, FRAME)
    assert ([shown(wish) for wish in when.wishes], [shown(wish) for wish in when.not_wishes]) == (wishes, refused)


@pytest.mark.parametrize(
    ("text", "wishes", "replaced"),
    [
        ("move my 3pm appointment to 4", ["16:00"], ["15:00"]),
        ("can we do thursday instead of friday", ["11-19"], ["11-20"]),
        ("change my appointment from friday to monday", ["11-23"], ["11-20"]),
        ("move it to friday at 2", ["11-20 14:00"], []),
    ],
)
def test_what_is_to_be_moved_is_kept_apart_from_where_it_goes(
    text: str, wishes: list[str], replaced: list[str]
) -> None:
    when = read_when(text, FRAME)
    assert [shown(wish) for wish in when.wishes] == wishes
    assert [shown(replace(wish, last_on=wish.first_on)) for wish in when.instead_of] == replaced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hoy", ["11-18"]),
        ("mañana por la mañana", ["11-19 5:00-12:00"]),
        ("manana a las 3", ["11-19 15:00"]),
        ("pasado mañana a las 5 y media", ["11-20 17:30"]),
        ("el martes que viene", ["11-24"]),
        ("la semana que viene", ["11-23..11-29"]),
        ("el lunes de la semana que viene", ["11-23"]),
        ("el próximo martes en la tarde", ["11-24 12:00-17:00"]),
        ("a partir de las 3", ["15:00-"]),
        ("entre 2 y 4", ["14:00-16:00"]),
        ("de 2 a 4 el viernes", ["11-20 14:00-16:00"]),
        ("de lunes a miércoles", ["11-23..11-25"]),
        ("el 3 de marzo", ["03-03"]),
        ("3/4", ["04-03"]),
        ("el 20", ["11-20"]),
        ("el día 20 a la 1", ["11-20 13:00"]),
        ("el jueves 26 a las 9:30", ["11-26 9:30"]),
        ("un cuarto para las 3", ["14:45"]),
        ("3 menos cuarto", ["14:45"]),
        ("a la una de la tarde", ["13:00"]),
        ("a la una menos cuarto de la tarde", ["12:45"]),
        ("a las 8 de la noche", ["20:00"]),
        ("como a las 10", ["10:00"]),
        ("antes del viernes", ["..11-19"]),
        ("dentro de dos semanas", ["12-02"]),
        ("de hoy en ocho", ["11-25"]),
        ("a finales de mes", ["11-24..11-30"]),
        ("lunes o martes por la mañana", ["11-23 5:00-12:00", "11-24 5:00-12:00"]),
        ("el martes, perdón, el jueves", ["11-19"]),
        ("entre semana después de las 5", ["w01234 17:00-"]),
        ("para mañana a primera hora", ["11-19 8:00-9:30"]),
        ("al mediodía", ["12:00"]),
        ("esta noche a las 9", ["11-18 21:00"]),
        ("miercoles a las 3pm porfa", ["11-25 15:00"]),
        ("mañna a las 3", ["11-19 15:00"]),
    ],
)
def test_spanish_is_read_as_people_text_it(text: str, expected: list[str]) -> None:
    assert wished(text, language="es") == expected


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("el martes no puedo", ["11-24"]),
        ("no puedo por las mañanas", ["5:00-12:00"]),
        ("menos el martes", ["11-24"]),
        ("trabajo hasta las 5", ["-17:00"]),
    ],
)
def test_spanish_refusals_are_no_wishes(text: str, refused: list[str]) -> None:
    when = read_when(text, FRAME, "es")
    assert ([shown(wish) for wish in when.not_wishes], when.wishes) == (refused, ())


@pytest.mark.parametrize(
    "text",
    [
        "my number is 312-555-0101",
        "+1 312 555 0101",
        "it was $150 last time",
        "we are 4 people",
        "a table for 5",
        "for 4",
        "I live at 25 Nicholson Street",
        "apt 5",
        "3 kids and 2 dogs",
        "room 237",
        "it is on the 3rd floor",
        "I have 2 questions",
        "it takes 2 hours",
        "my zip is 60601",
        "I weigh 180 lbs",
        "3",
        "40%",
        "a size 10.5 shoe",
        "one second please",
        "unit 12",
        "it's 24/7 right?",
    ],
)
def test_numbers_that_are_no_times_are_left_alone(text: str) -> None:
    assert wished(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "there are three of us? no, just me",
        "may I ask something",
        "the sun is out",
        "we'd like to see Dr. April Lee",
        "good morning",
        "Morning! can you help me",
        "thank you so much",
        "I need money for the match",
        "see you later",
        "it started leaking since monday",
        "two days ago",
        "last week it was fine",
        "yesterday",
        "a tent for the marsh",
    ],
)
def test_words_that_look_like_times_are_left_alone(text: str) -> None:
    assert wished(text) == []


@pytest.mark.parametrize("text", ["tengo 3 hijos", "somos 4 personas", "buenas tardes", "vivo en la calle 25", "ayer"])
def test_spanish_words_and_numbers_that_are_no_times_are_left_alone(text: str) -> None:
    assert wished(text, language="es") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", ["15:00"]),
        ("3 works", ["15:00"]),
        ("11", ["11:00"]),
        ("2 or 3", ["14:00", "15:00"]),
        ("1130", ["11:30"]),
        ("one", ["13:00"]),
        ("one works", ["13:00"]),
        ("do you have one for two pm", ["14:00"]),
        ("I would like one please", []),
    ],
)
def test_a_bare_number_answers_the_question_for_a_time(text: str, expected: list[str]) -> None:
    assert wished(text, ASKED_TIME) == expected


@pytest.mark.parametrize(("text", "expected"), [("12", ["12-12"]), ("20th", ["11-20"]), ("2 people", [])])
def test_a_bare_number_answers_the_question_for_a_day(text: str, expected: list[str]) -> None:
    assert wished(text, ASKED_DATE) == expected


@pytest.mark.parametrize(
    ("hours", "text", "minute", "unsure"),
    [
        ((8, 18), "at 9", 9, False),
        ((8, 18), "at 5", 17, False),
        ((8, 18), "at 6", 18, False),
        ((8, 18), "at 7", 19, True),
        ((8, 21), "at 8", 8, True),
        ((12, 22), "at 9", 21, False),
        ((8, 21), "at 8 in the evening", 20, False),
        ((8, 21), "at 8am", 8, False),
    ],
)
def test_the_opening_hours_settle_am_and_pm_or_leave_it_to_a_question(
    hours: tuple[int, int], text: str, minute: int, unsure: bool
) -> None:
    frame = replace(FRAME, open_from=hours[0] * 60, open_to=hours[1] * 60)
    (wish,) = read_when(text, frame).wishes
    assert (wish.from_minute, wish.half_unsure) == (minute * 60, unsure)


@pytest.mark.parametrize(
    ("text", "unsure"),
    [
        ("next friday", True),
        ("next tuesday", False),
        ("wednesday", True),
        ("friday the 20th", False),
        ("monday the 24th", True),
        ("tuesday november 23", True),
    ],
)
def test_a_day_that_may_be_another_one_is_marked(text: str, unsure: bool) -> None:
    (wish,) = read_when(text, FRAME).wishes
    assert wish.day_unsure is unsure


def test_ten_to_two_may_be_a_range_and_is_marked() -> None:
    (wish,) = read_when("10 to 2", FRAME).wishes
    assert wish.half_unsure


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("asap please", {"soonest"}),
        ("first available", {"soonest"}),
        ("whenever works for you", {"any_time"}),
        ("I'm flexible", {"any_time"}),
        ("anything earlier?", {"earlier"}),
        ("do you have something later", {"later"}),
        ("later", {"later"}),
        ("not now", set()),
        ("anytime after 3", set()),
    ],
)
def test_wishes_without_a_time_are_flags(text: str, flags: set[str]) -> None:
    when = read_when(text, FRAME)
    assert {name for name in ("soonest", "any_time", "earlier", "later") if getattr(when, name)} == flags


def test_about_is_kept_and_a_named_zone_gives_no_minute_to_read_back() -> None:
    (about,) = read_when("10ish", FRAME).wishes
    elsewhere = read_when("tomorrow at 3pm EST", FRAME)

    assert about.about
    assert as_point(elsewhere) == (date(2026, 11, 19), None)


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("friday after 3", (date(2026, 11, 20), 15 * 60)),
        ("before friday", (date(2026, 11, 20), None)),
        ("tomorrow before 4", (date(2026, 11, 19), 16 * 60)),
        ("tuesday morning", (date(2026, 11, 24), None)),
        ("saturdays", (None, None)),
        ("hello", (None, None)),
    ],
)
def test_the_point_is_the_first_wish_and_the_end_that_was_named(
    text: str, point: tuple[date | None, int | None]
) -> None:
    assert as_point(read_when(text, FRAME)) == point


@pytest.mark.parametrize(
    ("typo", "meant"),
    [
        ("tommorow at 3", "tomorrow at 3"),
        ("wendesday mornng", "wednesday morning"),
        ("satuday afternon", "saturday afternoon"),
        ("decmber 3", "december 3"),
        ("hlaf past thre", "half past three"),
    ],
)
def test_a_slip_of_the_thumb_reads_as_what_was_meant(typo: str, meant: str) -> None:
    assert wished(typo) == wished(meant) != []


@pytest.mark.parametrize("heading", ["Days", "Hours", "Several wishes, refusals, corrections", "Spanish"])
def test_every_example_of_the_page_on_times_is_understood(heading: str) -> None:
    language = "es" if heading == "Spanish" else "en"
    cells = [row.split("|")[1] for row in section(read(PAGE), f"## {heading}").splitlines() if row.startswith("| ")][1:]
    examples = [example.strip() for cell in cells for example in cell.split("·")]

    assert len(examples) >= 10
    assert [example for example in examples if read_when(example, FRAME, language) == When()] == []


_PIECES = st.sampled_from(
    (
        "monday tuesday sat sun next this the 3rd 5th 12 3 30 pm am at on or and not after before to from between "
        "half past quarter march may 3/4 10:30 2-4 week month weekend morning noon tomorrow , . ? in two hours days "
        "sorry move first last end of christmas 2027 1130 martes mañana a las de la tarde y media el que viene hasta "
        "$50 wed 31 29"
    ).split()
)
_TEXTS = st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=14).map(" ".join))
_DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31))


@settings(deadline=None, max_examples=400)
@given(text=_TEXTS, today=_DAYS, language=st.sampled_from(["en", "es"]))
def test_any_text_is_read_without_a_crash_and_twice_alike(text: str, today: date, language: str) -> None:
    frame = Frame(today=today, minute=600)
    when = read_when(text, frame, language)
    assert when == read_when(text, frame, language)
    assert all(_is_whole(wish) for wish in (*when.wishes, *when.not_wishes, *when.instead_of))


def _is_whole(wish: Wish) -> bool:
    minutes = [minute for minute in (wish.from_minute, wish.to_minute) if minute is not None]
    in_order = wish.first_on is None or wish.last_on is None or wish.first_on <= wish.last_on
    return in_order and all(0 <= minute <= 1440 for minute in minutes) and minutes == sorted(minutes)


@settings(deadline=None, max_examples=200)
@given(
    day=st.sampled_from(["monday", "tues", "wednesday", "thurs", "friday", "sat", "sunday"]),
    lead=st.sampled_from(["", "this ", "next ", "on ", "a week from ", "can i come "]),
    tail=st.sampled_from(["", " at 3", " morning", " or so"]),
    today=_DAYS,
)
def test_a_named_weekday_is_never_in_the_past_and_is_that_weekday(day: str, lead: str, tail: str, today: date) -> None:
    (wish,) = read_when(f"{lead}{day}{tail}", Frame(today=today)).wishes
    assert wish.first_on is not None
    assert today <= wish.first_on <= today + timedelta(days=21)
    assert wish.first_on.strftime("%A").lower().startswith(day[:3])


@settings(deadline=None, max_examples=200)
@given(text=st.text(alphabet="bcdfghjklqvxz ", max_size=80), language=st.sampled_from(["en", "es"]))
def test_a_text_without_time_words_says_nothing(text: str, language: str) -> None:
    assert replace(read_when(text, FRAME, language), any_time=False) == When()


def test_a_very_long_text_is_cut_and_still_read() -> None:
    assert wished("friday at 3 " + "x1 " * 100_000) == ["11-20 15:00"]
