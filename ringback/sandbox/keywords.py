"""Recognise the carrier's opt-out words: Twilio's English defaults for a long code, whole message only."""

from enum import StrEnum


class Keyword(StrEnum):
    """What a keyword text asks the carrier for; the values are those of `OptOutType`."""

    STOP = "STOP"
    START = "START"
    HELP = "HELP"


WORDS = {
    # REVOKE and OPTOUT joined in April 2025, after the FCC named them.
    Keyword.STOP: {"STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"},
    Keyword.START: {"START", "YES", "UNSTOP"},
    Keyword.HELP: {"HELP", "INFO"},
}
# Near the vendor's default wording; a business cannot tell these texts from its own in the log,
# so the witness endpoint leaves them out.
CONFIRMATIONS = {
    Keyword.STOP: "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe.",
    Keyword.START: "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    Keyword.HELP: "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


def find_keyword(body: str) -> Keyword | None:
    """Return the keyword a text consists of; `STOP PLEASE` is none, as at the vendor."""
    # Spaces around are trimmed at the vendor, punctuation is not: "STOP." is an ordinary text there.
    word = body.strip().upper()
    return next((keyword for keyword, words in WORDS.items() if word in words), None)
