"""What a text takes from the brakes, and the owner told once when they hold something."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.brakes import Place, caller_place, first_text_places
from ringback.domain.business import Business, Line
from ringback.domain.messages import Purpose
from ringback.domain.notices import NoticeKind
from ringback.domain.phones import parse_phone
from ringback.domain.phrases import phrase
from ringback.domain.spending import Cost, Share, cost, look_up_millicents, share_of, text_cost
from ringback.domain.textback import Reason, explain
from ringback.store import alarms, brakes, members
from ringback.store.calls import CallOnTable
from ringback.store.db import Connection
from ringback.store.deliveries import Outgoing
from ringback.workflows.notices import Notice, notify

# Kinds of alarms: how many texts, and what they cost. The second one ends at midnight, by itself.
BRAKE, CAP = "brake", "cap"
HELD = frozenset({"over_brake", "over_cap", "cap_reached"})

_OVER_BRAKE = phrase("More texts were due than your limits allow. Call-backs were noted instead. See “Brakes”.")
_OVER_CAP = phrase(
    "Automatic texts have used their part of what texts may cost today. Until midnight they become call-backs; "
    "your own replies still go out. See “Brakes”."
)
_TOLD = {
    "over_brake": (
        "More texts were due than your limits allow, so some callers were not texted. They are on your call-back list.",
        "Había más mensajes que enviar de los que permiten sus límites: a algunas personas no se les ha escrito. "
        "Están en su lista de llamadas.",
    ),
    "cap_reached": (
        "Automatic texts have used their part of today's limit on costs. Callers become call-backs until midnight, "
        "unless you raise the limit.",
        "Los mensajes automáticos han agotado su parte del límite de gasto de hoy. Hasta medianoche, las llamadas "
        "perdidas pasan a su lista de llamadas, salvo que suba el límite.",
    ),
}


def brake_of_text_back(
    business: Business, line: Line, call: CallOnTable, segments: int, at: datetime, share: Share | None = None
) -> dict[str, Any]:
    """Return what a text-back takes: money of the day it goes out on, and a place in each counter."""
    phone = parse_phone(call.caller, business.country)
    share = share or share_of(Purpose.TEXT_BACK, is_known=call.is_known)
    places: tuple[Place, ...] = ()
    # A person who texts a caller anyway has looked at the brake already; what it costs still counts.
    if share is not Share.PERSON:
        places = first_text_places(business, line.line_id, phone, is_known=call.is_known)
    why = {reason.value: str(explain(reason)) for reason in (Reason.OVER_BRAKE, Reason.OVER_CAP)}
    return brakes.brake_row(text_cost(business, phone.country, segments, share, at), places, why)


def brake_of_text(business: Business, outgoing: Outgoing, now: datetime) -> dict[str, Any] | None:
    """Return what any other text takes when it leaves; None where it has been counted already."""
    if outgoing.is_counted:
        return None
    share = share_of(outgoing.purpose, is_known=True)
    country = parse_phone(outgoing.to, business.country).country
    places = (caller_place(business, outgoing.to),) if share is Share.AUTOMATIC else ()
    return brakes.brake_row(text_cost(business, country, outgoing.segments, share, now), places)


def read_held(stands: str) -> Reason:
    """Return the Reason of what the database said of a text that a brake holds."""
    return Reason.OVER_BRAKE if stands == "over_brake" else Reason.OVER_CAP


async def tell_owner(connection: Connection, business: Business, stands: str, now: datetime) -> None:
    """Raise one alarm, and tell the owner once: of each cap on its day, and of the limits while they hold."""
    business_id = business.business_id
    match stands:
        case "cap_reached":
            day_on = cost(business, 0, Share.PERSON, now).day_on
            # One alarm is enough: that the limits held as well matters no more.
            await alarms.end_alarm(connection, business_id, BRAKE, BRAKE, now)
            is_new = await alarms.raise_alarm(connection, business_id, CAP, str(day_on), _OVER_CAP, now)
        case "over_brake":
            is_new = await alarms.raise_alarm(connection, business_id, BRAKE, BRAKE, _OVER_BRAKE, now)
        case _:
            return
    if is_new:
        words = _TOLD[stands][business.language == "es"]
        owners = await members.list_owner_staff(connection, business_id)
        notices = [Notice(owner, NoticeKind.ALARM, words, "/brakes") for owner in owners]
        await notify(connection, business, notices, now)


async def take_money(
    connection: Connection, business: Business, millicents: int, share: Share, now: datetime
) -> Cost | None:
    """Take what a call or a look-up is likely to cost; None where the day's money does not allow it."""
    asked = cost(business, millicents, share, now)
    held = await brakes.take_money(connection, business.business_id, asked, now)
    if held is None:
        return asked
    await tell_owner(connection, business, held, now)
    return None


async def may_look_up(connection: Connection, business: Business, now: datetime) -> bool:
    """Return whether a number may be looked up today; counted as spent where it may."""
    return await take_money(connection, business, look_up_millicents(business), Share.STRANGER, now) is not None


async def correct_text(
    connection: Connection, business: Business, message_id: UUID, price: tuple[int, str], now: datetime
) -> None:
    """Put what a provider says a text has cost in the place of our estimate; `price`: thousandths of a cent, currency.

    A price in another currency than the owner's is left out: an exchange rate of ours would be no truer than the guess.
    """
    millicents, currency = price
    if currency == currency_of(business):
        await brakes.correct_text_cost(connection, business.business_id, message_id, millicents, now)


_CURRENCIES = {"CA": "CAD", "GB": "GBP", "IE": "EUR", "ES": "EUR", "AU": "AUD", "NZ": "NZD", "MX": "MXN"}


def currency_of(business: Business) -> str:
    """Return the currency in which a business counts, by ISO 4217."""
    return _CURRENCIES.get(business.country, "USD")
