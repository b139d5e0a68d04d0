"""Call the business's server: signed, timed out, retried, with a fallback, and broken on purpose when asked."""

import asyncio
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin

import httpx2

from ringback.sandbox.accounts import Account
from ringback.sandbox.company import Company
from ringback.sandbox.faults import Fault, Target
from ringback.sandbox.signature import sign

MAX_REDIRECTS = 10


class HookKind(StrEnum):
    """Which of the business's URLs is called; faults pick on these."""

    VOICE = "voice"
    DIAL_ACTION = "dial_action"
    WHISPER = "whisper"
    GATHER = "gather"
    RECORD = "record"
    REDIRECT = "redirect"
    LEG_STATUS = "leg_status"
    CALL_STATUS = "call_status"
    RECORDING_STATUS = "recording_status"
    MESSAGE = "message"
    MESSAGE_STATUS = "message_status"


@dataclass(frozen=True, slots=True)
class Hook:
    """One request to make. `order` keeps reports about one call or text in sequence."""

    kind: HookKind
    account: Account
    url: str
    params: Mapping[str, str]
    method: str = "POST"
    fallback_url: str = ""
    # Used when the retries of `url` are exhausted; the vendor then adds ErrorCode and ErrorUrl.
    fallback_method: str = "POST"
    order: asyncio.Lock | None = None
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the business's server said; `url` is where it finally came from, `location` where a redirect points."""

    status: int
    content_type: str
    body: bytes
    url: str
    location: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """No usable answer: `reason` is ct, rt, 4xx or 5xx, `code` the vendor's error."""

    reason: str
    code: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Overrides:
    """The limits a URL's fragment may change: https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides."""

    connect_seconds: float = 5.0
    read_seconds: float = 15.0
    total_seconds: float = 15.0
    retries: int = 1
    retry_on: frozenset[str] = frozenset({"ct"})

    @classmethod
    def read(cls, fragment: str) -> "Overrides":
        """Read `ct`, `rt`, `tt` (milliseconds), `rc` and `rp`; anything else, or nonsense, changes nothing."""
        given = dict(parse_qsl(fragment))
        policy = frozenset(given["rp"].split(",")) if "rp" in given else cls().retry_on
        return cls(
            _bounded(given, "ct", 100, 10_000, 5_000) / 1000,
            _bounded(given, "rt", 100, 15_000, 15_000) / 1000,
            _bounded(given, "tt", 100, 15_000, 15_000) / 1000,
            _bounded(given, "rc", 0, 5, 1),
            # `all` is documented as a policy of its own; the others are joined by commas.
            frozenset({"ct", "rt", "4xx", "5xx"}) if "all" in policy else policy,
        )

    def timeout(self) -> dict[str, float | None]:
        """Return the limits as the HTTP client takes them; waiting for a free connection is not limited."""
        return httpx2.Timeout(self.read_seconds, connect=self.connect_seconds, pool=None).as_dict()

    def allow_another(self, answer: Answer | Failure, attempt: int) -> bool:
        """Decide whether a request that got `answer` at its nth attempt is made again."""
        return isinstance(answer, Failure) and answer.reason in self.retry_on and attempt <= self.retries


def _bounded(given: Mapping[str, str], name: str, low: int, high: int, default: int) -> int:
    text = given.get(name, "")
    return min(max(int(text), low), high) if text.isdecimal() else default


async def deliver(company: Company, hook: Hook) -> Answer | Failure:
    """Make the request with its retries and fallback, after the faults that hit it."""
    faults = company.faults.draw(Target.WEBHOOK, hook.kind, hook.params)
    effects = {fault.effect: fault for fault in faults}
    await _wait_out(company, hook, faults)
    # To the exchange a lost request looks like a server that cannot be reached, without the retries.
    if "lose" in effects:
        company.log("webhook.lost", f"Webhook {hook.kind} lost on the way", *hook.phones, **_facts(hook))
        return Failure("ct", 11205, "lost on purpose")
    # All copies carry one token, as the vendor's own repeats do; only the first answer counts.
    copies = effects["duplicate"].copies if "duplicate" in effects else 1
    forged = "bad_signature" in effects
    token = secrets.token_hex(16)
    sent = [company.start(_in_order(company, hook, token, forged)) for _ in range(copies)]
    # The business may get the request even if the call that asked for it ends meanwhile.
    answers = await asyncio.shield(asyncio.gather(*sent))
    return answers[0]


async def _wait_out(company: Company, hook: Hook, faults: list[Fault]) -> None:
    for fault in faults:
        match fault.effect:
            case "delay":
                company.log("webhook.delayed", f"Webhook {hook.kind} held back {fault.seconds:g} s", **_facts(hook))
                await company.clock.sleep(fault.seconds)
            case "hold":
                await _hold(company, hook, company.held)
            case "reorder":
                await _reorder(company, hook, fault)
            case _:
                pass


async def _hold(company: Company, hook: Hook, held: list[asyncio.Event]) -> None:
    gate = asyncio.Event()
    held.append(gate)
    company.log("webhook.held", f"Webhook {hook.kind} held until released", *hook.phones, **_facts(hook))
    await gate.wait()


async def _reorder(company: Company, hook: Hook, fault: Fault) -> None:
    waiting = company.gathering.setdefault(fault.id, [])
    if len(waiting) + 1 < fault.batch:
        await _hold(company, hook, waiting)
        return
    company.log("webhook.reordered", f"Webhook {hook.kind} overtakes {len(waiting)} older one(s)", **_facts(hook))
    # Newest first, after the request that filled the batch and is not held at all.
    company.start(_let_go(waiting[::-1]))
    waiting.clear()


async def _let_go(gates: list[asyncio.Event]) -> None:
    # The pause lets each request reach the other side before the next one starts.
    for gate in gates:
        await asyncio.sleep(0.05)
        gate.set()


def release(company: Company, order: str) -> int:
    """Let every held webhook go, `fifo` or `reverse`; return how many."""
    gates = company.held + [gate for waiting in company.gathering.values() for gate in waiting]
    company.held, company.gathering = [], {}
    company.start(_let_go(gates[::-1] if order == "reverse" else gates))
    return len(gates)


async def _in_order(company: Company, hook: Hook, token: str, forged: bool) -> Answer | Failure:
    # Reports about one call or text leave in order; the network of a real vendor need not keep it.
    async with hook.order or asyncio.Lock():
        answer = await _with_retries(company, hook, token, forged)
        if not isinstance(answer, Failure) or not hook.fallback_url:
            return answer
        params = {**hook.params, "ErrorCode": str(answer.code), "ErrorUrl": urldefrag(hook.url).url}
        company.log("webhook.fallback", f"Webhook {hook.kind} failed, trying the fallback URL", **_facts(hook))
        spare = replace(hook, url=hook.fallback_url, method=hook.fallback_method, params=params)
        return await _with_retries(company, spare, secrets.token_hex(16), forged)


async def _with_retries(company: Company, hook: Hook, token: str, forged: bool) -> Answer | Failure:
    limits = Overrides.read(urldefrag(hook.url).fragment)
    deadline = time.monotonic() + limits.total_seconds
    attempt = 1
    while True:
        began = time.monotonic()
        answer = await _follow(company, hook, limits, {"I-Twilio-Idempotency-Token": token}, forged)
        _report(company, hook, answer, attempt, round((time.monotonic() - began) * 1000))
        if not limits.allow_another(answer, attempt) or time.monotonic() >= deadline:
            return answer
        attempt += 1


async def _follow(
    company: Company, hook: Hook, limits: Overrides, headers: dict[str, str], forged: bool
) -> Answer | Failure:
    url, method = urldefrag(hook.url).url, hook.method
    for _ in range(MAX_REDIRECTS + 1):
        try:
            request = _build(company, hook, method, url, forged)
        except httpx2.InvalidURL as error:
            return Failure("url", 11100, f"not a usable address: {error}")
        request.headers.update(headers)
        request.extensions["timeout"] = limits.timeout()
        outcome = await _send(company, request)
        if isinstance(outcome, Failure):
            return outcome
        # A redirected POST becomes a GET, as browsers do it; 307 and 308 keep the form.
        if outcome.status not in (301, 302, 303, 307, 308):
            return _judge(outcome)
        url = urljoin(url, outcome.location)
        method = method if outcome.status in (307, 308) else "GET"
    return Failure("5xx", 11215, f"more than {MAX_REDIRECTS} redirects")


def _build(company: Company, hook: Hook, method: str, url: str, forged: bool) -> httpx2.Request:
    pairs = tuple(hook.params.items())
    if method == "GET":
        url += ("&" if "?" in url else "?") + urlencode(pairs)
        # A GET is signed over its whole address, parameters included, and nothing else.
        pairs = ()
    signature = sign(hook.account.auth_token + ("forged" if forged else ""), url, pairs)
    headers = {
        "X-Twilio-Signature": signature,
        "User-Agent": "TwilioProxy/1.1",
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
    }
    return company.http.build_request(method, url, headers=headers, content=urlencode(pairs) if pairs else None)


async def _send(company: Company, request: httpx2.Request) -> Answer | Failure:
    try:
        response = await company.http.send(request)
    # Told apart because only failed connections are retried unless the URL asks for more.
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.UnsupportedProtocol) as error:
        return Failure("ct", 11205, f"no connection: {error}")
    except httpx2.RequestError as error:
        return Failure("rt", 11200, f"no answer: {type(error).__name__}")
    headers = response.headers
    location = headers.get("location", "")
    return Answer(response.status_code, headers.get("content-type", ""), response.content, str(request.url), location)


def _judge(answer: Answer) -> Answer | Failure:
    if answer.status >= 400:
        return Failure(f"{answer.status // 100}xx", 11200, f"HTTP {answer.status}")
    return answer


def _facts(hook: Hook) -> dict[str, object]:
    return {"hook": str(hook.kind), "url": hook.url, "params": dict(hook.params)}


def _report(company: Company, hook: Hook, answer: Answer | Failure, attempt: int, took_ms: int) -> None:
    again = "" if attempt == 1 else f" (try {attempt})"
    facts = _facts(hook) | {"attempt": attempt, "ms": took_ms}
    match answer:
        case Answer(status=status):
            text = f"Webhook {hook.kind} → {status} in {took_ms} ms{again}"
            company.log("webhook.answered", text, *hook.phones, status=status, **facts)
        case Failure(code=code, sentence=sentence):
            text = f"Webhook {hook.kind} failed{again}: {sentence}"
            company.log("webhook.failed", text, *hook.phones, code=code, **facts)
