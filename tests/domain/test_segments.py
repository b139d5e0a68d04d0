"""Segments are counted as Twilio's own calculator counts them, and the plain look-alikes are right."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.graphemes import split_graphemes
from ringback.domain.segments import Encoding, Segments, count_segments, gsm7_like, smart_replacements

ORACLE = Path(__file__).with_name("segments_oracle.mjs")
PACKAGE = "sms-segments-calculator@1.3.0"
TEXTS = 100_000

PLAIN = "abcdefghijklmnopqrstuvwxyz ABC 0123456789 .,!?@£$¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¡ÄÖÑÜ§¿äöñüà\n\r"
EXTENSION = "^{}\\[~]|€\f"
ACCENTED = ["á", "í", "ó", "ú", "ç", "\u2019", "“", "—", "\u00a0", "a\u0301", "e\u0308\u0323", "`", "\t"]
EMOJI = ["😀", "👍🏽", "👨‍👩‍👧‍👦", "🇺🇸", "🇲🇽", "❤️", "🏳️‍🌈", "👩🏿‍🚀", "1️⃣", "🧑‍🔧", "☎", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"]
SCRIPTS = ["漢", "字", "한국", "각", "กำ", "नमस्ते", "ம்", "שלום", "العربية", "\U0001d4b3", "က္က"]


# Most texts are near the end of a first part, where a mistake costs money; few are long, which take long.
LENGTHS = [3, 3, 8, 8, 15, 15, 25, 25, 40, 67, 70, 70, 70, 134, 160]


def texts(count: int) -> list[str]:
    """Random texts around the limits; the same ones in every run."""
    random = Random(20_2611)
    return [_text(random) for _ in range(count)]


def _text(random: Random) -> str:
    pools = [list(PLAIN), list(EXTENSION), ACCENTED, EMOJI, SCRIPTS]
    chances = [40, random.choice([0, 4, 20]), *(random.choice([0, 0, 0, 1, 8]) for _ in range(3))]
    length = max(1, random.choice(LENGTHS) + random.randint(-6, 6))
    return "".join(random.choice(pool) for pool in random.choices(pools, chances, k=length))


@pytest.fixture(scope="module")
def oracle() -> Path:
    """Where Twilio's calculator is installed; installed there once if need be."""
    home = Path(os.environ.get("RINGBACK_TEST_CACHE") or Path.home() / ".cache" / "ringback-tests")
    folder = home / PACKAGE
    if not (folder / "node_modules" / "sms-segments-calculator").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        _npm_install(folder)
    return folder


def _npm_install(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.fail("Segments are tested against Twilio's calculator, which needs node and npm: install Node.js 18+.")
    (folder / "package.json").write_text("{}")
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        pytest.fail(f"npm could not install {PACKAGE}, which segments are tested against: {done.stderr[-500:]}")


def test_a_hundred_thousand_texts_count_as_twilios_calculator_counts_them(oracle: Path) -> None:
    cases = texts(TEXTS)
    lines = "\n".join(json.dumps(text) for text in cases)
    done = subprocess.run(
        [shutil.which("node") or "node", str(ORACLE), str(oracle)],
        input=lines, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == TEXTS
    ours = [[size.encoding, size.units, size.count, size.per_segment_left] for size in map(count_segments, cases)]
    wrong = [(text, mine, theirs) for text, mine, theirs in zip(cases, ours, answers, strict=True) if mine != theirs]
    assert not wrong, f"{len(wrong)} of {TEXTS} differ, such as {wrong[:3]}"
    # The comparison means little unless the texts reach every case.
    assert {theirs[0] for theirs in answers} == {"GSM-7", "UCS-2"}
    assert {theirs[2] for theirs in answers} >= {1, 2, 3, 4, 5}


SIZES = [
    ("", Encoding.GSM7, 0, 0, 160),
    ("a", Encoding.GSM7, 1, 1, 159),
    ("a" * 160, Encoding.GSM7, 160, 1, 0),
    ("a" * 161, Encoding.GSM7, 161, 2, 145),
    ("a" * 306, Encoding.GSM7, 306, 2, 0),
    ("a" * 307, Encoding.GSM7, 307, 3, 152),
    ("€" * 80, Encoding.GSM7, 160, 1, 0),
    ("€" * 80 + "a", Encoding.GSM7, 161, 2, 144),
    ("a" * 152 + "€" + "a" * 152, Encoding.GSM7, 306, 3, 152),
    ("é" * 160, Encoding.GSM7, 160, 1, 0),
    ("á" * 70, Encoding.UCS2, 70, 1, 0),
    ("á" * 71, Encoding.UCS2, 71, 2, 63),
    ("á" * 134, Encoding.UCS2, 134, 2, 0),
    ("á" * 135, Encoding.UCS2, 135, 3, 66),
    ("ç", Encoding.UCS2, 1, 1, 69),
    ("Ç", Encoding.GSM7, 1, 1, 159),
    ("😀" * 35, Encoding.UCS2, 70, 1, 0),
    ("😀" * 36, Encoding.UCS2, 72, 2, 61),
    ("😀€", Encoding.UCS2, 3, 1, 67),
    ("a\r\nb", Encoding.GSM7, 4, 1, 156),
]


@pytest.mark.parametrize(("text", "encoding", "units", "count", "left"), SIZES)
def test_a_text_has_the_size_that_carriers_bill(
    text: str, encoding: Encoding, units: int, count: int, left: int
) -> None:
    size = count_segments(text)
    assert (size.encoding, size.units, size.count, size.per_segment_left) == (encoding, units, count, left)


def test_the_characters_that_force_ucs2_are_named_in_order_and_once() -> None:
    assert count_segments("más ’ así más") == Segments(Encoding.UCS2, 13, 1, 57, "á’í")
    assert count_segments("El señor bebé, ¿qué? Ñandú à").forced_by == "ú"


def test_an_emoji_is_not_cut_between_two_parts() -> None:
    family = "👨‍👩‍👧‍👦"
    assert count_segments("a" * 60 + family + "a" * 60).count == 3
    assert count_segments("á" * 131).count == 2


def test_a_pile_of_accents_longer_than_a_part_is_cut_where_it_must_be() -> None:
    size = count_segments("a" + "\u0301" * 200)
    assert (size.units, size.count, size.per_segment_left) == (201, 3, 0)


CLUSTERS = [
    "👍🏽",
    "👨‍👩‍👧‍👦",
    "❤️",
    "🏳️‍🌈",
    "🇺🇸",
    "1️⃣",
    "e\u0301",
    "각",
    "각",
    "กำ",
    "नि",
]


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_what_a_reader_sees_as_one_character_is_one(cluster: str) -> None:
    assert list(split_graphemes(f"a{cluster}b{cluster}{cluster}")) == ["a", cluster, "b", cluster, cluster]


def test_three_flag_letters_are_a_flag_and_a_letter_and_line_ends_stand_alone() -> None:
    assert list(split_graphemes("🇺🇸🇲")) == ["🇺🇸", "🇲"]
    assert list(split_graphemes("a\r\n\u0301b")) == ["a", "\r", "\n", "\u0301", "b"]
    assert list(split_graphemes("a🏽")) == ["a", "🏽"]


@given(st.text(max_size=300))
def test_counting_any_text_loses_nothing(text: str) -> None:
    assert "".join(split_graphemes(text)) == text
    size = count_segments(text)
    room = 153 if size.encoding is Encoding.GSM7 else 67
    assert size.count <= 1 or room * size.count >= size.units + size.per_segment_left
    assert set(size.forced_by) <= set(text)
    assert 0 <= size.per_segment_left <= 160


REPLACED = [
    ("\u201cHi\u201d, it\u2019s us \u2014 back\u00a0soon\u2026", '"Hi", it\'s us - back soon...'),
    ("\u00abHola\u00bb 9\u201310 \u2022 \u00bd", '"Hola" 9-10 * 1/2'),
    ("a\u200bb\u00adc\ufeff", "abc"),
    ("a\tb\u2028c", "a b\nc"),
    ("más ñandú 😀", "más ñandú 😀"),
]


@pytest.mark.parametrize(("text", "plain"), REPLACED)
def test_typographic_characters_become_plain_and_accents_stay(text: str, plain: str) -> None:
    assert smart_replacements(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Ángel Muñoz", "Angel Muñoz"),
        ("e\u0301", "é"),
        ("ﬁne ａ²", "fine a2"),
        ("ok 😀", "ok "),
        ("ça", "ca"),
        ("Ł", ""),
    ],
)
def test_the_nearest_gsm7_text_drops_accents_that_cost_and_what_has_no_likeness(text: str, plain: str) -> None:
    assert gsm7_like(text) == plain


@given(st.text(max_size=80))
def test_the_nearest_gsm7_text_is_gsm7_and_keeps_what_was_already(text: str) -> None:
    near = gsm7_like(text)
    assert count_segments(near).encoding is Encoding.GSM7
    assert gsm7_like(near) == near
