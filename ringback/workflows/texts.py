"""A text came in, or news of one of ours: keep it, and act on the words that must be acted on at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit
from uuid import UUID

from ringback.domain import consent
from ringback.domain.business import Business, Line, Mode
from ringback.domain.errors import ProviderError
from ringback.domain.messages import (
    Author,
    Delivery,
    Direction,
    MessageProgress,
    MessageReceived,
    MessageState,
    OptKeyword,
    Purpose,
)
from ringback.domain.number_facts import FactSource
from ringback.domain.phones import parse_phone, show_phone
from ringback.domain.phrases import phrase
from ringback.domain.segments import count_segments
from ringback.domain.stored_phrases import NO_PICTURE
from ringback.ports import AddressRefused, Capability, HookUnreadable, HttpRequest, HttpResponse, Provider
from ringback.store import businesses, contacts, deliveries, dialogs, events, number_facts, threads
from ringback.store.contacts import OptIn, OptOut
from ringback.store.db import Connection, business_transaction
from ringback.store.events import StoredEvent
from ringback.store.ids import new_id
from ringback.store.jobs import enqueue
from ringback.store.threads import FetchedPicture
from ringback.workflows.brakes import correct_text
from ringback.workflows.consent_opting import Whose, opt_in, opt_out, suppress_wrong_number
from ringback.workflows.context import Context, line_of
from ringback.workflows.erasing import recall_erased
from ringback.workflows.outgoing import outgoing_message
from ringback.workflows.poll import ProviderUnreadable
from ringback.workflows.refusals import note_refusal
from ringback.workflows.relay import StaffText, take_text_of_staff

# 47 CFR 64.1200(a)(12): a confirmation within 5 minutes is presumed right; a later one needs a reason.
_KEYWORD_ANSWER_VALID = timedelta(minutes=5)
_ARRIVED = frozenset([Delivery.DELIVERED, Delivery.READ])
_LARGEST_PICTURE_BYTES = 5 * 1024 * 1024
# Busy, and from here on trouble of its own: the picture is still there.
_TOO_MANY, _ITS_OWN_TROUBLE = 429, 500
_REDIRECTS = (301, 302, 303, 307, 308)


async def take_message(context: Context, business_id: UUID, event_id: UUID) -> None:
    """Put an inbound text into its thread; STOP, START and HELP take effect in the same transaction."""
    now = context.clock.now()
    async with business_transaction(context.pool, business_id) as connection:
        stored = await events.claim_event(connection, business_id, event_id)
        if stored is None or not isinstance(stored.event, MessageReceived):
            return
        version = await businesses.load_version(connection, business_id)
        business = await context.business(connection, business_id, version)
        await recall_erased(context, connection, business, version, stored.event.sender, now)
        line = line_of(business, stored.line_id) or _ended_line(business, stored)
        inbound = _Inbound(business, line, context.providers[line.provider], stored.event)
        await _file(connection, inbound, now)
        await events.finish_event(connection, business_id, stored.event_id, now)


@dataclass(frozen=True, slots=True)
class _Inbound:
    """An inbound text with the line it came in on."""

    business: Business
    line: Line
    provider: Provider
    text: MessageReceived


def _ended_line(business: Business, stored: StoredEvent) -> Line:
    """A text that came in before its line was ended is kept, and a STOP in it counts, though no answer can leave."""
    return Line(stored.line_id, "", stored.provider, Mode.WATCH, "", business.language, "")


async def _file(connection: Connection, inbound: _Inbound, now: datetime) -> None:
    business, text = inbound.business, inbound.text
    business_id = business.business_id
    # Short codes and named senders have no E.164 form; they are contacts under the name they use.
    phone = parse_phone(text.sender, business.country).e164 or text.sender
    contact_id = await contacts.find_or_create_contact(connection, business_id, phone, now)
    thread_id = await threads.find_or_create_thread(connection, business_id, contact_id, inbound.line.line_id, now)
    keyword = text.handled_by_carrier or consent.read_consent(text.body)
    whose = Whose(contact_id, phone, thread_id)
    # Said again, a STOP is answered no more: the confirmation is the only additional text (47 CFR 64.1200(a)(12)).
    changes = True
    # Before the text is even filed: whatever fails later, the opt-out stands.
    if keyword is OptKeyword.STOP:
        said = OptOut(inbound.line.line_id, _source(text), text.at, text.body[:200])
        changes = await opt_out(connection, business_id, whose, said, now)
    if keyword is OptKeyword.START:
        await opt_in(connection, business_id, whose, OptIn(inbound.line.line_id, text.at, text.body[:200]), now)
    message_id = await _add_received(connection, inbound, thread_id, now)
    if message_id is None:
        return
    await number_facts.note_texting(connection, business_id, contact_id, FactSource.TEXTED_US, now)
    if keyword is None:
        await _pass_on(connection, inbound, whose, (thread_id, message_id), now)
    elif changes:
        await _answer_keyword(connection, inbound, keyword, (contact_id, thread_id), now)


def _source(text: MessageReceived) -> str:
    if text.handled_by_carrier:
        return "carrier"
    return "keyword" if consent.read_keyword(text.body) else "words"


async def _pass_on(
    connection: Connection, inbound: _Inbound, whose: Whose, where: tuple[UUID, UUID], now: datetime
) -> None:
    """A text that is no keyword: staff answer an alert with it, and to everyone else the receptionist listens."""
    business, (thread_id, message_id) = inbound.business, where
    business_id = business.business_id
    person = next((person for person in business.staff if person.phone == whose.phone), None)
    if person is not None:
        said = StaffText(person, inbound.line, message_id, inbound.text.body)
        if await take_text_of_staff(connection, business, said, now):
            return
    await threads.note_inbound(connection, business_id, thread_id, now)
    if person is None and await suppress_wrong_number(connection, business_id, whose, inbound.text.body, now):
        return
    # Whether it may answer is decided when the text has settled: much can happen until then.
    if business.receptionist.on and person is None:
        settle_seconds = business.receptionist.settle_seconds
        await dialogs.await_turn(connection, business_id, thread_id, message_id, settle_seconds)


async def _add_received(connection: Connection, inbound: _Inbound, thread_id: UUID, now: datetime) -> UUID | None:
    business_id, text = inbound.business.business_id, inbound.text
    message_id = new_id()
    message = {
        "message_id": message_id,
        "direction": Direction.IN,
        "author": Author.CONTACT,
        "purpose": Purpose.INBOUND,
        "body": text.body,
        "segments": count_segments(text.body).count,
        "state": MessageState.RECEIVED,
        "provider": inbound.line.provider,
        "provider_message_id": text.message_id,
    }
    if not await threads.add_message(connection, business_id, thread_id, inbound.line.line_id, message, now):
        return None
    if text.pictures:
        await threads.add_pictures(connection, business_id, message_id, text.pictures)
        payload = {"business": str(business_id), "message": str(message_id), "line": str(inbound.line.line_id)}
        await enqueue(connection, "fetch_pictures", payload)
    return message_id


async def _answer_keyword(
    connection: Connection, inbound: _Inbound, keyword: OptKeyword, whose: tuple[UUID, UUID], now: datetime
) -> None:
    """One confirmation at most, and none where the carrier sends its own."""
    text, business, line = inbound.text, inbound.business, inbound.line
    contact_id, thread_id = whose
    if text.handled_by_carrier or consent.is_carriers_own(text.body, inbound.provider.carrier_words):
        return
    opted_out = await contacts.is_opted_out(connection, business.business_id, contact_id, line.line_id)
    if keyword is OptKeyword.HELP and opted_out:
        return
    number = show_phone(line.number, business.country)
    body = {
        OptKeyword.STOP: consent.opt_out_answer(business.name, line.language),
        OptKeyword.START: consent.opt_in_answer(business.name, line.language),
        OptKeyword.HELP: consent.help_answer(business.name, number, line.language),
    }[keyword]
    message = outgoing_message(new_id(), Author.SYSTEM, Purpose.KEYWORD_ANSWER, body, line)
    message["expires_at"] = now + _KEYWORD_ANSWER_VALID
    await threads.add_message(connection, business.business_id, thread_id, line.line_id, message, now)


async def note_progress(context: Context, business_id: UUID, event_id: UUID) -> None:
    """Move one of our texts forward by what the carrier said of it, and learn from a failure."""
    now = context.clock.now()
    async with business_transaction(context.pool, business_id) as connection:
        stored = await events.claim_event(connection, business_id, event_id)
        if stored is None or not isinstance(stored.event, MessageProgress):
            return
        await _progress(context, connection, business_id, stored, stored.event, now)
        await events.finish_event(connection, business_id, event_id, now)


async def _progress(
    context: Context,
    connection: Connection,
    business_id: UUID,
    stored: StoredEvent,
    news: MessageProgress,
    now: datetime,
) -> None:
    text = await deliveries.apply_progress(connection, business_id, stored.provider, news, now)
    if text is not None and text.delivery in _ARRIVED and text.was not in _ARRIVED:
        await number_facts.note_texting(connection, business_id, text.contact_id, FactSource.DELIVERED, now)
    if text is not None and news.price_millicents is not None and news.price_currency is not None:
        business = await context.current_business(connection, business_id)
        price = (news.price_millicents, news.price_currency)
        await correct_text(connection, business, text.message_id, price, now)
    # News of a text that another program sent from the same number is none of ours.
    if text is None or news.delivery not in (Delivery.UNDELIVERED, Delivery.FAILED) or text.delivery != news.delivery:
        return
    version = await businesses.load_version(connection, business_id)
    business = await context.business(connection, business_id, version)
    line = line_of(business, stored.line_id)
    if line is None:
        return
    adapter = await context.adapter(connection, business_id, line, version)
    code = news.error_code or ""
    error = ProviderError(adapter.error_kind(code), code)
    await deliveries.save_failure(connection, business_id, text.message_id, error.kind, code)
    await note_refusal(connection, business_id, text, error, now)


async def fetch_pictures(context: Context, business_id: UUID, message_id: UUID, line_id: UUID) -> None:
    """Fetch the pictures of an inbound text and keep them.

    Raises NotSent, NoAnswer and ProviderUnreadable: the job comes back.
    """
    async with business_transaction(context.pool, business_id) as connection:
        version = await businesses.load_version(connection, business_id)
        business = await context.business(connection, business_id, version)
        line = line_of(business, line_id)
        if line is None or Capability.PICTURES not in context.providers[line.provider].capabilities:
            return
        adapter = await context.adapter(connection, business_id, line, version)
        missing = await threads.list_missing_pictures(connection, business_id, message_id)
    for position, url in missing:
        try:
            picture = _picture(position, await _follow(context, adapter.picture_request(url)))
        except (HookUnreadable, AddressRefused) as error:
            picture = FetchedPicture(position, failed=str(error))
        async with business_transaction(context.pool, business_id) as connection:
            await threads.save_picture(connection, business_id, message_id, picture, context.clock.now())


async def _follow(context: Context, request: HttpRequest) -> HttpResponse:
    """Phone companies keep pictures in a store elsewhere: one redirect is followed, without our credentials."""
    response = await context.http.send(request)
    place = response.headers.get("location")
    if response.status not in _REDIRECTS or place is None:
        return response
    url = urljoin(request.url, place)
    # Only another host is another matter: what the operator set may lead to itself.
    stays = urlsplit(url)[:2] == urlsplit(request.url)[:2]
    return await context.http.send(HttpRequest("GET", url, trusted=request.trusted and stays))


def _picture(position: int, response: HttpResponse) -> FetchedPicture:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if response.status == _TOO_MANY or response.status >= _ITS_OWN_TROUBLE:
        raise ProviderUnreadable("The phone company could not give a picture just now.")
    if response.status != 200:
        return FetchedPicture(position, failed=phrase(NO_PICTURE.msgid, status=response.status))
    if len(response.body) > _LARGEST_PICTURE_BYTES:
        return FetchedPicture(position, failed=phrase("The picture is larger than 5 MB and was not kept."))
    return FetchedPicture(position, kind, response.body)
