"""Read a TwiML document into verbs: https://www.twilio.com/docs/voice/twiml."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass


class TwimlError(ValueError):
    """The document cannot be run; `code` is the vendor's number for the reason."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class Say:
    text: str
    loop: int


@dataclass(frozen=True, slots=True)
class Play:
    url: str
    digits: str


@dataclass(frozen=True, slots=True)
class Pause:
    seconds: float


@dataclass(frozen=True, slots=True)
class Gather:
    prompts: tuple["Say | Play | Pause", ...]
    inputs: frozenset[str]
    num_digits: int | None
    timeout_seconds: float
    finish_on_key: str
    action: str
    method: str
    action_on_empty: bool


@dataclass(frozen=True, slots=True)
class Record:
    action: str
    method: str
    max_seconds: float
    silence_seconds: float
    finish_on_key: str
    status_callback: str
    status_callback_method: str


@dataclass(frozen=True, slots=True)
class Target:
    """One `<Number>` to ring; an empty `url` means no whisper."""

    number: str
    url: str
    method: str
    status_callback: str
    status_callback_method: str
    status_events: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dial:
    targets: tuple[Target, ...]
    action: str
    method: str
    timeout_seconds: float
    limit_seconds: float
    answer_on_bridge: bool
    caller_id: str
    sequential: bool


@dataclass(frozen=True, slots=True)
class Hangup:
    pass


@dataclass(frozen=True, slots=True)
class Reject:
    reason: str


@dataclass(frozen=True, slots=True)
class Redirect:
    url: str
    method: str


@dataclass(frozen=True, slots=True)
class SendText:
    """`<Message>`: a text in answer to a text (or from within a call)."""

    body: str
    media: tuple[str, ...]
    to: str


Verb = Say | Play | Pause | Gather | Record | Dial | Hangup | Reject | Redirect | SendText
SPOKEN = (Say, Play, Pause)


def parse_twiml(document: bytes) -> tuple[Verb, ...]:
    """Return the verbs in order; raise TwimlError 12100 for bad XML, 12200 for a verb or value we do not know."""
    try:
        root = ET.fromstring(document)
    except ET.ParseError as error:
        raise TwimlError(12100, f"The answer is not well-formed XML: {error}.") from error
    if root.tag != "Response":
        raise TwimlError(12100, f"The document must be a <Response>, not a <{root.tag}>.")
    return tuple(_verb(element) for element in root)


def _verb(element: ET.Element) -> Verb:
    read = READERS.get(element.tag)
    if read is None:
        raise TwimlError(12200, f"<{element.tag}> is not a verb this phone company runs.")
    # Names are case-sensitive at the vendor too: `numdigits` is not `numDigits`.
    unknown = set(element.attrib) - ATTRIBUTES[element.tag]
    if unknown:
        raise TwimlError(12200, f"<{element.tag}> has no attribute {', '.join(sorted(unknown))}.")
    return read(element)


def _say(element: ET.Element) -> Say:
    # <Say> may hold SSML; only its words are heard here.
    return Say(_words(element), int(_number(element, "loop", 1)))


def _play(element: ET.Element) -> Play:
    return Play(_words(element), element.get("digits", ""))


def _pause(element: ET.Element) -> Pause:
    return Pause(_number(element, "length", 1))


def _gather(element: ET.Element) -> Gather:
    prompts = tuple(verb for verb in map(_verb, element) if isinstance(verb, SPOKEN))
    if len(prompts) != len(element):
        # The vendor drops such children with a warning; a test should see them.
        raise TwimlError(12200, "<Gather> may hold only <Say>, <Play> and <Pause>.")
    return Gather(
        prompts,
        frozenset(element.get("input", "dtmf").split()),
        int(_number(element, "numDigits", 0)) or None,
        _number(element, "timeout", 5),
        element.get("finishOnKey", "#"),
        element.get("action", ""),
        _method(element),
        _flag(element, "actionOnEmptyResult"),
    )


def _record(element: ET.Element) -> Record:
    return Record(
        element.get("action", ""),
        _method(element),
        _number(element, "maxLength", 3600),
        _number(element, "timeout", 5),
        # By default any key ends a recording.
        element.get("finishOnKey", "1234567890*#"),
        element.get("recordingStatusCallback", ""),
        element.get("recordingStatusCallbackMethod", "POST").upper(),
    )


def _dial(element: ET.Element) -> Dial:
    bare = (element.text or "").strip()
    targets = tuple(_target(child) for child in element)
    if not (targets or bare):
        raise TwimlError(13201, "<Dial> names no number.")
    return Dial(
        # A bare number in <Dial> is the short form of one <Number> without attributes.
        targets or (Target(bare, "", "POST", "", "POST", frozenset()),),
        element.get("action", ""),
        _method(element),
        _number(element, "timeout", 30),
        # Four hours is the vendor's longest call.
        _number(element, "timeLimit", 14_400),
        _flag(element, "answerOnBridge"),
        element.get("callerId", ""),
        _flag(element, "sequential"),
    )


def _target(element: ET.Element) -> Target:
    if element.tag != "Number":
        raise TwimlError(12200, f"<Dial> to a <{element.tag}> is not possible here, only to a <Number>.")
    unknown = set(element.attrib) - ATTRIBUTES["Number"]
    if unknown:
        raise TwimlError(12200, f"<Number> has no attribute {', '.join(sorted(unknown))}.")
    return Target(
        _words(element),
        element.get("url", ""),
        _method(element),
        element.get("statusCallback", ""),
        element.get("statusCallbackMethod", "POST").upper(),
        # Space-separated; a list in any other form silently reports nothing at the vendor.
        frozenset(element.get("statusCallbackEvent", "completed").split()),
    )


def _message(element: ET.Element) -> SendText:
    # <Message>text</Message> is the short form of <Message><Body>text</Body></Message>.
    bodies = [_words(child) for child in element if child.tag == "Body"] or [(element.text or "").strip()]
    media = tuple(_words(child) for child in element if child.tag == "Media")
    return SendText("".join(bodies), media, element.get("to", ""))


def _words(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _method(element: ET.Element) -> str:
    return element.get("method", "POST").upper()


def _flag(element: ET.Element, name: str) -> bool:
    return element.get(name, "false").lower() == "true"


def _number(element: ET.Element, name: str, default: float) -> float:
    try:
        return float(element.get(name, default))
    except ValueError as error:
        raise TwimlError(12200, f"{name}={element.get(name)!r} on <{element.tag}> is not a number.") from error


def _names(text: str) -> set[str]:
    return set(text.split())


READERS: dict[str, Callable[[ET.Element], Verb]] = {
    "Say": _say,
    "Play": _play,
    "Pause": _pause,
    "Gather": _gather,
    "Record": _record,
    "Dial": _dial,
    "Hangup": lambda element: Hangup(),
    "Reject": lambda element: Reject(element.get("reason", "rejected")),
    "Redirect": lambda element: Redirect(_words(element), _method(element)),
    "Message": _message,
}
# The vendor ignores a misspelt attribute with a warning nobody reads; here it fails, so that a test sees it.
ATTRIBUTES: dict[str, set[str]] = {
    "Say": {"voice", "language", "loop"},
    "Play": {"loop", "digits"},
    "Pause": {"length"},
    "Gather": _names(
        "input action method timeout speechTimeout maxSpeechTime finishOnKey numDigits partialResultCallback "
        "partialResultCallbackMethod language hints bargeIn debug actionOnEmptyResult speechModel enhanced "
        "profanityFilter dtmfDetection"
    ),
    "Record": _names(
        "action method timeout finishOnKey maxLength playBeep trim recordingStatusCallback "
        "recordingStatusCallbackMethod recordingStatusCallbackEvent transcribe transcribeCallback"
    ),
    "Dial": _names(
        "action method timeout hangupOnStar timeLimit callerId callReason answerOnBridge ringTone record trim "
        "recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent recordingTrack "
        "sequential referUrl referMethod events"
    ),
    "Number": _names(
        "url method sendDigits byoc statusCallback statusCallbackEvent statusCallbackMethod machineDetection "
        "machineDetectionTimeout machineDetectionSpeechThreshold machineDetectionSpeechEndThreshold "
        "machineDetectionSilenceTimeout amdStatusCallback amdStatusCallbackMethod"
    ),
    "Hangup": set(),
    "Reject": {"reason"},
    "Redirect": {"method"},
    "Message": {"to", "from", "action", "method", "statusCallback"},
}
