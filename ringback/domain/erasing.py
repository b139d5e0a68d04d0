"""Forgetting a contact: for every table what of theirs goes, what is emptied, what stays, and why.

One list serves the export and the erasure, so that whatever is told is also forgotten; a test walks the database's
catalogue and finds a table that is missing here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class By(StrEnum):
    """How rows of a table are found to be theirs: by which of its columns."""

    CONTACT = "contact_id"
    THREAD = "thread_id"
    CALL = "call_id"
    MESSAGE = "message_id"
    BOOKING = "booking_id"
    TURN = "turn_id"
    PHONE = "phone"
    CALLER = "caller"
    SENDER = "sender"
    # Our id of what it is about, their number, or a phone company's id of a call or text.
    SUBJECT = "subject"


class Empty(StrEnum):
    """What takes the place of a value."""

    NULL = "null"
    TEXT = "''"
    OBJECT = "'{}'::jsonb"
    LIST = "'[]'::jsonb"
    # Stands where a number stood; the same for all rows of one contact, and nobody's number.
    PSEUDONYM = "pseudonym"


@dataclass(frozen=True, slots=True)
class Treatment:
    """What becomes of the rows of a table: `gone`, or these columns emptied; `why` says why the rest stays."""

    table: str
    by: tuple[By, ...] = ()
    gone: bool = False
    emptied: Mapping[str, Empty] = field(default_factory=dict)
    # Columns of free text: a row is theirs as well where one of them holds their number or full name.
    mentions: tuple[str, ...] = ()
    why: str = ""


_COUNTED = "counted on the dashboard: the row stays, without anything that says who it was"
_OTHERS = "tells what people of the business did, and nothing about the contact"

TREATMENTS = (
    # What was said.
    Treatment("pictures", (By.MESSAGE,), gone=True),
    Treatment("suggestions", (By.THREAD,), gone=True),
    Treatment("turns", (By.THREAD,), gone=True),
    Treatment("dialogs", (By.THREAD,), gone=True),
    Treatment("gaps", (By.THREAD,), gone=True),
    Treatment("thread_notes", (By.THREAD,), gone=True),
    Treatment("handoffs", (By.THREAD,), emptied={"summary": Empty.TEXT}, why=_COUNTED),
    Treatment("messages", (By.THREAD, By.MESSAGE), emptied={"body": Empty.TEXT, "turn_id": Empty.NULL}, why=_COUNTED),
    Treatment("relays", (By.THREAD,), emptied={"body": Empty.TEXT}, mentions=("body",), why=_OTHERS),
    Treatment("promises", (By.THREAD,), emptied={"about": Empty.TEXT}, why=_COUNTED),
    Treatment("quotes", (By.THREAD,), emptied={"details": Empty.OBJECT}, why=_COUNTED),
    Treatment("alerts", (By.THREAD,), emptied={"words": Empty.TEXT, "address": Empty.NULL}, why=_OTHERS),
    Treatment("notices", (By.THREAD,), emptied={"words": Empty.TEXT}, mentions=("words",), why=_OTHERS),
    # What was agreed.
    Treatment("reminders", (By.BOOKING,), gone=True),
    Treatment("waiting_list", (By.CONTACT,), gone=True),
    Treatment("occupancies", (By.BOOKING,), emptied={"place": Empty.NULL}, why="says when staff and rooms were taken"),
    Treatment(
        "bookings",
        (By.CONTACT,),
        emptied={
            "for_whom": Empty.NULL,
            "address": Empty.NULL,
            "details": Empty.OBJECT,
            "cancel_why": Empty.NULL,
        },
        why=_COUNTED,
    ),
    # Who called.
    Treatment(
        "calls",
        (By.CONTACT, By.CALLER),
        emptied={"caller": Empty.PSEUDONYM, "caller_name": Empty.NULL},
        why=f"{_COUNTED}; the phone company's id of the call, so that a poll does not bring it back",
    ),
    Treatment(
        "call_backs",
        (By.CONTACT, By.CALL, By.CALLER),
        emptied={"caller": Empty.PSEUDONYM, "why": Empty.TEXT},
        why=_COUNTED,
    ),
    Treatment("call_back_calls", (By.THREAD,), why=_COUNTED),
    Treatment("text_backs", (By.CONTACT, By.CALL), why=_COUNTED),
    Treatment("text_back_claims", (By.CONTACT,), gone=True),
    Treatment("job_values", (By.CALL,), why=_COUNTED),
    Treatment("recovery_calls", (By.CONTACT, By.CALL), why=_COUNTED),
    Treatment("recovery_answers", (By.THREAD,), why=_COUNTED),
    # What is known of them.
    Treatment(
        "contact_import_rows",
        (By.CONTACT,),
        emptied={"name": Empty.NULL, "language": Empty.NULL},
        why="says which import made the contact",
    ),
    Treatment(
        "contact_imports",
        mentions=("content",),
        emptied={"content": Empty.NULL},
        why="says who brought contacts along, and when",
    ),
    Treatment("contact_marks", (By.CONTACT,), gone=True),
    Treatment(
        "opt_outs",
        (By.CONTACT,),
        emptied={"words": Empty.NULL},
        why="that somebody opted out, and when; the number itself is kept as a keyed hash alone",
    ),
    Treatment("number_facts", (By.PHONE,), gone=True),
    Treatment("test_windows", (By.PHONE,), gone=True),
    Treatment("brake_counts", (By.SUBJECT,), gone=True),
    # How it came to us and left us.
    Treatment(
        "inbound_events",
        (By.SENDER, By.SUBJECT),
        emptied={"sender": Empty.NULL, "event": Empty.OBJECT, "raw": Empty.OBJECT},
        why="that a callback came, so that the same one has no effect when it is sent again",
    ),
    Treatment("provider_exchanges", (By.SUBJECT,), gone=True),
    Treatment("hook_deliveries", (By.SUBJECT,), gone=True),
    # What the others see of them.
    Treatment("presences", (By.THREAD,), gone=True),
    Treatment("alarms", mentions=("words",), emptied={"words": Empty.TEXT}, why=_OTHERS),
    Treatment(
        "audit_entries",
        (By.SUBJECT,),
        mentions=("subject", "before", "after"),
        emptied={"subject": Empty.PSEUDONYM, "before": Empty.NULL, "after": Empty.NULL},
        why="who of the business changed something, and when",
    ),
    Treatment("reply_waits", (By.THREAD,), why=_COUNTED),
    Treatment("assignments", (By.THREAD,), why=_OTHERS),
    Treatment("closures", (By.THREAD,), why=_OTHERS),
    Treatment("thread_reads", (By.THREAD,), why=_OTHERS),
    Treatment(
        "consent_entries",
        (By.CONTACT,),
        why="the ledger empties them itself when it is told of an erasure; its chain still shows their order",
    ),
    Treatment("consent_links", (By.CONTACT,), why="the chain of the ledger: hashes, kinds and instants"),
    # Last: everything above is found through them.
    Treatment("threads", (By.CONTACT,), emptied={"preview": Empty.TEXT}, why=_COUNTED),
    Treatment(
        "contacts",
        (By.CONTACT,),
        emptied={"phone": Empty.PSEUDONYM, "name": Empty.NULL, "language": Empty.NULL},
        why=_COUNTED,
    ),
)

# Tables with a column that looks like a contact's and is none.
NOT_THEIRS = {
    "staff": "the phones of those who work for the business",
    "changes": "that something changed, by id, for a day",
    "erased_numbers": "keyed hashes of numbers that must not be texted again",
    "erasures": "that somebody was erased, and by whom; an id that leads to nobody",
    "alert_texts": "which phones of staff an emergency was texted to",
    "quick_replies": "words of the business for any conversation",
    "page_versions": "the business's own public pages",
}


@dataclass(frozen=True, slots=True)
class Traces:
    """What leads to a contact's rows: their number and name, and the ids of what is theirs."""

    contact_id: UUID
    phone: str
    name: str | None
    threads: tuple[UUID, ...] = ()
    calls: tuple[UUID, ...] = ()
    messages: tuple[UUID, ...] = ()
    bookings: tuple[UUID, ...] = ()
    subjects: tuple[str, ...] = ()

    @property
    def mentioned(self) -> str:
        """A regular expression (POSIX, any case) that finds their number, however it is written, or their full name."""
        found = [_digits(self.phone)]
        # A first name alone would find half the town.
        if self.name and len(self.name.split()) > 1:
            found.append(r"\s+".join(re.escape(part) for part in self.name.split()))
        return "|".join(part for part in found if part) or "^$a"


def _digits(phone: str) -> str:
    # People write numbers without the country, with brackets, spaces and dots: the last nine digits tell them apart.
    digits = re.sub(r"\D", "", phone)[-9:]
    return r"[^0-9]{0,3}".join(digits) if len(digits) == 9 else ""


ERASED = "erased:"


def pseudonym_of(contact_id: UUID) -> str:
    """Return what stands where a number stood. No phone company has such a number, and no call comes from it."""
    return f"{ERASED}{contact_id}"


def is_erased(phone: str) -> bool:
    """Return whether this stands where a number stood."""
    return phone.startswith(ERASED)
