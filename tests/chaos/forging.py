"""Signed webhooks, and ten thousand ways to tamper with one; the phone company's own library judges each."""

import logging
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, parse_qsl, quote, quote_plus, urlencode

from twilio.request_validator import RequestValidator, get_signature_algorithm

from tests.cast import AUTH_TOKEN, CARLA, HARBOR_ADS_NUMBER, HARBOR_NUMBER

# It warns of each algorithm that it does not know, and forgers ask for many.
logging.getLogger("twilio.request_validator").setLevel(logging.ERROR)

PUBLIC = "http://ringback.test"
FORM = "application/x-www-form-urlencoded"
SIGNATURE, SETTINGS = "X-Twilio-Signature", "X-Twilio-Webhooks-Signature-Settings"
# Each line has an account of its own here, as a business that moved, or a rival, would.
TOKENS = {"harbor-main": AUTH_TOKEN, "harbor-ads": "token-of-the-other-line", "rex-main": "token-of-the-rival"}
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Hook:
    """One request as it goes over the wire: `target` is path and query, byte for byte."""

    target: str
    body: bytes
    headers: tuple[tuple[str, str], ...]
    method: str = "POST"
    host: str = "ringback.test"

    def header(self, name: str) -> str:
        """Return the first value of a header, as a server that is asked for one gives it."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def with_header(self, name: str, value: str) -> "Hook":
        """Return the request with a header in the place of the one of that name."""
        kept = tuple(pair for pair in self.headers if pair[0].lower() != name.lower())
        return replace(self, headers=(*kept, (name, value)))

    @property
    def key(self) -> str:
        """What stands where an address has the key of its line."""
        parts = self.target.split("/")
        return parts[2] if len(parts) > 2 else ""

    @property
    def what(self) -> str:
        """What stands where an address names its hook."""
        return self.target.partition("?")[0].split("/")[-1]

    @property
    def is_form(self) -> bool:
        """Whether the body is said to be a form."""
        return self.header("content-type").partition(";")[0].strip().lower() == FORM


class Fields(dict[str, list[str]]):
    """Form fields as web frameworks give them to the vendor's validator."""

    def __init__(self, pairs: Pairs) -> None:
        super().__init__()
        for name, value in pairs:
            self.setdefault(name, []).append(value)

    def getlist(self, name: str) -> list[str]:
        """Return every value of a field."""
        return self[name]


def read_form(body: bytes) -> Pairs:
    """Return the fields of a form; bytes that are no UTF-8 stay apart from those that are."""
    text = body.decode("utf-8", "surrogateescape")
    return parse_qsl(text, keep_blank_values=True, errors="surrogateescape")


def is_genuine(hook: Hook, tokens: Mapping[str, str]) -> bool:
    """Judge a request by the vendor's validator, with the token of the line whose address it came to."""
    parts = hook.target.partition("?")[0].split("/")
    token = tokens.get(parts[2]) if len(parts) == 4 else None
    if token is None or hook.method not in ("GET", "POST"):
        return False
    validator, algorithm = RequestValidator(token), get_signature_algorithm(hook.header(SETTINGS))
    fields: Fields | str = Fields([])
    if hook.method == "POST" and hook.is_form:
        fields = Fields(read_form(hook.body))
    elif hook.method == "POST" and hook.body:
        # Only a hash in the signed address covers a body that is no form.
        if "bodySHA256" not in parse_qs(hook.target.partition("?")[2]):
            return False
        fields = hook.body.decode("utf-8", "replace")
    try:
        return bool(validator.validate(PUBLIC + hook.target, fields, hook.header(SIGNATURE), algorithm))
    except (UnicodeEncodeError, ValueError):
        return False


def signed(target: str, pairs: Pairs, token: str, *, public: str = PUBLIC, algorithm: str = "HMAC_SHA1") -> Hook:
    """Return a form as the phone company sends it."""
    claimed = RequestValidator(token).compute_signature(public + target, Fields(pairs), algorithm)
    return Hook(target, urlencode(pairs).encode(), (("Content-Type", FORM), (SIGNATURE, claimed)))


def signed_json(target: str, body: str, token: str) -> Hook:
    """Return a JSON body as the phone company sends it: its hash is in the address, and the address is signed."""
    validator = RequestValidator(token)
    joined = f"{target}{'&' if '?' in target else '?'}bodySHA256={validator.compute_hash(body)}"
    claimed = validator.compute_signature(PUBLIC + joined, {})
    return Hook(joined, body.encode(), (("Content-Type", "application/json"), (SIGNATURE, claimed)))


def genuine(number: int, choose: random.Random) -> Hook:
    """Return a request that a phone company would make, about a call or text of its own."""
    key = choose.choice(["harbor-main", "harbor-ads", "rex-main"])
    to = {"harbor-main": HARBOR_NUMBER, "harbor-ads": HARBOR_ADS_NUMBER}.get(key, "+13125550199")
    call, leg, text = f"CA{number:032x}", f"CB{number:032x}", f"SM{number:032x}"
    about = [("AccountSid", "AC" + "1" * 32), ("From", CARLA), ("To", to), ("ApiVersion", "2010-04-01")]
    ringing = [("CallSid", call), ("CallStatus", "ringing"), ("Direction", "inbound"), *about]
    shapes: list[tuple[str, Pairs]] = [
        ("voice", [*ringing, ("CallerName", "CARLA LÓPEZ"), ("Empty", "")]),
        ("voice", [*ringing, ("Digits", "1"), ("Digits", "2"), ("New Thing", "a+b %2B& =ñ")]),
        ("call_status", [("CallSid", call), ("CallStatus", "completed"), ("CallDuration", "20"), *about]),
        ("dialed", [("CallSid", call), ("CallStatus", "in-progress"), ("DialCallStatus", "no-answer"), *about]),
        (f"leg?call={call}", [("CallSid", leg), ("CallStatus", "completed"), ("CallDuration", "3"), *about]),
        (f"whisper?call={call}", [("CallSid", leg), ("CallStatus", "in-progress"), *about]),
        (f"accepted?call={call}&who=Sam+%2B1", [("CallSid", leg), ("CallStatus", "in-progress"), *about]),
        ("message", [("MessageSid", text), ("Body", " stop please \r\n😀"), ("NumMedia", "0"), *about]),
        ("message", [("MessageSid", text), ("Body", ""), ("NumMedia", "1"), ("MediaUrl0", "https://api.twilio.com/x"),
                     ("MediaContentType0", "image/png"), *about]),
        ("message_status?message=0", [("MessageSid", text), ("MessageStatus", "delivered"), *about]),
    ]  # fmt: skip
    what, pairs = choose.choice(shapes)
    target, token = f"/hooks/{key}/{what}", TOKENS[key]
    if choose.random() < 0.08:
        return signed_json(target, f'{{"CallSid": "{call}", "From": "{CARLA}"}}', token)
    algorithm = "HMAC_SHA256" if choose.random() < 0.1 else "HMAC_SHA1"
    hook = signed(target, pairs, token, algorithm=algorithm)
    return hook if algorithm == "HMAC_SHA1" else hook.with_header(SETTINGS, f"key=webhooks_1,algorithm={algorithm}")


@dataclass(frozen=True)
class Forgery:
    """One way to tamper with a request."""

    name: str
    tamper: Callable[[Hook, random.Random], Hook] = field(repr=False)


def _flip(data: bytes, choose: random.Random) -> bytes:
    if not data:
        return b"x"
    at = choose.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << choose.randrange(8))]) + data[at + 1 :]


def _flip_body(hook: Hook, choose: random.Random) -> Hook:
    return replace(hook, body=_flip(hook.body, choose))


def _flip_target(hook: Hook, choose: random.Random) -> Hook:
    at = choose.randrange(1, len(hook.target))
    swapped = choose.choice([one for one in "aZ0-_.~%&=+?/:" if one != hook.target[at]])
    return replace(hook, target=hook.target[:at] + swapped + hook.target[at + 1 :])


def _change_signature(hook: Hook, choose: random.Random) -> Hook:
    claimed = hook.header(SIGNATURE) or "none"
    at = choose.randrange(len(claimed))
    other = choose.choice([one for one in "AZaz09+/=" if one != claimed[at]])
    changes = (
        claimed[:at] + other + claimed[at + 1 :],
        claimed[:at] + claimed[at].swapcase() + claimed[at + 1 :],
        claimed[: choose.randrange(len(claimed))],
        claimed + "=",
        claimed.rstrip("="),
        claimed + "," + claimed,
        claimed[::-1],
        "",
        "null",
        choose.randbytes(20).hex(),
    )
    return hook.with_header(SIGNATURE, choose.choice(changes))


def _no_signature(hook: Hook, _: random.Random) -> Hook:
    return replace(hook, headers=tuple(pair for pair in hook.headers if pair[0] != SIGNATURE))


def _with_pairs(change: Callable[[Pairs, random.Random], Pairs]) -> Callable[[Hook, random.Random], Hook]:
    """Lift a change of fields to one of requests; a body that is no form gets a byte changed instead."""

    def tamper(hook: Hook, choose: random.Random) -> Hook:
        found = read_form(hook.body)
        if not hook.is_form or len(found) < 2:
            return _flip_body(hook, choose)
        pairs = change(found, choose)
        text = "&".join(f"{quote_plus(name, errors='surrogateescape')}={quote_plus(value, errors='surrogateescape')}"
                        for name, value in pairs)  # fmt: skip
        return replace(hook, body=text.encode())

    return tamper


def _add(pairs: Pairs, choose: random.Random) -> Pairs:
    extra = choose.choice([("Digits", "9"), ("From", "+13125550166"), ("Body", "STOP"), ("x", ""), ("NumMedia", "1")])
    at = choose.randrange(len(pairs) + 1)
    return [*pairs[:at], extra, *pairs[at:]]


def _drop(pairs: Pairs, choose: random.Random) -> Pairs:
    at = choose.randrange(len(pairs))
    return pairs[:at] + pairs[at + 1 :]


def _reorder(pairs: Pairs, choose: random.Random) -> Pairs:
    return choose.sample(pairs, len(pairs))


def _double(pairs: Pairs, choose: random.Random) -> Pairs:
    # An exact twin says nothing new, and the vendor's own check takes it so; with another value it is forged.
    name, value = choose.choice(pairs)
    return [*pairs, (name, choose.choice([value, value + "0", ""]))]


def _change_one(
    change: Callable[[str, str, random.Random], tuple[str, str]],
) -> Callable[[Pairs, random.Random], Pairs]:
    def changed(pairs: Pairs, choose: random.Random) -> Pairs:
        at = choose.randrange(len(pairs))
        return [*pairs[:at], change(*pairs[at], choose), *pairs[at + 1 :]]

    return changed


def _pad(name: str, value: str, choose: random.Random) -> tuple[str, str]:
    blank = choose.choice([" ", "\t", "\r\n", "\u200b", "\0", "\u00a0"])
    return choose.choice([(name, value + blank), (name, blank + value), (name, value.strip()), (name + blank, value)])


def _say_otherwise(name: str, value: str, choose: random.Random) -> tuple[str, str]:
    # Look-alikes: what a lax comparison, or a database, could take for the same.
    forms = (value.swapcase(), value + "\0", value.replace("1", "１"), value.replace("é", "e\u0301"), value[:-1], "")
    return name, choose.choice(forms)


def _shift(name: str, value: str, _: random.Random) -> tuple[str, str]:
    # Names and values are signed run together: the border between them is not, and the vendor's check agrees.
    return (name + value[:1], value[1:]) if value else (name[:-1], name[-1:])


def _swap_values(pairs: Pairs, choose: random.Random) -> Pairs:
    one, other = choose.sample(range(len(pairs)), 2)
    swapped = list(pairs)
    swapped[one], swapped[other] = (pairs[one][0], pairs[other][1]), (pairs[other][0], pairs[one][1])
    return swapped


def _spell_target(hook: Hook, choose: random.Random) -> Hook:
    path, mark, query = hook.target.partition("?")
    at = choose.randrange(1, len(path))
    spellings = (
        path.upper() + mark + query,
        path[:at] + path[at].swapcase() + path[at + 1 :] + mark + query,
        path + "/" + mark + query,
        path.replace("/hooks/", "//hooks/") + mark + query,
        path.replace("/hooks/", "/./hooks/") + mark + query,
        path.replace("/hooks/", "/x/../hooks/") + mark + query,
        path[:-1] + f"%{ord(path[-1]):02x}" + mark + query,
        path + mark + query.replace("%2B", "+").replace("+", "%20", 1) + "&",
        path + mark + query.replace("=", "%3D", 1) + "#rc=3&rp=all",
        path + "?" + query + ("&" if query else "") + choose.choice(["call=CA0", "x=", "bodySHA256=0", "bodySHA256="]),
        path + ";x=1" + mark + query,
        path,
    )
    return replace(hook, target=choose.choice(spellings).replace("#", "%23"))


def _other_address(hook: Hook, choose: random.Random) -> Hook:
    other = choose.choice([*(one for one in TOKENS if one != hook.key), "nobody", hook.key + "x", hook.key[:-1]])
    return replace(hook, target=hook.target.replace(f"/{hook.key}/", f"/{other}/", 1))


def _other_hook(hook: Hook, choose: random.Random) -> Hook:
    others = ["voice", "message", "message_status", "dialed", "leg", "accepted", "call_status", "staff_status", "zz"]
    other = choose.choice([one for one in others if one != hook.what])
    return replace(hook, target=hook.target.replace(f"/{hook.what}", f"/{other}", 1))


def _other_token(hook: Hook, choose: random.Random) -> Hook:
    token = TOKENS.get(hook.key, AUTH_TOKEN)
    wrong = [*(one for one in TOKENS.values() if one != token), "", token.upper(), token + " ", token[:-1], "null"]
    return _sign_again(hook, choose.choice(wrong), PUBLIC)


def _sign_again(hook: Hook, token: str, public: str) -> Hook:
    fields = Fields(read_form(hook.body)) if hook.is_form else {}
    algorithm = get_signature_algorithm(hook.header(SETTINGS))
    try:
        claimed = RequestValidator(token).compute_signature(public + hook.target, fields, algorithm)
    except (UnicodeEncodeError, ValueError):
        # The vendor's library signs neither what is no text nor in a way that it does not know.
        return hook.with_header(SIGNATURE, "unsignable")
    return hook.with_header(SIGNATURE, claimed)


def _host_games(hook: Hook, choose: random.Random) -> Hook:
    """The line's own token, but for another site's address; the headers say that this is the site."""
    host = choose.choice(["evil.example", "ringback.test.evil.example", "127.0.0.1", "ringback.test:8080"])
    scheme = choose.choice(["http", "https"])
    moved = _sign_again(replace(hook, host=host), TOKENS.get(hook.key, AUTH_TOKEN), f"{scheme}://{host}")
    told = (("X-Forwarded-Host", host), ("X-Forwarded-Proto", scheme), ("X-Original-URL", f"{scheme}://{host}{hook.target}"),
            ("Forwarded", f"host={host};proto={scheme}"), ("X-Forwarded-Port", "443"))  # fmt: skip
    return replace(moved, headers=(*moved.headers, *choose.sample(told, choose.randrange(1, len(told) + 1))))


def _algorithm(hook: Hook, choose: random.Random) -> Hook:
    asked = choose.choice(["HMAC_SHA256", "HMAC_SHA1", "HMAC_MD5", "NONE", "none", "", "HMAC_SHA512"])
    return hook.with_header(SETTINGS, f"key=k,algorithm={asked}")


def _other_kind(hook: Hook, choose: random.Random) -> Hook:
    kinds = ["application/json", "text/plain", "multipart/form-data; boundary=x", "", FORM.upper() + "; charset=utf-16"]
    return hook.with_header("Content-Type", choose.choice(kinds))


def _other_method(hook: Hook, choose: random.Random) -> Hook:
    method = choose.choice(["GET", "GET", "PUT", "DELETE", "PATCH"])
    if method == "GET" and hook.is_form and choose.random() < 0.7:
        joined = "&" if "?" in hook.target else "?"
        return replace(hook, method=method, target=hook.target + joined + hook.body.decode("latin-1"), body=b"")
    return replace(hook, method=method)


def _move_to_query(hook: Hook, choose: random.Random) -> Hook:
    pairs = read_form(hook.body)
    if not hook.is_form or len(pairs) < 2:
        return _spell_target(hook, choose)
    at = choose.randrange(len(pairs))
    name, value = pairs[at]
    joined = "&" if "?" in hook.target else "?"
    target = f"{hook.target}{joined}{quote(name, errors='surrogateescape')}={quote(value, errors='surrogateescape')}"
    return replace(_with_pairs(lambda all_, _: all_[:at] + all_[at + 1 :])(hook, choose), target=target)


def _json_hash(hook: Hook, choose: random.Random) -> Hook:
    """A body with a hash that fits it: only the signature over the address can tell that it was put there."""
    body = '{"CallSid": "CA0", "From": "+13125550166"}'
    sum_ = RequestValidator("").compute_hash(body)
    base = hook.target.partition("bodySHA256=")[0].rstrip("?&")
    joined = "&" if "?" in base else "?"
    kinds = (
        f"{base}{joined}bodySHA256={sum_}",
        f"{hook.target}{joined}bodySHA256={sum_}",
        f"{base}{joined}bodySHA256={sum_.upper()}",
    )
    return replace(
        hook.with_header("Content-Type", "application/json"), target=choose.choice(kinds), body=body.encode()
    )


FORGERIES = (
    Forgery("body byte flipped", _flip_body),
    Forgery("address byte changed", _flip_target),
    Forgery("signature changed", _change_signature),
    Forgery("signature missing", _no_signature),
    Forgery("field added", _with_pairs(_add)),
    Forgery("field dropped", _with_pairs(_drop)),
    Forgery("fields reordered", _with_pairs(_reorder)),
    Forgery("field repeated", _with_pairs(_double)),
    Forgery("blank space added or trimmed", _with_pairs(_change_one(_pad))),
    Forgery("value said otherwise", _with_pairs(_change_one(_say_otherwise))),
    Forgery("border of name and value moved", _with_pairs(_change_one(_shift))),
    Forgery("values exchanged", _with_pairs(_swap_values)),
    Forgery("blank values dropped", _with_pairs(lambda pairs, _: [pair for pair in pairs if pair[1]])),
    Forgery("address spelt otherwise", _spell_target),
    Forgery("another line's or business's address", _other_address),
    Forgery("another hook's address", _other_hook),
    Forgery("another line's token", _other_token),
    Forgery("another site's address", _host_games),
    Forgery("another algorithm", _algorithm),
    Forgery("another kind of body", _other_kind),
    Forgery("another method", _other_method),
    Forgery("field moved to the address", _move_to_query),
    Forgery("body under a hash of its own", _json_hash),
)


def tampered(hook: Hook, choose: random.Random) -> tuple[Hook, tuple[str, ...]]:
    """Return the request after one to three forgeries, with their names."""
    chosen = choose.choices(FORGERIES, k=choose.choice([1, 1, 1, 2, 3]))
    for forgery in chosen:
        hook = forgery.tamper(hook, choose)
    return hook, tuple(forgery.name for forgery in chosen)
