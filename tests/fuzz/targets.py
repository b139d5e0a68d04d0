"""What is fuzzed: each target takes bytes, and raises where the product would be wrong."""

from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

import atheris

# Instrumented as they are loaded: the fuzzer sees which branches an input reaches.
with atheris.instrument_imports(include=["ringback.domain", "ringback.providers.twilio", "ringback.receptionist"]):
    from ringback.domain.bookings import Booking, BookingState
    from ringback.domain.consent import read_consent, read_keyword
    from ringback.domain.contact_cards import is_card_file, read_cards
    from ringback.domain.contact_files import UnreadableFile, decode_file, guess_columns, read_rows, read_table
    from ringback.domain.ics import render_calendar
    from ringback.domain.linter import lint, longest_values
    from ringback.domain.phones import PhoneKind, parse_phone
    from ringback.domain.segments import count_segments, gsm7_like, smart_replacements
    from ringback.domain.wording import MissingMergeValue, UnknownMergeField, render_wording
    from ringback.ports import HookRequest, HookUnreadable, LineAddress
    from ringback.providers import twilio
    from ringback.providers.twilio import signature
    from ringback.receptionist.understanding.emergency import find_emergency
    from ringback.receptionist.understanding.intents import read_intent
    from ringback.receptionist.understanding.names import read_name
    from ringback.receptionist.understanding.places import read_address, read_postcode

from tests.cast import harbor

NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
_TOKEN = "fuzz-token"
_HOOK_URL = "https://calls.example/hooks/key"
_ADAPTER = twilio.PROVIDER.make({"account_sid": "AC" + "0" * 32, "auth_token": _TOKEN}, LineAddress(_HOOK_URL))
_HOOKS = ("voice", "dialed", "whisper", "accepted", "leg", "call_status", "message", "message_status", "ring", "")
_FIELDS = (
    *("CallSid", "ParentCallSid", "From", "To", "CallStatus", "DialCallStatus", "DialCallDuration", "CallDuration"),
    *("MessageSid", "MessageStatus", "Body", "NumMedia", "MediaUrl0", "MediaContentType0", "OptOutType", "ErrorCode"),
    *("Digits", "ForwardedFrom", "CallerName", "StirVerstat", "SmsStatus", "Timestamp", "SequenceNumber"),
)
_SHOP = harbor(UUID(int=1))


# Random letters rarely make a sentence: half of the texts are made of such words, in any order.
_WORDS = (
    *("stop", "STOP", "please", "don't", "do not", "text", "texting", "me", "no", "more", "messages", "remove", "my"),
    *("number", "from", "your", "list", "unsubscribe", "cancel", "appointment", "tuesday", "wrong", "leave", "alone"),
    *("alto", "basta", "no me", "mande", "mensajes", "más", "quítame", "lista", "arrêtez", "pare", "de", "gas", "leak"),
    *(
        "can",
        "you",
        "by",
        "at",
        "3",
        "?",
        "!",
        ",",
        ".",
        "the",
        "driveway",
        "bus",
        "end",
        "quit",
        "smoking",
        "\U0001f6d1",
    ),
)


def _sentence(data: atheris.FuzzedDataProvider) -> str:
    if data.ConsumeBool():
        return _text(data)
    return " ".join(data.PickValueInList(list(_WORDS)) for _ in range(data.ConsumeIntInRange(1, 14)))


def _text(data: atheris.FuzzedDataProvider, most: int = 320) -> str:
    # Of all planes, and none of them half a character: those no phone company's UTF-8 can carry.
    return str(data.ConsumeUnicodeNoSurrogates(data.ConsumeIntInRange(0, most)))


def hooks(raw: bytes) -> None:
    """A callback that nobody signed is refused; a signed one is read, or refused with a sentence."""
    data = atheris.FuzzedDataProvider(raw)
    what, method = data.PickValueInList(list(_HOOKS)), data.PickValueInList(["POST", "GET"])
    given = {data.PickValueInList(list(_FIELDS)): _text(data, 80) for _ in range(data.ConsumeIntInRange(0, 12))}
    body = urlencode(given).encode() if data.ConsumeBool() else data.ConsumeBytes(400)
    url = f"{_HOOK_URL}/{what}?{urlencode(given)}"
    headers = {"content-type": data.PickValueInList([signature.FORM, signature.FORM + "; charset=UTF-8", "text/plain"])}
    request = HookRequest(what, url, {**headers, "x-twilio-signature": _text(data, 28)}, body, method)
    if _ADAPTER.verify(request):
        raise AssertionError("a callback without the token's signature was taken")
    try:
        _ADAPTER.read(request, NOW)
    except HookUnreadable as refusal:
        if not str(refusal).strip():
            raise AssertionError("refused without a sentence") from refusal


def wording(raw: bytes) -> None:
    """Words of an owner become a text or an error that names the field, and are linted whatever they are."""
    data = atheris.FuzzedDataProvider(raw)
    fields = {name: _text(data, 40) for name in ("business", "opens", "caller_name", "line", "until")}
    body = _text(data)
    lint(body, data.PickValueInList(["en", "es"]), longest_values("en", fields["business"], fields["line"]))
    try:
        render_wording(body, fields)
    except (UnknownMergeField, MissingMergeValue) as refusal:
        if not str(refusal).strip():
            raise AssertionError("refused without a sentence") from refusal


def segments(raw: bytes) -> None:
    """A longer text never costs less, and what is put in for other characters leaves nothing to put in."""
    text = _text(atheris.FuzzedDataProvider(raw), 700)
    count = count_segments(text).count
    if count_segments(text + "x").count < max(count, 1):
        raise AssertionError("a longer text costs less")
    replaced = smart_replacements(text)
    if smart_replacements(replaced) != replaced:
        raise AssertionError("a replacement is replaced again")
    gsm7_like(text)


def opt_outs(raw: bytes) -> None:
    """A keyword is one in any case and among any signs; nothing breaks the reader."""
    text = _sentence(atheris.FuzzedDataProvider(raw))
    read_consent(text)
    keyword = read_keyword(text)
    if text.isascii() and {read_keyword(text.upper()), read_keyword(f" *{text}!? ")} != {keyword}:
        raise AssertionError("the keyword depends on case or signs")
    if keyword is not None and read_consent(text) is not keyword:
        raise AssertionError("a keyword was outvoted")


def callers(raw: bytes) -> None:
    """What texts say is heard without breaking; any caller id is of some kind, and only a number has digits to text."""
    data = atheris.FuzzedDataProvider(raw)
    text, language = _sentence(data), data.PickValueInList(["en", "es"])
    read_intent(text, "", language)
    find_emergency(text, data.PickValueInList(["plumbing", "dental", "vet", "hvac"]))
    read_name(text, asked=True)
    read_address(text, asked=True, country="US")
    read_postcode(text, "US")
    phone = parse_phone(_text(data, 30), "US")
    if phone.kind is PhoneKind.TEXTABLE and (phone.e164 is None or not phone.e164.startswith("+")):
        raise AssertionError("textable, and no number")


def files(raw: bytes) -> None:
    """A file of contacts is read, or refused with a sentence; what stands in a calendar file cannot break out of it."""
    data = atheris.FuzzedDataProvider(raw)
    words = _text(data, 60)
    booking = Booking(
        UUID(int=2), UUID(int=3), words, UUID(int=4), NOW, NOW, BookingState.BOOKED, words, contact_name=words
    )
    written = render_calendar(_SHOP, [booking], NOW)
    if written.replace("\r\n ", "").count("\r\nBEGIN:VEVENT\r\n") != 1:
        raise AssertionError("the words of a booking made another entry")
    try:
        text = decode_file(data.ConsumeBytes(2000))
        if is_card_file(text):
            read_cards(text, "US")
        else:
            table = read_table(text, "US")
            read_rows(table, guess_columns(table, "US"), "US")
    except UnreadableFile as refusal:
        if not str(refusal.why).strip():
            raise AssertionError("refused without a sentence") from refusal


TARGETS = {run.__name__: run for run in (hooks, wording, segments, opt_outs, callers, files)}
