"""The consent record of a contact as a PDF."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fpdf import FPDF, XPos, YPos

from ringback.domain.phrases import phrase
from ringback.web.consent.record import RecordHead
from ringback.web.consent.telling import tell
from ringback.web.words import say

# The fonts that every reader of PDFs has know Latin-1 only; these have a plain form there.
_PLAIN = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": ",", "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2013": "-",
        "\u2014": "-", "\u2026": "...", "\u2022": "-", "\u202f": " ", "\u2009": " ", "\u20ac": "EUR", "\u200b": "",
        "\ufe0f": "", "\t": " ", "\r": "",
    }
)  # fmt: skip
_LEFT_MILLIMETRES = 34
_LINE_MILLIMETRES = 5


def write_pdf(record: RecordHead, entries: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the document, entries in the order given. What its fonts cannot show is named: "[CAT FACE]"."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(record.made_at)
    pdf.set_title(printable(f"{say(phrase('Consent record'))} {record.phone}"))
    pdf.set_auto_page_break(auto=True, margin=18)
    pdf.add_page()
    _write_head(pdf, record)
    for row in entries:
        _write_entry(pdf, row, record.zone)
    if not entries:
        _line(pdf, say(phrase("The ledger says nothing of them.")))
    return bytes(pdf.output())


def _write_head(pdf: FPDF, record: RecordHead) -> None:
    pdf.set_font("helvetica", "B", 16)
    _line(pdf, say(phrase("Consent record")), 9)
    pdf.set_font("helvetica", "", 10)
    _line(pdf, record.business)
    _line(pdf, f"{record.name} ({record.phone})" if record.name else record.phone)
    when, zone = _when(record.made_at, record.zone), record.zone
    _line(pdf, say(phrase("Written %(when)s. Times are those of %(zone)s.", when=when, zone=zone)))
    _line(pdf, say(phrase("Entries are never changed: each carries the fingerprint of all before it.")))
    pdf.ln(4)


def _write_entry(pdf: FPDF, row: Mapping[str, Any], zone: str) -> None:
    told = tell(row)
    # The day and what happened stay together on one page.
    if pdf.will_page_break(3 * _LINE_MILLIMETRES):
        pdf.add_page()
    pdf.set_font("helvetica", "", 9)
    pdf.cell(_LEFT_MILLIMETRES, _LINE_MILLIMETRES, _when(row["at"], zone))
    pdf.set_font("helvetica", "B", 10)
    _line(pdf, say(told.what))
    pdf.set_font("helvetica", "", 10)
    for text in (say(told.more), f'"{told.quote}"' if told.quote else ""):
        if text:
            pdf.set_x(pdf.l_margin + _LEFT_MILLIMETRES)
            _line(pdf, text)
    pdf.set_font("helvetica", "", 7)
    for text in (_about(row), f"{row['position']} {row['hash']}" if row["position"] else ""):
        if text:
            pdf.set_x(pdf.l_margin + _LEFT_MILLIMETRES)
            _line(pdf, text, 3.5)
    pdf.ln(2)


def _about(row: Mapping[str, Any]) -> str:
    parts = (
        (phrase("your line"), row["line"]),
        (phrase("wording"), row["wording_version"]),
        (phrase("rules"), row["rule_version"]),
        (phrase("reference"), row["reference"]),
    )
    return " · ".join(f"{say(name)} {value}" for name, value in parts if value)


def _line(pdf: FPDF, text: str, height: float = _LINE_MILLIMETRES) -> None:
    pdf.multi_cell(0, height, printable(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")


def _when(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M:%S")


def printable(text: str) -> str:
    """Return a text in Latin-1; what is not in it is named by its Unicode name, or else its code point."""
    return "".join(_shown(character) for character in unicodedata.normalize("NFC", text).translate(_PLAIN))


def _shown(character: str) -> str:
    if character == "\n":
        return " / "
    if character.isprintable() and ord(character) < 256:
        return character
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}')}]"
