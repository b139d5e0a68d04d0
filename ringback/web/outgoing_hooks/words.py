"""What people read of outgoing hooks: events, failures, and why one is off."""

from collections.abc import Mapping

from ringback.domain.outgoing_hooks import TEST, HookEvent, HookFailure, OffWhy
from ringback.domain.phrases import Phrase, phrase

EVENTS: Mapping[HookEvent, Phrase] = {
    HookEvent.CALL_MISSED: phrase("A call was missed"),
    HookEvent.TEXT_BACK_SENT: phrase("The caller was texted"),
    HookEvent.MESSAGE_RECEIVED: phrase("A text came in"),
    HookEvent.THREAD_NEEDS_REPLY: phrase("Somebody waits for a reply"),
    HookEvent.BOOKING_CREATED: phrase("A booking was made"),
    HookEvent.BOOKING_CHANGED: phrase("A booking was changed"),
    HookEvent.BOOKING_CANCELLED: phrase("A booking was cancelled"),
    HookEvent.CONTACT_OPTED_OUT: phrase("Somebody asked for no more texts"),
}
KINDS: Mapping[str, Phrase] = {**{event.value: words for event, words in EVENTS.items()}, TEST: phrase("Test")}
FAILURES: Mapping[HookFailure, Phrase] = {
    HookFailure.ADDRESS: phrase("The address leads into a private network or to nowhere, so nothing was sent."),
    HookFailure.UNREACHED: phrase("The receiver could not be reached."),
    HookFailure.NO_ANSWER: phrase("The receiver did not answer within 8 seconds."),
    HookFailure.REDIRECT: phrase("The receiver sent us on to another address. Enter that one here."),
    HookFailure.GONE: phrase("The receiver answered that it wants no more (410)."),
    HookFailure.STATUS: phrase("The receiver answered with an error."),
}
OFF: Mapping[OffWhy, Phrase] = {
    OffWhy.OWNER: phrase("You switched it off. What happens now is not told later."),
    OffWhy.FAILING: phrase(
        "Switched off, because nothing arrived for three days. Mend the receiver, then switch it on."
    ),
    OffWhy.GONE: phrase("Switched off, because the receiver answered that it wants no more (410)."),
}
