"""Carry texts both ways, as a mobile carrier and the vendor's default opt-out handling do."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import httpx2

from ringback.sandbox.accounts import Account, CompanyNumber, Registered
from ringback.sandbox.callparams import places
from ringback.sandbox.company import Company
from ringback.sandbox.handsets import Kind
from ringback.sandbox.keywords import CONFIRMATIONS, Keyword, find_keyword
from ringback.sandbox.messages import Media, Message, MessageDirection, MessageStatus
from ringback.sandbox.twiml import SendText, TwimlError, Verb, parse_twiml
from ringback.sandbox.webhooks import Answer, Hook, HookKind, deliver

E164 = re.compile(r"\+[1-9]\d{6,14}")
MAX_BODY = 1600
# What the carrier reports for a text to such a number, https://www.twilio.com/docs/api/errors.
UNDELIVERABLE = {Kind.LANDLINE: 30006, Kind.FILTERED: 30007, Kind.UNREACHABLE: 30003}
EXPIRED = 30036
# Texts of numbers that are not registered or verified, blocked after they were taken, and billed.
UNREGISTERED, UNVERIFIED = 30034, 30032
NO_MEDIA = 11200


@dataclass(frozen=True, slots=True)
class Refusal:
    """The API does not take a request: HTTP status, the vendor's code and a sentence."""

    status: int
    code: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A text a business wants to send."""

    from_: str
    to: str
    body: str
    media_urls: tuple[str, ...] = ()
    status_callback: str = ""
    validity_seconds: float = 36_000


def refuse(company: Company, account: Account, wanted: Outgoing) -> Refusal | None:
    """Return why a text is not taken, None when it is."""
    line = company.numbers.get(wanted.from_)
    # Per number, not per business: the vendor blocks the pair that texted.
    opted_out = (wanted.from_, wanted.to) in company.opt_outs
    # In the order the vendor checks them, as far as one request can tell.
    reasons: tuple[tuple[bool, int, str], ...] = (
        (not wanted.to, 21604, "A 'To' phone number is required."),
        (not wanted.from_, 21603, "A 'From' phone number is required."),
        (not (wanted.body or wanted.media_urls), 21602, "Message body is required."),
        (not _is_dialable(company, wanted.to), 21211, f"Invalid 'To' Phone Number: {wanted.to}"),
        (line is None or line.account is not account, 21606, f"The 'From' number {wanted.from_} is not yours."),
        (wanted.to == wanted.from_, 21266, "'To' and 'From' number cannot be the same."),
        (len(wanted.body) > MAX_BODY, 21617, "The concatenated message body exceeds the 1600 character limit."),
        (opted_out, 21610, "Attempt to send to unsubscribed recipient"),
    )
    return next((Refusal(400, code, sentence) for broken, code, sentence in reasons if broken), None)


def _is_dialable(company: Company, number: str) -> bool:
    known = company.handsets.get(number)
    return bool(E164.fullmatch(number)) and not (known and known.behaviour.kind is Kind.INVALID)


def send(
    company: Company, account: Account, wanted: Outgoing, direction: MessageDirection, request_number: int | None = None
) -> Message:
    """Take a text that `refuse` found nothing against, and carry it."""
    message = Message(
        account,
        direction,
        wanted.from_,
        wanted.to,
        wanted.body,
        company.clock.now(),
        media_urls=wanted.media_urls,
        status_callback=wanted.status_callback,
        validity_seconds=wanted.validity_seconds,
        request_number=request_number,
    )
    company.messages[message.sid] = message
    text = f"Text accepted from {company.name_of(message.from_)} to {company.name_of(message.to)}: “{message.body}”"
    facts = {"sid": message.sid, "from": message.from_, "to": message.to, "body": message.body}
    source = "api" if request_number is not None else "carrier"
    company.log("message.accepted", text, *_phones(message), source=source, **facts)
    # The API answers before anything is carried: `accepted` says nothing of delivery.
    company.start(_carry(company, message))
    return message


def _phones(message: Message) -> tuple[str, ...]:
    return (message.from_, message.to)


async def _carry(company: Company, message: Message) -> None:
    _report(company, message)
    await company.clock.sleep(company.options.sms_seconds)
    # At the vendor ValidityPeriod is about its own queue; a phone that is off stands for the wait here.
    if not await _is_reachable(company, message):
        _move(company, message, MessageStatus.FAILED, EXPIRED)
        return
    if not await _fetch_media(company, message):
        _move(company, message, MessageStatus.FAILED, NO_MEDIA)
        return
    _move(company, message, MessageStatus.SENDING)
    await company.clock.sleep(company.options.sms_seconds)
    message.sent_at = company.clock.now()
    _move(company, message, MessageStatus.SENT)
    await company.clock.sleep(company.options.sms_seconds)
    _arrive(company, message)


async def _is_reachable(company: Company, message: Message) -> bool:
    """Wait for a handset that is switched off, as long as the text is valid."""
    handset = company.handset(message.to)
    if handset.behaviour.switched_off:
        text = f"{company.name_of(message.to)} is off; the text waits up to {message.validity_seconds:g} s"
        company.log("message.waiting", text, *_phones(message), sid=message.sid)
    return await handset.wait_until_on(company.clock.wall_seconds(message.validity_seconds))


async def _fetch_media(company: Company, message: Message) -> bool:
    found = [await _fetch(company, url) for url in message.media_urls]
    message.media = tuple(one for one in found if one is not None)
    company.media |= {one.sid: one for one in message.media}
    return len(message.media) == len(message.media_urls)


async def _fetch(company: Company, url: str) -> Media | None:
    try:
        # The vendor fetches attachments when it sends, without credentials.
        response = await company.http.get(url, follow_redirects=True, timeout=15)
        response.raise_for_status()
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        company.log("message.media_missing", f"The picture at {url} cannot be fetched: {error}")
        return None
    content_type = response.headers.get("content-type", "application/octet-stream")
    return Media(content_type, response.content, company.clock.now())


def _arrive(company: Company, message: Message) -> None:
    error_code = _blocked(company, message) or UNDELIVERABLE.get(company.handset(message.to).behaviour.kind)
    if error_code:
        _move(company, message, MessageStatus.UNDELIVERED, error_code)
        return
    _move(company, message, MessageStatus.DELIVERED)
    # One of the company's own numbers has a hook where a handset has a screen.
    if message.to in company.numbers:
        receive(company, message.from_, company.numbers[message.to], message.body, message.media)


def _blocked(company: Company, message: Message) -> int | None:
    """Return the error of a number that carriers do not know; only those of North America ask."""
    line = company.numbers.get(message.from_)
    if line is None or line.registration is Registered.APPROVED or not message.from_.startswith("+1"):
        return None
    return UNVERIFIED if line.is_toll_free else UNREGISTERED


def _move(company: Company, message: Message, status: MessageStatus, error_code: int | None = None) -> None:
    message.move(status, company.clock.now(), error_code)
    why = f" (error {error_code})" if error_code else ""
    text = f"Text to {company.name_of(message.to)}: {status}{why}"
    company.log(f"message.{status}", text, *_phones(message), sid=message.sid, error_code=error_code)
    _report(company, message)


def _report(company: Company, message: Message) -> None:
    if not message.status_callback:
        return
    params = {
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageStatus": str(message.status),
        "SmsStatus": str(message.status),
        "To": message.to,
        "From": message.from_,
        "AccountSid": message.account.sid,
        "ApiVersion": "2010-04-01",
    }
    if message.error_code:
        params["ErrorCode"] = str(message.error_code)
    # Taken from the carrier's delivery receipt, so only final states have it.
    if message.status in (MessageStatus.DELIVERED, MessageStatus.UNDELIVERED):
        params["RawDlrDoneDate"] = company.clock.now().strftime("%y%m%d%H%M")
    url, order = message.status_callback, message.report_order
    company.start(deliver(company, Hook(HookKind.MESSAGE_STATUS, message.account, url, params, order=order)))


def receive(company: Company, from_: str, line: CompanyNumber, body: str, media: tuple[Media, ...] = ()) -> Message:
    """Take a text from a handset to a company number: opt-out words first, then the business's hook."""
    now = company.clock.now()
    message = Message(
        line.account, MessageDirection.INBOUND, from_, line.phone_number, body, now, MessageStatus.RECEIVED, media
    )
    message.sent_at = now
    company.messages[message.sid] = message
    company.media |= {one.sid: one for one in media}
    text = f"{company.name_of(from_)} texted {company.name_of(line.phone_number)}: “{body}”"
    company.log("message.received", text, *_phones(message), sid=message.sid, body=body)
    keyword = find_keyword(body)
    # The carrier acts before the business hears of the text, and whatever the business answers.
    if keyword:
        _obey_keyword(company, line, from_, keyword)
    if line.sms_url:
        company.start(_hand_over(company, line, message, keyword))
    return message


def _obey_keyword(company: Company, line: CompanyNumber, handset: str, keyword: Keyword) -> None:
    pair = (line.phone_number, handset)
    changes: dict[Keyword, tuple[bool, Callable[[tuple[str, str]], None] | None]] = {
        Keyword.STOP: (pair not in company.opt_outs, company.opt_outs.add),
        Keyword.START: (pair in company.opt_outs, company.opt_outs.discard),
        Keyword.HELP: (True, None),
    }
    # A second STOP is not confirmed again, nor a START by someone who never left.
    counts, change = changes[keyword]
    if not counts:
        return
    if change:
        change(pair)
        company.log("opt_out.changed", f"The carrier noted {keyword} from {company.name_of(handset)}", *pair)
    answer = Outgoing(line.phone_number, handset, CONFIRMATIONS[keyword])
    send(company, line.account, answer, MessageDirection.REPLY)


async def _hand_over(company: Company, line: CompanyNumber, message: Message, keyword: Keyword | None) -> None:
    params = _inbound_params(company, message)
    if keyword and line.advanced_opt_out:
        params["OptOutType"] = str(keyword)
    spare = (line.sms_fallback_url, line.sms_fallback_method)
    hook = Hook(HookKind.MESSAGE, line.account, line.sms_url, params, line.sms_method, *spare, phones=_phones(message))
    # An answer without a document is the normal case; texts are then sent by the API.
    got = await deliver(company, hook)
    if isinstance(got, Answer) and got.body.strip():
        _reply(company, message, got)


def _inbound_params(company: Company, message: Message) -> dict[str, str]:
    params = {
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "SmsMessageSid": message.sid,
        "AccountSid": message.account.sid,
        "From": message.from_,
        "To": message.to,
        "Body": message.body,
        "NumMedia": str(len(message.media)),
        "NumSegments": str(message.num_segments),
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        **places("From", message.from_),
        **places("To", message.to),
    }
    path = f"{company.public_url}/2010-04-01/Accounts/{message.account.sid}/Messages/{message.sid}/Media"
    for index, one in enumerate(message.media):
        params |= {f"MediaUrl{index}": f"{path}/{one.sid}", f"MediaContentType{index}": one.content_type}
    return params


def _reply(company: Company, message: Message, got: Answer) -> None:
    try:
        verbs = _verbs(got)
    except TwimlError as error:
        company.log("message.error", f"Error {error.code} in the answer to a text: {error}", code=error.code)
        return
    for verb in verbs:
        if isinstance(verb, SendText):
            send_from_document(company, message.account, message.to, message.from_, verb)


def _verbs(got: Answer) -> tuple[Verb, ...]:
    # The vendor texts a plain answer to the sender: a server that says "ok" has its customers read it.
    if got.content_type.startswith("text/plain"):
        return (SendText(got.body.decode(errors="replace"), (), ""),)
    if "xml" not in got.content_type:
        raise TwimlError(12300, f"The answer is {got.content_type or 'of no type'}, not text/xml.")
    return parse_twiml(got.body)


def send_from_document(company: Company, account: Account, line: str, handset: str, verb: SendText) -> None:
    """Send the text a `<Message>` verb asks for, unless the API would refuse it."""
    wanted = Outgoing(line, verb.to or handset, verb.body, verb.media)
    # A document cannot be answered with an error, so the console says it.
    refusal = refuse(company, account, wanted)
    if refusal:
        company.log("message.error", f"Error {refusal.code}: {refusal.sentence}", code=refusal.code)
    else:
        send(company, account, wanted, MessageDirection.REPLY)
