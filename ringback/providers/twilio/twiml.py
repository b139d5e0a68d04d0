"""What Twilio is to do with a call, as TwiML (www.twilio.com/docs/voice/twiml)."""

import re
from typing import assert_never
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, SubElement, tostring

from ringback.ports import (
    AskToConnect,
    Connect,
    HookReply,
    HookRequest,
    LineAddress,
    RingStaff,
    SayAndHangUp,
    VoicePlan,
    VoiceStep,
    Whisper,
)
from ringback.providers.twilio.connection import given_url
from ringback.providers.twilio.hooks import inbound_call_id, read_fields

# Numbers that one Dial may ring (voice/twiml/number). More would make Twilio refuse the whole document and lose the
# caller, so that the first ten are rung; the line's settings are where more than ten are to be refused.
MOST_PHONES = 10
WHISPER_SECONDS = 6

# Without a `voice`, Say fails on a language that Twilio's default voice lacks (voice/twiml/say), and a failed Say is
# silence. These are the documented ones; anything else is spoken in the nearest, or in US English.
_LANGUAGES = {
    "en": "en-US",
    "en-AU": "en-AU",
    "en-CA": "en-CA",
    "en-GB": "en-GB",
    "en-IE": "en-GB",
    "en-NZ": "en-AU",
    "es": "es-MX",
    "es-ES": "es-ES",
    "fr": "fr-FR",
    "fr-CA": "fr-CA",
}
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(plan: VoicePlan, request: HookRequest, address: LineAddress) -> HookReply:
    """Return the document that answers `request`; the request says which call the addresses in it belong to."""
    response = Element("Response")
    _fill(response, plan, request, address)
    document = b'<?xml version="1.0" encoding="UTF-8"?>' + tostring(response, encoding="utf-8", xml_declaration=False)
    return HookReply(document, "text/xml")


def _fill(response: Element, plan: VoicePlan, request: HookRequest, address: LineAddress) -> None:
    match plan:
        case RingStaff():
            _ring(response, plan, address, _call(request))
        case SayAndHangUp():
            _say(response, plan.words, plan.language)
            SubElement(response, "Hangup")
        case Whisper():
            _ask(response, plan, given_url(address, "accepted", _call(request)))
        case AskToConnect():
            _ask(response, plan, given_url(address, "staff_accepted", urlencode({"ring": plan.reference})))
        case Connect():
            _connect(response, plan, address)
        case VoiceStep.REFUSE:
            # As the first verb this is the one answer that does not pick the call up, so that it costs nothing.
            SubElement(response, "Reject")
        case VoiceStep.HANG_UP:
            SubElement(response, "Hangup")
        case VoiceStep.BRIDGE | VoiceStep.NOTHING:
            pass
        case _:
            assert_never(plan)


def _call(request: HookRequest) -> str:
    return urlencode({"call": inbound_call_id(request, read_fields(request))})


def _ring(response: Element, plan: RingStaff, address: LineAddress, call: str) -> None:
    # answerOnBridge counts only on the first verb: nothing may stand before this Dial.
    dial = SubElement(response, "Dial", answerOnBridge="true", timeout=str(plan.seconds), method="POST")
    dial.set("action", given_url(address, "dialed"))
    if plan.caller_id:
        dial.set("callerId", plan.caller_id)
    if plan.in_turn:
        dial.set("sequential", "true")
    for phone in plan.phones[:MOST_PHONES]:
        number = SubElement(dial, "Number", statusCallback=given_url(address, "leg", call))
        number.set("statusCallbackEvent", "initiated ringing answered completed")
        if plan.whisper:
            number.set("url", given_url(address, "whisper", call))
        number.text = phone


def _connect(response: Element, plan: Connect, address: LineAddress) -> None:
    ring = urlencode({"ring": plan.reference})
    dial = SubElement(response, "Dial", timeout=str(plan.seconds), method="POST", callerId=plan.caller_id)
    dial.set("action", given_url(address, "contact_dialed", ring))
    number = SubElement(dial, "Number", statusCallback=given_url(address, "contact_leg", ring))
    number.set("statusCallbackEvent", "answered")
    number.text = plan.phone


def _ask(response: Element, plan: Whisper | AskToConnect, accepted_url: str) -> None:
    gather = SubElement(response, "Gather", numDigits="1", timeout=str(WHISPER_SECONDS), method="POST")
    gather.set("action", accepted_url)
    _say(gather, plan.words, plan.language)
    # Reached when no key is pressed: a mobile's voicemail never presses one.
    SubElement(response, "Hangup")


def _say(parent: Element, words: str, language: str) -> None:
    say = SubElement(parent, "Say", language=_spoken(language))
    say.text = _NOT_IN_XML.sub("", words)


def _spoken(language: str) -> str:
    base = language.partition("-")[0].lower()
    return _LANGUAGES.get(language) or _LANGUAGES.get(base, "en-US")
