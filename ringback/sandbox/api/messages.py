"""The Messages resource and its Media."""

from typing import Any

from starlette.responses import JSONResponse, RedirectResponse, Response

from ringback.sandbox.api.asking import ROOT, ApiError, Ask, Period, not_found, page_of
from ringback.sandbox.carrier import Outgoing, refuse, send
from ringback.sandbox.clock import rfc2822
from ringback.sandbox.messages import Media, Message, MessageDirection, MessageStatus

ERRORS = {
    30003: "Unreachable destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30036: "Validity Period Expired",
    11200: "HTTP retrieval failure",
}


def shown(message: Message) -> dict[str, Any]:
    """Return a message as the API shows it."""
    uri = f"{ROOT}/{message.account.sid}/Messages/{message.sid}"
    return {
        "sid": message.sid,
        "account_sid": message.account.sid,
        "messaging_service_sid": None,
        "from": message.from_,
        "to": message.to,
        "body": message.body,
        "status": str(message.status),
        "direction": str(message.direction),
        # Counts are strings in this API.
        "num_segments": str(message.num_segments),
        "num_media": str(max(len(message.media), len(message.media_urls))),
        "error_code": message.error_code,
        "error_message": ERRORS.get(message.error_code or 0),
        "price": None,
        "price_unit": "USD",
        "api_version": "2010-04-01",
        "date_created": rfc2822(message.created_at),
        "date_sent": rfc2822(message.sent_at),
        "date_updated": rfc2822(message.updated_at or message.created_at),
        "uri": uri + ".json",
        "subresource_uris": {"media": uri + "/Media.json"},
    }


def create(ask: Ask) -> Response:
    """Take a text for sending."""
    wanted = Outgoing(
        ask.get("From"),
        ask.get("To"),
        ask.get("Body"),
        ask.all("MediaUrl"),
        ask.get("StatusCallback"),
        _validity(ask.get("ValidityPeriod", "36000")),
    )
    refusal = refuse(ask.company, ask.account, wanted)
    if refusal:
        raise ApiError(refusal.status, refusal.code, refusal.sentence)
    message = send(ask.company, ask.account, wanted, MessageDirection.API, ask.number)
    return JSONResponse(shown(message), 201)


def _validity(text: str) -> float:
    # The vendor only warns (30045) and takes its default; a wrong value is a bug worth seeing.
    if not (text.isdecimal() and 1 <= int(text) <= 36_000):
        raise ApiError(400, 30045, "ValidityPeriod must be between 1 and 36000 seconds")
    return float(text)


def listed(ask: Ask) -> Response:
    """List texts both ways, newest first, filtered by To, From and DateSent."""
    sent = Period.read(ask, "DateSent")
    found = [message for message in reversed(ask.company.messages.values()) if _matches(ask, sent, message)]
    return page_of(ask, "messages", found, shown)


def _matches(ask: Ask, sent: Period, message: Message) -> bool:
    return (
        message.account is ask.account
        and ask.get("To") in ("", message.to)
        and ask.get("From") in ("", message.from_)
        # A text not yet sent is listed by its creation: a client that looks for a lost request must find it.
        and sent.holds(message.sent_at or message.created_at)
    )


def find(ask: Ask) -> Message:
    """Return the message the path names; raise a 404 for another account's."""
    message = ask.company.messages.get(ask.sid)
    if message is None or message.account is not ask.account:
        raise not_found(ask.path)
    return message


def fetch(ask: Ask) -> Response:
    """Show one text."""
    return JSONResponse(shown(find(ask)))


def change(ask: Ask) -> Response:
    """Redact a text: the API allows only an empty Body."""
    message = find(ask)
    if ask.get("Body") or ask.get("Status"):
        raise ApiError(400, 20009, "Only an empty Body can be set")
    message.body = ""
    return JSONResponse(shown(message))


def delete(ask: Ask) -> Response:
    """Forget a text that has arrived or failed."""
    message = find(ask)
    if message.status in (MessageStatus.QUEUED, MessageStatus.SENDING):
        raise ApiError(409, 20009, "A message that is being sent cannot be deleted")
    del ask.company.messages[message.sid]
    return Response(status_code=204)


def media_listed(ask: Ask) -> Response:
    """List the pictures of one text."""
    message = find(ask)
    return page_of(ask, "media_list", message.media, lambda one: media_shown(message, one))


def media_shown(message: Message, media: Media) -> dict[str, Any]:
    """Return a picture's description as the API shows it."""
    return {
        "sid": media.sid,
        "account_sid": message.account.sid,
        "parent_sid": message.sid,
        "content_type": media.content_type,
        "date_created": rfc2822(media.created_at),
        "date_updated": rfc2822(media.created_at),
        "uri": f"{ROOT}/{message.account.sid}/Messages/{message.sid}/Media/{media.sid}.json",
    }


def media_content(company_url: str, media: Media) -> Response:
    """Send the asker on to the picture, as the vendor does to its store."""
    return RedirectResponse(f"{company_url}/sandbox/api/media/{media.sid}", 307)


def media_response(company_url: str, message: Message, media: Media, described: bool) -> Response:
    """Return a picture's description, or the way to the picture itself."""
    return JSONResponse(media_shown(message, media)) if described else media_content(company_url, media)
