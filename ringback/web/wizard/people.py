"""Step 5: who gets the replies. Without a person who does, a line never goes live."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from starlette.responses import Response

from ringback.domain.business import Business
from ringback.domain.business_file import BusinessFileError, write_business_file
from ringback.domain.caller_names import visible
from ringback.domain.going_live import owners_of
from ringback.domain.phones import normalise_phone
from ringback.domain.phrases import Phrase, phrase
from ringback.store import members
from ringback.store.audit import Change
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.web.wizard.steps import after, beside, line_in_hand, step_page
from ringback.workflows.first_steps import Edit, save_step

_MOST = 10
_LONGEST_NAME = 80
_NO_PHONE = phrase("Write a mobile number, so that somebody hears of a reply at once.")
_BAD_PHONE = phrase("This is no phone number. Write it as you would dial it.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One person as the form has them. `place` is their place on the staff list; new people come after it."""

    place: int
    name: str
    phone: str
    gets_replies: bool
    is_me: bool


async def show_people(visit: Visit) -> Response:
    """Ask for the people of the business, first of all for whoever sets it up."""
    async with visit.desk() as desk:
        return await _page(visit, desk, _known(visit, desk.business), {})


async def _page(visit: Visit, desk: Desk, entries: Sequence[Entry], troubles: dict[str, Phrase]) -> Response:
    return await step_page(visit, desk, "people", {"entries": entries, "troubles": troubles})


def _known(visit: Visit, business: Business) -> list[Entry]:
    """Return those on the staff list, whoever is signed in, and one empty line for another."""
    line = line_in_hand(business)
    owners = {person.staff_id for person in (owners_of(business, line) if line else ())}
    if not owners:
        owners = {person.staff_id for rule in business.routing.rules for person in business.staff
                  if person.name in rule.staff}  # fmt: skip
    # One row fewer than the form can hold: the last is for somebody new.
    entries = [
        Entry(place, one.name, one.phone or "", one.staff_id in owners, one.staff_id == visit.signed_in.staff_id)
        for place, one in enumerate(business.staff[: _MOST - 1])
    ]
    is_there = any(entry.is_me or entry.name == visit.signed_in.name for entry in entries)
    if not is_there:
        entries.append(Entry(len(entries), visit.signed_in.name, "", not owners, is_me=True))
    return [*entries, Entry(len(entries), "", "", gets_replies=False, is_me=False)]


async def save_people(visit: Visit) -> Response:
    """Save them, say who is signed in, and give the replies to those who are ticked."""
    form = await read_form(visit.request)
    async with visit.desk() as desk:
        entries = _typed(form)
        troubles = _troubles_with(entries, desk.business)
        if troubles:
            return await _page(visit, desk, entries, troubles)
        named = [entry for entry in entries if entry.name]
        member = await members.load_member(desk.connection, desk.business_id, visit.signed_in.person_id)
        edit = Edit("people", _sections(desk.business, named, member.email if member else None), _keep(desk.business))
        try:
            made = await save_step(desk.connection, visit.context, desk.business, edit, visit.who)
        except BusinessFileError as error:
            places = {f"staff[{place}].{field}": f"{field}_{entry.place}" for place, entry in enumerate(named)
                      for field in ("name", "phone")}  # fmt: skip
            return await _page(visit, desk, entries, beside(error, places))
        await _link(visit, desk, made, named)
    return after("people")


def _typed(form: Mapping[str, str]) -> list[Entry]:
    me = form.get("me", "")
    return [
        Entry(
            place,
            visible(form.get(f"name_{place}", "")),
            form.get(f"phone_{place}", "").strip()[:40],
            f"replies_{place}" in form,
            me == str(place),
        )
        for place in range(_MOST)
        if f"name_{place}" in form
    ]


def _troubles_with(entries: Sequence[Entry], business: Business) -> dict[str, Phrase]:
    troubles = {}
    names = [entry.name.casefold() for entry in entries if entry.name]
    for entry in entries:
        if not entry.name and (entry.phone or entry.place < len(business.staff)):
            troubles[f"name_{entry.place}"] = phrase("Write a name.")
        elif len(entry.name) > _LONGEST_NAME:
            troubles[f"name_{entry.place}"] = phrase("Write a name of at most %(most)s characters.", most=_LONGEST_NAME)
        elif entry.name and names.count(entry.name.casefold()) > 1:
            troubles[f"name_{entry.place}"] = phrase("Two people have this name. Add a letter or a last name.")
        if entry.phone and normalise_phone(entry.phone, business.country) is None:
            troubles[f"phone_{entry.place}"] = _BAD_PHONE
        elif entry.gets_replies and entry.name and not entry.phone:
            troubles[f"phone_{entry.place}"] = _NO_PHONE
    if not any(entry.gets_replies and entry.name for entry in entries):
        troubles["replies"] = phrase("Tick at least one person who gets the replies.")
    return troubles


def _sections(business: Business, entries: Sequence[Entry], my_email: str | None) -> dict[str, Any]:
    document: dict[str, Any] = write_business_file(business)
    staff = []
    for entry in entries:
        before = document["staff"][entry.place] if entry.place < len(document["staff"]) else {}
        phone = normalise_phone(entry.phone, business.country)
        said = {**before, "name": entry.name} | ({"phone": phone} if phone else {})
        if not phone:
            said.pop("phone", None)
        # The address they sign in with is the one that certainly reaches them.
        if entry.is_me and my_email and "email" not in said:
            said["email"] = my_email
        staff.append(said)
    # The form shows the first few; the others stay as they are.
    staff += document["staff"][_MOST - 1 :] if len(document["staff"]) >= _MOST else []
    renamed = _renaming(business, entries)
    sections = {name: renamed(document[name]) for name in ("services", "receptionist", "lines", "routing")}
    owners = [entry.name for entry in entries if entry.gets_replies]
    sections["routing"] = _with_owners(sections["routing"], owners)
    return sections | {"staff": staff}


def _with_owners(routing: dict[str, Any], owners: list[str]) -> dict[str, Any]:
    """Return the routing with a last rule for every reply that no rule before it takes."""
    # A rule without conditions is ours, or would hide ours.
    rules = [rule for rule in routing.get("rules", ()) if set(rule) - {"staff"}]
    return {**routing, "rules": [*rules, {"staff": owners}]}


def _renaming(business: Business, entries: Sequence[Entry]) -> Callable[[Any], Any]:
    names = {
        business.staff[entry.place].name: entry.name
        for entry in entries
        if entry.place < len(business.staff) and business.staff[entry.place].name != entry.name
    }

    def rename(value: Any, *, is_named: bool = False) -> Any:
        match value:
            case str() if is_named:
                return names.get(value, value)
            case list():
                return [rename(one, is_named=is_named) for one in value]
            case dict():
                return {key: rename(one, is_named=key in ("staff", "on_call", "backup")) for key, one in value.items()}
            case _:
                return value

    return rename


def _keep(business: Business) -> Callable[[Business], Business]:
    """Return what lets people keep their ids when they are renamed: conversations are theirs by id."""

    def settled(made: Business) -> Business:
        known = business.staff[: _MOST - 1] if len(business.staff) >= _MOST else business.staff
        kept = [replace(one, staff_id=old.staff_id) for one, old in zip(made.staff, known, strict=False)]
        return replace(made, staff=(*kept, *made.staff[len(kept) :]))

    return settled


async def _link(visit: Visit, desk: Desk, made: Business, entries: Sequence[Entry]) -> None:
    """Let the signed-in person be the one of the staff list that they say they are."""
    mine = next((place for place, entry in enumerate(entries) if entry.is_me), None)
    if mine is None or made.staff[mine].staff_id == visit.signed_in.staff_id:
        return
    staff_id: UUID = made.staff[mine].staff_id
    person_id, role = visit.signed_in.person_id, visit.signed_in.role
    if await members.change_member(desk.connection, desk.business_id, person_id, role, staff_id):
        change = Change("people.linked", visit.signed_in.name, None, {"staff": made.staff[mine].name})
        await visit.note(desk, change)
