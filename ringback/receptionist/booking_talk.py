"""Carries a booking on: the service, what decides whether it fits, the time, the details, the read-back, the yes."""

from dataclasses import replace

from ringback.domain.bookings import Booking, Opening, Search, Wanted, Window
from ringback.domain.business import Service
from ringback.domain.healthcare import what_is_booked
from ringback.domain.openings import suits
from ringback.receptionist import asides
from ringback.receptionist.asking import ask_after, ask_before
from ringback.receptionist.dialog import (
    Book,
    FindOpenings,
    Goal,
    HandOverKind,
    Hold,
    JoinWaitingList,
    Reply,
    Stage,
)
from ringback.receptionist.draft import Draft
from ringback.receptionist.handing import close, hand_over, let_go, request_quote, say_hand_over
from ringback.receptionist.hearing import Hearing
from ringback.receptionist.reading_back import extra_of, for_whom, read_back
from ringback.receptionist.scripts.clock_words import say_day, say_time
from ringback.receptionist.scripts.lines import either
from ringback.receptionist.wanted import is_point, is_wanted, merge, still_refused, without_all

# More names than this are not read, let alone remembered.
_EXAMPLES = 4
_MANY = 4


def go_on(draft: Draft, hearing: Hearing | None = None) -> None:
    """Do the next thing that this booking still needs."""
    service = draft.service or _only_service(draft)
    if service is None:
        ask_service(draft, hearing)
        return
    begins = draft.dialog.goal in (Goal.NONE, Goal.MESSAGE)
    draft.remember(service=service.name, goal=Goal.BOOK if begins else draft.dialog.goal)
    moving = draft.dialog.moving is not None
    # Whoever is being moved was found fit when they booked.
    if not moving and ask_before(draft, service):
        return
    if not service.bookable or service.quote:
        _leave_to_people(draft, service, hearing)
    elif draft.dialog.chosen is None:
        find(draft)
    elif draft.dialog.held is None:
        # Kept before the details are asked: an answer may take an hour, and the time must still be there.
        draft.need = Hold(wanted(draft), draft.dialog.moving)
    elif moving or not ask_after(draft, service):
        read_back(draft)


def _only_service(draft: Draft) -> Service | None:
    bookable = [service for service in draft.desk.business.services if service.bookable]
    return bookable[0] if len(bookable) == 1 else None


def ask_service(draft: Draft, hearing: Hearing | None) -> None:
    """Ask what is needed, with a few examples; a business that sells nothing by name gets a person instead."""
    sold = listed_services(draft, most=None)
    # Where what was said fits several, those are the choice; the rest of the list would only be read for nothing.
    meant = [name for name in hearing.services if name in sold] if hearing else []
    names = (meant if len(meant) > 1 else sold)[:_EXAMPLES]
    if not names:
        say_hand_over(draft)
        hand_over(draft, hearing, HandOverKind.UNSURE, stays=True)
        return
    examples = either(names, draft.language)
    again = draft.line("which_service_again", examples=examples)
    draft.remember(suggested=tuple(meant[:_EXAMPLES]) if len(meant) > 1 else ())
    draft.ask(Stage.SERVICE, again if len(meant) > 1 else draft.line("which_service", examples=examples), again)
    draft.because("It is not clear which service is meant.")


def listed_services(draft: Draft, most: int | None = _EXAMPLES) -> list[str]:
    """Return the services that are named as examples; an emergency visit is not on the menu, it is recognised."""
    asked = list(draft.dialog.suggested) if draft.dialog.stage is Stage.SERVICE else []
    return (asked or [service.name for service in draft.desk.business.services if not service.emergency])[:most]


def _leave_to_people(draft: Draft, service: Service, hearing: Hearing | None) -> None:
    if ask_after(draft, service):
        return
    draft.because("This service is not booked by the receptionist.", f"service: {service.name}")
    if service.quote and hearing is not None:
        request_quote(draft, hearing)
        return
    say_hand_over(draft)
    hand_over(draft, hearing, HandOverKind.ASKED, stays=True)
    draft.remember(stage=Stage.IDLE, goal=Goal.NONE, pending=None)


def take_in(draft: Draft, hearing: Hearing) -> bool:
    """Note all that a text says about the booking; return whether it changes what is looked for."""
    dialog = draft.dialog
    kept = dialog.search or Search(service="")
    service = hearing.services[0] if len(hearing.services) == 1 else dialog.service
    # What was said before stands where the text says nothing new.
    windows = merge(hearing.when, kept.windows, dialog.offered, draft.zone)
    staff = hearing.staff or kept.staff_id
    asks_anew = hearing.when.soonest or hearing.when.earlier or hearing.when.later
    same = (service, windows, staff) == (dialog.service, kept.windows, kept.staff_id)
    if hearing.for_whom:
        draft.remember(for_whom=hearing.for_whom)
    if asides.is_for_several(hearing) and not dialog.several and dialog.moving is None:
        draft.remember(several=True)
        draft.say("one_at_a_time")
        draft.because("Visits for several people were asked for; each has a booking of its own.")
    if same and not asks_anew:
        return False
    if service != dialog.service and dialog.moving is None:
        draft.remember(service=service)
    search = replace(kept, windows=windows, staff_id=staff, besides=frozenset())
    refused = still_refused(dialog.refused, hearing.when)
    draft.remember(search=search, half_minute=_open_half(hearing), refused=refused)
    return True


def _open_half(hearing: Hearing) -> int | None:
    """The time of day that may be morning or afternoon, where the text left it open."""
    unsure = [wish for wish in hearing.when.wishes if wish.half_unsure and wish.from_minute is not None]
    return unsure[-1].from_minute if unsure else None


def settle_half(draft: Draft, afternoon: bool) -> None:
    """The caller said whether it was the morning or the afternoon."""
    minute, search = draft.dialog.half_minute, draft.dialog.search
    if minute is None or search is None:
        return
    # Minutes after midnight; noon and midnight are the zero of their half.
    chosen = minute % 720 + (720 if afternoon else 0)
    windows = tuple(
        replace(window, from_minute=chosen, to_minute=chosen) if window.exact else window for window in search.windows
    )
    draft.remember(search=replace(search, windows=windows), half_minute=None)


def find(draft: Draft) -> None:
    """Look for openings; which half of the day is meant is asked first."""
    half = draft.dialog.half_minute
    if half is not None:
        draft.ask(Stage.TIME, draft.line("which_half", time=say_time(half, "en").written.split(" ")[0]))
        draft.because("“Morning or afternoon?” was not clear, and is never guessed.")
        return
    _drop_who_does_not_do_it(draft)
    dialog = draft.dialog
    search = replace(
        dialog.search or Search(service=""),
        service=dialog.service or "",
        limit=2,
        moving=dialog.moving,
        address=dialog.address,
    )
    draft.remember(search=search, stage=Stage.TIME)
    draft.need = FindOpenings(search)


def _drop_who_does_not_do_it(draft: Draft) -> None:
    """Say that the person asked for does not do this, rather than that no time is free, and look with the others."""
    search, service = draft.dialog.search, draft.service
    person = draft.person(search.staff_id) if search and search.staff_id else None
    if search is None or service is None or person is None:
        return
    if person.takes_bookings and (not service.staff or person.name in service.staff):
        return
    draft.say("not_with", person=person.name, what=service.name)
    draft.because(f"{person.name} does not do this.", f"service: {service.name}")
    draft.remember(search=replace(search, staff_id=None))


def offer(draft: Draft, openings: tuple[Opening, ...]) -> None:
    """Go on with what was found: the very time that was asked for is kept at once, else two concrete choices."""
    search = draft.dialog.search or Search(service="")
    if not openings:
        _offer_nothing(draft, search)
        return
    # What they refused is no alternative, however near it lies: then any other time is.
    others = without_all((Window(),), draft.dialog.refused)
    is_refused = any(is_wanted(window, each, draft.zone) for window in draft.dialog.refused for each in openings)
    if is_refused and others and search.windows != others:
        draft.remember(search=replace(search, windows=others))
        draft.because("Nothing else is free near that; what the caller refused is not offered again.")
        find(draft)
        return
    points = [window for window in search.windows if is_point(window)]
    # The very time they asked for needs no second choice, only the read-back.
    exact = [opening for opening in openings for window in points if is_wanted(window, opening, draft.zone)]
    if exact:
        choose(draft, exact[0])
        return
    draft.remember(offered=openings, chosen=None)
    count = "one" if len(openings) == 1 else "two"
    choices = _choices(draft, openings)
    again = draft.line("offer_again" if count == "two" else "offer_one", choices=choices)
    draft.ask(Stage.CHOICE, _offer_line(draft, search, openings, count, choices), again)


def _offer_line(draft: Draft, search: Search, openings: tuple[Opening, ...], count: str, choices: Reply) -> Reply:
    if not search.windows or any(suits(draft.desk.business, search, opening) for opening in openings):
        draft.because("These are free and fit what was asked for.")
        return draft.line(f"offer_{count}", choices=choices)
    draft.because("The time that was asked for is not free; these are the nearest.")
    if len(search.windows) == 1 and is_point(search.windows[0]):
        return draft.line(f"offer_instead_{count}", choices=choices, wanted=_point(draft, search.windows[0]))
    return draft.line(f"offer_near_{count}", choices=choices)


def _offer_nothing(draft: Draft, search: Search) -> None:
    draft.remember(offered=())
    # Said twice in a row it would go in circles; then the list is what we have left.
    is_said = draft.dialog.said.endswith(draft.line("no_more").written)
    if (search.besides or search.windows or search.staff_id) and not is_said:
        draft.ask(Stage.TIME, draft.line("no_more"))
        draft.because("Nothing (else) is free near what was asked for.")
        return
    draft.ask(Stage.WAITING_LIST, draft.line("no_opening"))
    draft.because("Nothing is free in all the time that can be booked.")


def _choices(draft: Draft, openings: tuple[Opening, ...]) -> Reply:
    return either([_with_person(draft, draft.start(opening), opening) for opening in openings], draft.language)


def _with_person(draft: Draft, start: Reply, opening: Opening) -> Reply:
    """Who it would be with is said where the caller may care: it is not who they asked for, or nobody was."""
    search = draft.dialog.search
    person = draft.person(opening.staff_id)
    if person is None or search is None or search.staff_id in (None, opening.staff_id):
        return start
    whom = draft.line("with", person=person.name)
    return Reply(start.written + whom.written, start.spoken + whom.spoken)


def _point(draft: Draft, window: Window) -> Reply:
    country = draft.desk.business.country
    day = say_day(window.first_on, country, draft.language) if window.first_on else Reply("", "")
    time = say_time(window.from_minute or 0, draft.language)
    return Reply(f"{day.written}, {time.written}", f"{day.spoken}, {time.spoken}")


def choose(draft: Draft, opening: Opening) -> None:
    """Take one opening: it is kept for the caller while the rest is asked."""
    draft.remember(chosen=opening, offered=(), misread=0)
    draft.because(f"The caller chose {draft.start(opening).written}.")
    draft.need = Hold(wanted(draft), draft.dialog.moving)


def refuse_offers(draft: Draft) -> None:
    """The caller wants none of the offers: look for others."""
    dialog = draft.dialog
    search = dialog.search or Search(service=dialog.service or "")
    refused = frozenset(opening.starts_at for opening in dialog.offered)
    draft.remember(search=replace(search, besides=search.besides | refused))
    draft.because("The caller wants other times than those offered.")
    # Step by step nobody gets to the evening: after two refusals the part of the day is asked for, once.
    if len(search.besides) < _MANY <= len(search.besides | refused):
        draft.ask(Stage.TIME, draft.line("which_part"))
        return
    find(draft)


def wanted(draft: Draft) -> Wanted:
    """Return what is to be booked, as far as it is known."""
    dialog = draft.dialog
    if dialog.chosen is None or dialog.service is None:
        raise ValueError("nothing has been chosen yet")
    details = dict(dialog.details)
    if dialog.about:
        # The technician reads at the door what the caller wrote in the first place.
        details.setdefault("first wrote", dialog.about)
    return Wanted(
        contact_id=draft.desk.caller.contact_id,
        service=dialog.service,
        opening=dialog.chosen,
        for_whom=for_whom(draft),
        address=dialog.address,
        details=details,
    )


def book(draft: Draft) -> None:
    """The caller said yes to the read-back."""
    if draft.dialog.held is None:
        go_on(draft)
        return
    draft.because("The caller said yes to the read-back.")
    draft.need = Book(draft.dialog.held, wanted(draft), draft.dialog.moving)


def confirm_made(draft: Draft, booking: Booking) -> None:
    """Say what is in the calendar now, from the booking itself."""
    line = "moved" if draft.dialog.moving else "booked"
    # From the committed booking, never from what we believed: "booked" must be true.
    what = what_is_booked(draft.desk.business, booking.service, draft.language)
    draft.say(line, what=what, start=draft.start(booking), extra=extra_of(draft, booking))
    draft.because("The booking is in the calendar.", f"service: {booking.service}")
    if draft.dialog.several:
        draft.say("next_one")
    forget_booking(draft)
    close(draft)
    draft.remember(last_service=booking.service, several=False)


def say_taken(draft: Draft) -> None:
    """Somebody else was faster: say so, and offer what is free now."""
    taken, search = draft.dialog.chosen, draft.dialog.search or Search(service=draft.dialog.service or "")
    # Not offered again in this talk, even if it comes free: it was just refused to them.
    besides = search.besides | ({taken.starts_at} if taken else set())
    draft.say("just_taken")
    draft.because("The time was taken by somebody else in the meantime.")
    draft.remember(held=None, chosen=None, search=replace(search, besides=frozenset(besides)))
    find(draft)


def join_waiting_list(draft: Draft) -> None:
    """Put the caller on the waiting list for what they looked for."""
    dialog = draft.dialog
    search = replace(dialog.search or Search(service=""), service=dialog.service or "", besides=frozenset())
    draft.do(JoinWaitingList(search, dialog.for_whom))
    draft.say("waiting_list")
    forget_booking(draft)
    close(draft)


def abandon(draft: Draft) -> None:
    """The caller does not want the booking any more."""
    let_go(draft)
    stays = draft.booking(draft.dialog.moving)
    forget_booking(draft)
    # Only the move is let go; "I've let that go" would sound as if the visit were.
    if stays is not None:
        draft.say("kept", what=stays.service, start=draft.start(stays))
    else:
        draft.say("abandoned")
    draft.because("The caller let the booking go.")
    close(draft)


def forget_booking(draft: Draft) -> None:
    """Start the next booking with a clean sheet; the name and the address stay known."""
    draft.remember(
        service=None,
        search=None,
        offered=(),
        chosen=None,
        held=None,
        moving=None,
        for_whom=None,
        details={},
        asking=None,
        refused=(),
    )
    draft.remember(misread=0, half_minute=None, candidates=(), about=None)
