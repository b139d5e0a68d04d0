"""Run TwiML on a call: fetch a document, obey its verbs, follow where they lead."""

import asyncio
from dataclasses import dataclass, field
from typing import assert_never
from urllib.parse import urljoin

from ringback.sandbox.callparams import voice_params
from ringback.sandbox.calls import Call, CallOver, CallStatus, Redirected
from ringback.sandbox.carrier import send_from_document
from ringback.sandbox.company import Company
from ringback.sandbox.dialing import Dialed, dial
from ringback.sandbox.listening import gather, tell
from ringback.sandbox.recording import record_message
from ringback.sandbox.switchboard import answer, end, phones_of, ring
from ringback.sandbox.twiml import (
    Dial,
    Gather,
    Hangup,
    Pause,
    Play,
    Record,
    Redirect,
    Reject,
    Say,
    SendText,
    Target,
    TwimlError,
    Verb,
    parse_twiml,
)
from ringback.sandbox.webhooks import Answer, Failure, Hook, HookKind, deliver


@dataclass(frozen=True, slots=True)
class Fetch:
    """A document to ask the business for; `extra` is what this request adds to the call's parameters."""

    kind: HookKind
    url: str
    method: str = "POST"
    extra: dict[str, str] = field(default_factory=dict)
    fallback_url: str = ""
    fallback_method: str = "POST"


@dataclass(frozen=True, slots=True)
class Inline:
    """A document that is at hand already (`Twiml` of the REST API)."""

    twiml: str


Step = Fetch | Inline


@dataclass(frozen=True, slots=True)
class Document:
    """Verbs and the URL that relative addresses in them start from."""

    url: str
    verbs: tuple[Verb, ...]

    def absolute(self, url: str) -> str:
        """Return `url` as an absolute address; an empty one is the document's own."""
        return urljoin(self.url, url)


async def run(company: Company, call: Call, step: Step) -> None:
    """Run documents until the last one is used up; raise CallOver when the call ended before that."""
    following: Step | None = step
    while following is not None:
        try:
            document = await _load(company, call, following)
            following = await _obey(company, call, document)
        except Redirected:
            # The verbs left in the old document are forgotten, as at the vendor.
            following = call.next_document


async def conduct(company: Company, call: Call, step: Step) -> None:
    """Run a call to its end: when the documents are used up, the exchange hangs up."""
    try:
        await run(company, call, step)
        _finish(company, call)
    except CallOver:
        return


def _finish(company: Company, call: Call) -> None:
    """Hang up for the business. Only a failed `answerOnBridge` dial leaves the call unanswered."""
    if call.unanswered_status is None:
        answer(company, call)
    ended_as = CallStatus.COMPLETED if call.is_answered else call.unanswered_status
    end(company, call, ended_as or CallStatus.COMPLETED)


async def _load(company: Company, call: Call, step: Step) -> Document:
    try:
        if isinstance(step, Inline):
            return Document("", parse_twiml(step.twiml.encode()))
        got = await request(company, call, step)
        if isinstance(got, Answer):
            _check_type(got.content_type)
            return Document(got.url, parse_twiml(got.body))
        error = TwimlError(got.code, got.sentence)
    except TwimlError as found:
        error = found
    _fail(company, call, error)
    raise CallOver


def _check_type(content_type: str) -> None:
    # A server that answers JSON by habit would work here and fail at the vendor.
    if not any(kind in content_type for kind in ("xml", "text/html")):
        raise TwimlError(12300, f"The answer is {content_type or 'of no type'}, not text/xml.")


async def request(company: Company, call: Call, step: Fetch) -> Answer | Failure:
    """Ask the business for a document; the request goes on even if the call ends meanwhile."""
    work = company.start(deliver(company, hook_of(call, step)))
    # Shielded: the vendor does not withdraw a request when the caller hangs up.
    got = await call.within(asyncio.shield(work))
    return got or Failure("rt", 11200, "no answer")


def hook_of(call: Call, step: Fetch) -> Hook:
    """Return the webhook request that asks for a document."""
    params = voice_params(call) | step.extra
    spare = (step.fallback_url, step.fallback_method)
    return Hook(step.kind, call.account, step.url, params, step.method, *spare, phones=phones_of(call))


def _fail(company: Company, call: Call, error: TwimlError) -> None:
    text = f"Error {error.code}: {error} The call cannot go on."
    company.log("call.error", text, *phones_of(call), call=call.sid, code=error.code)
    # An answered call cannot fail any more: the caller just hears an apology and the line goes dead.
    end(company, call, CallStatus.COMPLETED if call.is_answered else CallStatus.FAILED, 500)


async def _obey(company: Company, call: Call, document: Document) -> Step | None:
    """Run the verbs in turn; return the document one of them leads to."""
    for verb in document.verbs:
        leads_to = await _do(company, call, document, verb)
        if leads_to is not None:
            return leads_to
    return None


async def _do(company: Company, call: Call, document: Document, verb: Verb) -> Step | None:
    match verb:
        case Reject(reason=reason):
            _reject(company, call, reason)
        case Redirect(url=url, method=method):
            return Fetch(HookKind.REDIRECT, document.absolute(url), method)
        case Pause(seconds=seconds):
            # As the first verb a pause delays the pick-up, so it must not answer the call.
            await call.within(company.clock.sleep(seconds))
        case Dial():
            return await _dial(company, call, document, verb)
        case SendText():
            send_from_document(company, call.account, call.to, call.from_, verb)
        case Hangup():
            _finish(company, call)
            raise CallOver
        case Say() | Play() | Gather() | Record():
            answer(company, call)
            return await _converse(company, call, document, verb)
        case _:
            assert_never(verb)
    return None


async def _converse(
    company: Company, call: Call, document: Document, verb: Say | Play | Gather | Record
) -> Step | None:
    match verb:
        case Say() | Play():
            await call.within(company.clock.sleep(tell(company, call, (verb,))))
        case Gather():
            return await _gather(company, call, document, verb)
        case Record():
            # No recording, no request: silence falls through to the next verb.
            extra = await record_message(company, call, verb, document.absolute)
            step = Fetch(HookKind.RECORD, document.absolute(verb.action), verb.method, extra)
            return await _after(company, call, step) if extra else None
    return None


def _reject(company: Company, call: Call, reason: str) -> None:
    if call.is_answered:
        end(company, call, CallStatus.COMPLETED)
    else:
        end(company, call, CallStatus.BUSY if reason == "busy" else CallStatus.NO_ANSWER, 486)
    raise CallOver


async def _gather(company: Company, call: Call, document: Document, verb: Gather) -> Step | None:
    heard = await gather(company, call, verb)
    # Nothing heard: the document goes on after the <Gather>, unless it wants to be told.
    if not (heard.digits or heard.speech or verb.action_on_empty):
        return None
    return Fetch(HookKind.GATHER, document.absolute(verb.action), verb.method, heard.params())


async def _dial(company: Company, call: Call, document: Document, verb: Dial) -> Step | None:
    # Whispers run on a leg, and a leg has nobody waiting to be connected.
    if call.parent:
        _fail(company, call, TwimlError(13251, "A whisper may not hold a <Dial>."))
        raise CallOver
    if not verb.answer_on_bridge:
        answer(company, call)

    async def whisper(leg: Call, target: Target) -> None:
        await run(company, leg, Fetch(HookKind.WHISPER, document.absolute(target.url), target.method))

    dialed = await dial(company, call, verb, document.absolute, whisper)
    _note_dial(company, call, dialed)
    if verb.action:
        step = Fetch(HookKind.DIAL_ACTION, document.absolute(verb.action), verb.method, dialed.params())
        return await _after(company, call, step)
    call.check()
    return None


def _note_dial(company: Company, call: Call, dialed: Dialed) -> None:
    # Answered by a machine and not accepted is `completed` for the leg, but nobody answered the caller.
    call.unanswered_status = CallStatus.NO_ANSWER if dialed.status is CallStatus.COMPLETED else dialed.status
    text = f"Dialling ended: {dialed.status}"
    company.log("call.dialed", text, *phones_of(call), call=call.sid, dial_status=str(dialed.status))


async def _after(company: Company, call: Call, step: Fetch) -> Step:
    """Return the step for the caller, or, when the caller is gone, report to the `action` and stop."""
    # The `action` is asked even for a caller who hung up; what it answers has nobody to go to.
    if call.is_over:
        company.start(deliver(company, hook_of(call, step)))
    call.check()
    return step


def place_inbound(company: Company, call: Call) -> None:
    """Let a call from outside reach the number it was dialled to."""
    line = call.line
    if line is None:
        raise ValueError("An inbound call needs the number it was dialled to.")
    # The first webhook already finds the call ringing.
    call.status = CallStatus.RINGING
    if not line.voice_url:
        _fail(company, call, TwimlError(11200, "The number has no VoiceUrl."))
        return
    spare = (line.voice_fallback_url, line.voice_fallback_method)
    company.start(conduct(company, call, Fetch(HookKind.VOICE, line.voice_url, line.voice_method, {}, *spare)))


async def place_outbound(company: Company, call: Call, step: Step, ring_seconds: float) -> None:
    """Ring a handset for the REST API and run `step` when it answers."""
    try:
        if await ring(company, call, ring_seconds):
            await conduct(company, call, step)
    except CallOver:
        return
