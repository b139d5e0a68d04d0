"""What is wrong between services, people, resources and policies: dead names, questions that cannot be answered."""

import re
from collections.abc import Mapping, Sequence

from ringback.domain.business import Business, Detail, DetailKind, Service, Staff
from ringback.domain.business_reading import Problems, refuse_unknown
from ringback.domain.phrases import phrase

# "<10" and ">50": what a number must not be.
_LIMIT = re.compile(r"[<>]\s*\d+(\.\d+)?")
_MINUTES_A_DAY = 24 * 60


def check_booking(business: Business, places: Mapping[str, Sequence[str]], problems: Problems) -> None:
    """Add what is wrong with services and with the policies that name people."""
    for place, service in zip(places["services"], business.services, strict=True):
        _check_price(place, service, problems)
        _check_who(place, service, business.staff, problems)
        _check_resources(place, service, business, problems)
        _check_details(place, service.details, problems)
    _check_emergency(places["services"], business.services, problems)
    _check_time_off(places["staff"], business.staff, problems)
    _check_policies(business, problems)


def _check_price(place: str, service: Service, problems: Problems) -> None:
    if service.price_from and service.price_cents is None:
        problems.add(f"{place}.price_from", phrase("needs price_cents, the lowest price"))


def _check_who(place: str, service: Service, staff: Sequence[Staff], problems: Problems) -> None:
    if "staff" in problems.broken:
        return
    refuse_unknown(f"{place}.staff", "staff member", service.staff, [person.name for person in staff], problems)
    # Nobody would ever be free for it, and callers would be told so without end.
    for person in staff:
        if person.name in service.staff and not person.takes_bookings:
            taken_off = phrase("%(name)s takes no bookings (takes_bookings = false)", name=person.name)
            problems.add(f"{place}.staff", taken_off)


def _check_resources(place: str, service: Service, business: Business, problems: Problems) -> None:
    if "resources" in problems.broken:
        return
    kinds = sorted({resource.kind for resource in business.resources})
    refuse_unknown(f"{place}.resources", "resource of the kind", service.resources, kinds, problems)


def _check_details(place: str, details: Sequence[Detail], problems: Problems) -> None:
    first: dict[str, int] = {}
    for index, detail in enumerate(details):
        if first.setdefault(detail.name, index) != index:
            twin = {"name": detail.name, "place": f"details[{first[detail.name]}]"}
            sentence = phrase("%(name)s is already used by %(place)s; keep one", **twin)
            problems.add(f"{place}.details[{index}].name", sentence)
        _check_choices(f"{place}.details[{index}]", detail, problems)
        _check_unfit(f"{place}.details[{index}]", detail, problems)


def _check_choices(place: str, detail: Detail, problems: Problems) -> None:
    is_choice = detail.kind is DetailKind.CHOICE
    if is_choice and len(detail.choices) < 2:
        problems.add(f"{place}.choices", phrase("must have at least two answers to choose from"))
    if detail.choices and not is_choice:
        problems.add(f"{place}.choices", phrase('are for kind = "choice" only'))


def _check_unfit(place: str, detail: Detail, problems: Problems) -> None:
    wrong = [answer for answer in detail.unfit_answers if not _is_possible(answer, detail)]
    for answer in wrong:
        possible = {"answer": answer, "possible": _POSSIBLE[detail.kind]}
        problems.add(f"{place}.unfit_answers", phrase('"%(answer)s" cannot be an answer; %(possible)s', **possible))


def _is_possible(answer: str, detail: Detail) -> bool:
    match detail.kind:
        case DetailKind.CHOICE:
            return answer in detail.choices
        case DetailKind.YES_NO:
            return answer in ("yes", "no")
        case DetailKind.NUMBER:
            return _LIMIT.fullmatch(answer) is not None
        case DetailKind.TEXT:
            return False


_POSSIBLE = {
    DetailKind.CHOICE: phrase("use one of its choices"),
    DetailKind.YES_NO: phrase('use "yes" or "no"'),
    DetailKind.NUMBER: phrase('write a limit like "<10" or ">50"'),
    DetailKind.TEXT: phrase("free text is not judged, so ask a yes_no, choice or number question"),
}


def _check_emergency(places: Sequence[str], services: Sequence[Service], problems: Problems) -> None:
    visits = [place for place, service in zip(places, services, strict=True) if service.emergency]
    # Two would leave open which fee the caller agrees to.
    for place in visits[1:]:
        sentence = phrase("%(place)s is the emergency visit already; keep one", place=visits[0])
        problems.add(f"{place}.emergency", sentence)


def _check_time_off(places: Sequence[str], staff: Sequence[Staff], problems: Problems) -> None:
    for place, person in zip(places, staff, strict=True):
        for index, away in enumerate(person.time_off):
            if away.last_on < away.first_on:
                sentence = phrase("is before first_on, %(first_on)s", first_on=away.first_on)
                problems.add(f"{place}.time_off[{index}].last_on", sentence)


def _check_policies(business: Business, problems: Problems) -> None:
    if "staff" not in problems.broken:
        names = [person.name for person in business.staff]
        refuse_unknown("receptionist.on_call", "staff member", business.receptionist.on_call, names, problems)
    if (
        "booking" not in problems.broken
        and business.booking.lead_minutes >= business.booking.horizon_days * _MINUTES_A_DAY
    ):
        problems.add("booking.lead_minutes", phrase("reaches past horizon_days, which leaves nothing to book"))
