"""What became of a notice, in sentences."""

from datetime import datetime
from typing import Any

from ringback.domain.notices import Channel
from ringback.domain.phrases import Phrase, phrase

Row = dict[str, Any]


def tell_notice(row: Row, now: datetime) -> list[Phrase | str]:
    """Return what became of a notice, one sentence for each device of a push, else one in all."""
    if row["channel"] == Channel.PUSH and row["pushes"]:
        told: list[Phrase | str] = [_tell_push(push) for push in row["pushes"]]
        return [*told, row["failed"]] if row["failed"] and not row["shown_at"] else told
    # A push that a device showed late has not failed, whatever came after it.
    if row["failed"]:
        return [row["failed"]]
    if row["send_at"] is not None and row["send_at"] > now:
        return [phrase("Held until the end of your quiet hours.")]
    if row["sent_at"] is None:
        return [phrase("On its way.")]
    return [phrase("E-mailed.") if row["channel"] == Channel.EMAIL else phrase("Texted.")]


def _tell_push(push: Row) -> Phrase:
    device = push["device"]
    if push["opened_at"]:
        return phrase("%(device)s: opened.", device=device)
    if push["shown_at"] and push["sent_at"]:
        seconds = max(round((_instant(push["shown_at"]) - _instant(push["sent_at"])).total_seconds()), 0)
        return phrase("%(device)s: shown after %(seconds)s s.", device=device, seconds=seconds)
    if push["shown_at"]:
        return phrase("%(device)s: shown.", device=device)
    if push["failed"]:
        return phrase("%(device)s: did not go out. %(why)s", device=device, why=push["failed"])
    if push["sent_at"]:
        return phrase("%(device)s: sent, not shown yet.", device=device)
    return phrase("%(device)s: on its way.", device=device)


def _instant(text: str) -> datetime:
    # Rows inside a JSON value carry their instants as text.
    return datetime.fromisoformat(text)
