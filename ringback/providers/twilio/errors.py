"""Twilio's error codes in our words. Twilio asks not to build on its codes, so few are told apart; the rest is
`unknown`. The third column says where a row comes from: "page" = www.twilio.com/docs/api/errors/<code>, "notes" =
vendor and other projects' sources gathered for this project, "memory" = not checked against a source."""

from ringback.domain.errors import ProviderError, ProviderErrorKind

_TABLE = (
    ("14107", ProviderErrorKind.THROTTLED, "memory", "message rate limit"),
    ("20429", ProviderErrorKind.THROTTLED, "page", "too many requests, never processed"),
    ("21611", ProviderErrorKind.THROTTLED, "notes", "queue of this sender is full"),
    ("30001", ProviderErrorKind.THROTTLED, "notes", "queue overflow"),
    ("30022", ProviderErrorKind.THROTTLED, "page", "over the 10DLC rate of the carrier"),
    ("63017", ProviderErrorKind.THROTTLED, "page", "rate limit of the account"),
    ("20500", ProviderErrorKind.PROVIDER_DOWN, "notes", "internal error"),
    ("20503", ProviderErrorKind.PROVIDER_DOWN, "memory", "service unavailable"),
    ("21730", ProviderErrorKind.PROVIDER_DOWN, "page", "maintenance, try again later"),
    ("30410", ProviderErrorKind.PROVIDER_DOWN, "page", "carrier's system timed out, Twilio does not retry"),
    ("20003", ProviderErrorKind.CREDENTIALS, "notes", "authentication failed"),
    ("20404", ProviderErrorKind.CREDENTIALS, "memory", "no such account: the account SID is wrong"),
    ("10001", ProviderErrorKind.ACCOUNT, "page", "account not active"),
    ("20005", ProviderErrorKind.ACCOUNT, "notes", "account not active"),
    ("20403", ProviderErrorKind.ACCOUNT, "page", "account suspended or closed"),
    ("21608", ProviderErrorKind.ACCOUNT, "page", "trial account, recipient not verified"),
    ("30002", ProviderErrorKind.ACCOUNT, "page", "account suspended after the text was queued"),
    ("63038", ProviderErrorKind.ACCOUNT, "page", "over the account's daily limit"),
    ("572005", ProviderErrorKind.ACCOUNT, "page", "trial account, recipient's verification not finished"),
    ("21212", ProviderErrorKind.LINE_CANNOT_SEND, "memory", "invalid From"),
    ("21601", ProviderErrorKind.LINE_CANNOT_SEND, "page", "From is no number of this account that can text"),
    ("21603", ProviderErrorKind.LINE_CANNOT_SEND, "memory", "From missing"),
    ("21606", ProviderErrorKind.LINE_CANNOT_SEND, "page", "From cannot text there, or is another account's"),
    ("21659", ProviderErrorKind.LINE_CANNOT_SEND, "memory", "From is no Twilio number"),
    ("21660", ProviderErrorKind.LINE_CANNOT_SEND, "page", "From belongs to another account"),
    ("21661", ProviderErrorKind.LINE_CANNOT_SEND, "page", "From cannot text"),
    ("21701", ProviderErrorKind.LINE_CANNOT_SEND, "memory", "no such Messaging Service"),
    ("21703", ProviderErrorKind.LINE_CANNOT_SEND, "memory", "Messaging Service without a number"),
    ("21705", ProviderErrorKind.LINE_CANNOT_SEND, "memory", "invalid Messaging Service SID"),
    ("30032", ProviderErrorKind.UNREGISTERED, "notes", "toll-free number not verified"),
    ("30033", ProviderErrorKind.UNREGISTERED, "memory", "10DLC campaign suspended"),
    ("30034", ProviderErrorKind.UNREGISTERED, "notes", "10DLC number not registered, billed all the same"),
    ("30035", ProviderErrorKind.UNREGISTERED, "memory", "registration of the number not finished"),
    ("21408", ProviderErrorKind.REGION_OFF, "notes", "country not switched on"),
    ("30450", ProviderErrorKind.PUMPING, "notes", "pumping protection holds the prefix back"),
    ("21211", ProviderErrorKind.BAD_NUMBER, "notes", "invalid To"),
    ("21217", ProviderErrorKind.BAD_NUMBER, "page", "no valid number"),
    ("21265", ProviderErrorKind.BAD_NUMBER, "page", "To is a short code"),
    ("21266", ProviderErrorKind.BAD_NUMBER, "page", "To is the line itself"),
    ("21604", ProviderErrorKind.BAD_NUMBER, "notes", "To missing"),
    ("30005", ProviderErrorKind.BAD_NUMBER, "notes", "unknown or inactive handset"),
    ("21614", ProviderErrorKind.LANDLINE, "page", "not a mobile number"),
    ("21635", ProviderErrorKind.LANDLINE, "page", "landline, refused at once in most countries"),
    ("30006", ProviderErrorKind.LANDLINE, "notes", "landline or unreachable carrier"),
    ("21610", ProviderErrorKind.OPTED_OUT, "notes", "the person replied STOP"),
    ("30640", ProviderErrorKind.OPTED_OUT, "notes", "held back by the compliance toolkit for good"),
    ("30003", ProviderErrorKind.HANDSET_OFF, "page", "phone off, no service, roaming"),
    ("21612", ProviderErrorKind.CARRIER_BLOCKED, "notes", "no route from this line to that number"),
    ("30004", ProviderErrorKind.CARRIER_BLOCKED, "notes", "blocked by the person or the carrier"),
    ("30007", ProviderErrorKind.FILTERED, "notes", "filtered by the carrier"),
    ("30610", ProviderErrorKind.QUIET_HELD, "notes", "held back by the toolkit's quiet hours"),
    ("21605", ProviderErrorKind.TOO_LONG, "memory", "body too long"),
    ("21617", ProviderErrorKind.TOO_LONG, "page", "body over 1600 characters"),
    ("30019", ProviderErrorKind.TOO_LONG, "page", "over the carrier's size limit"),
    ("21658", ProviderErrorKind.TOO_LONG, "page", "a parameter over its limit"),
    ("30036", ProviderErrorKind.EXPIRED, "page", "over its ValidityPeriod, not sent"),
    ("30008", ProviderErrorKind.UNKNOWN, "notes", "Twilio does not know either"),
)
_KINDS = {code: kind for code, kind, _source, _meaning in _TABLE}

# Pages 30451, 30460, 30464, 30466, 30481, 30501 and 30511 are all refusals of a toll-free number's verification,
# and their neighbours too; 30450 above is not, and stands before the range.
_TOLL_FREE_REFUSALS = range(30440, 30520)

# 404: the account SID in the address is the only thing in our requests that Twilio can fail to find.
_BY_HTTP_STATUS = {
    401: ProviderErrorKind.CREDENTIALS,
    403: ProviderErrorKind.ACCOUNT,
    404: ProviderErrorKind.CREDENTIALS,
    429: ProviderErrorKind.THROTTLED,
}


def error_kind(code: str) -> ProviderErrorKind:
    """Return what a code of an answer or of a delivery callback means."""
    if code in _KINDS:
        return _KINDS[code]
    if code.isascii() and code.isdecimal() and int(code[:9]) in _TOLL_FREE_REFUSALS:
        return ProviderErrorKind.UNREGISTERED
    return ProviderErrorKind.UNKNOWN


def refusal(http_status: int, code: str, detail: str) -> ProviderError:
    """Return the error in a 4xx answer; the HTTP status speaks where the code says nothing to us."""
    kind = error_kind(code)
    if kind is ProviderErrorKind.UNKNOWN:
        kind = _BY_HTTP_STATUS.get(http_status, kind)
    return ProviderError(kind, code or f"http {http_status}", detail)
