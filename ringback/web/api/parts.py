"""Parts that several answers share: a line, a contact, and why a text did not arrive."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from ringback.domain.errors import ProviderErrorKind, words_for_owner
from ringback.domain.messages import MessageState
from ringback.domain.textback import Reason, explain


class LineLabel(BaseModel):
    """The line a text went over, as it was shown to callers."""

    number: str = Field(examples=["+13125550100"])
    label: str = Field(description="Where callers saw the number.", examples=["Google Ads"])


class LinePart(LineLabel):
    """The line of a call or a thread."""

    id: UUID


class ContactPart(BaseModel):
    """A person outside the business, in short."""

    id: UUID
    phone: str = Field(description="E.164, or the name or short code a sender uses.", examples=["+13125550142"])
    name: str | None = Field(examples=["Carla"])


class Failure(BaseModel):
    """Why a text did not arrive."""

    kind: str = Field(description="A closed word: a Reason where we dropped it, else the kind of provider error.")
    code: str | None = Field(description="The phone company's own code, for its support.", examples=["30006"])
    explanation: str = Field(description="What it means, as a sentence for the owner.")


def line_label(row: Mapping[str, Any]) -> LineLabel:
    """Return the line of a row that has no more than its label."""
    return LineLabel(number=row["line_number"], label=row["line_label"])


def line_part(row: Mapping[str, Any]) -> LinePart:
    """Return the line of a row that names it."""
    return LinePart(id=row["line_id"], number=row["line_number"], label=row["line_label"])


def contact_part(row: Mapping[str, Any]) -> ContactPart | None:
    """Return the contact of a row that names it, or None where it has none."""
    # A caller who withheld the number is nobody's contact.
    return None if row["contact_id"] is None else contact_of(row)


def contact_of(row: Mapping[str, Any]) -> ContactPart:
    """Return the contact of a row that always has one."""
    return ContactPart(id=row["contact_id"], phone=row["contact_phone"], name=row["contact_name"])


def failure_of(state: str | None, kind: str | None, code: str | None) -> Failure | None:
    """Return why a text did not arrive, from what its row says; None where nothing went wrong."""
    if state is None or not kind:
        return None
    # A text we dropped carries our own Reason; one a company refused carries the company's error.
    dropped = state == MessageState.DROPPED
    words = explain(Reason(kind)) if dropped else words_for_owner(ProviderErrorKind(kind))
    return Failure(kind=kind, code=code or None, explanation=words)
