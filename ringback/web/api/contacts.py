"""/api/v1/contacts: people outside the business, and the marks that stop texts or calls."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from ringback.domain.number_facts import FactSource, LineType
from ringback.domain.phones import normalise_phone
from ringback.domain.textback import Mark
from ringback.store import api_queries, contact_lists, contacts
from ringback.store.audit import Change, add_entry
from ringback.store.contacts import NewMark
from ringback.store.db import Connection
from ringback.web.api.access import WRITTEN_BY, Access, Authorized
from ringback.web.api.fields import LanguageTag, PhoneText, ShortText
from ringback.web.api.paging import Page, PageQuery, Place, page_of, read_cursor
from ringback.web.api.problems import ApiRoute, not_found, refuse_field, responses
from ringback.web.marking import set_mark, take_mark_off
from ringback.workflows.contact_import import Who

router = APIRouter(route_class=ApiRoute, tags=["contacts"])


class NumberFact(BaseModel):
    """One thing known of a contact's number, and how it was learned."""

    source: FactSource = Field(description="`person`: somebody here said that the number changed hands.")
    line_type: LineType
    carrier: str | None
    learned_at: AwareDatetime
    expires_at: AwareDatetime | None = Field(description="A look-up is not believed after this; null is for ever.")


class Contact(BaseModel):
    """A person outside the business, one per phone number."""

    id: UUID
    phone: str = Field(description="E.164, or the name or short code a sender uses.", examples=["+13125550142"])
    name: str | None = Field(examples=["Carla"])
    language: str | None = Field(description="What they are written to in; null is the line's.", examples=["es"])
    marks: list[Mark] = Field(description="What was said of them and still stands.")
    opted_out_at: AwareDatetime | None = Field(description="Since when no line may text them: they asked for it.")
    created_at: AwareDatetime
    number_facts: list[NumberFact] = Field(description="What is known of the number, the latest first.")


class ContactQuery(PageQuery):
    """Which contacts."""

    phone: PhoneText | None = Field(None, description="A number in any form.")


class ContactChange(BaseModel):
    """What to set; what is left out stays, null empties it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"name": "Carla", "language": "es"}]})

    name: ShortText | None = None
    language: LanguageTag | None = None


class NewContact(ContactChange):
    """A contact to add; one with this number may be there already."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"phone": "(312) 555-0142", "name": "Carla"}]})

    phone: PhoneText = Field(description="A number as people of the business's country write it, or in E.164.")


# Its own list, for pydantic to check: the domain's has one more.
class PersonsMark(StrEnum):
    """The marks a person may set; `untextable` is the carrier's to say."""

    BLOCKED = "blocked"
    DO_NOT_TEXT = "do_not_text"
    SPAM = "spam"


class MarkReason(BaseModel):
    """Why a contact is marked."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"why": "Sells advertising."}]})

    why: ShortText


@router.get("/contacts", summary="List contacts")
async def list_contacts(access: Authorized, query: Annotated[ContactQuery, Query()]) -> Page[Contact]:
    """Return contacts, the latest first."""
    place = read_cursor(query.cursor)
    async with access.transaction() as connection:
        if query.phone:
            country = (await access.business(connection)).country
            # Short codes and named senders are contacts under a name that is no number.
            phone = normalise_phone(query.phone, country) or query.phone
            found = await api_queries.find_contact(connection, access.business_id, phone)
        else:
            after = place.row_id if place else None
            found = await api_queries.list_contacts(connection, access.business_id, after, query.limit + 1)
    return page_of(found, query.limit, show_contact, lambda row: Place(row["contact_id"]))


@router.post(
    "/contacts",
    status_code=201,
    summary="Add a contact",
    responses={200: {"model": Contact, "description": "They were there already."}},
)
async def add_contact(access: Authorized, wanted: NewContact, response: Response) -> Contact:
    """Return the contact with this number, made if new, with the name and language given."""
    async with access.transaction() as connection:
        phone = normalise_phone(wanted.phone, (await access.business(connection)).country)
        if phone is None:
            raise refuse_field("body.phone", "This is no phone number we know.")
        # Two at once may both say 201; there is one contact all the same.
        if await api_queries.find_contact(connection, access.business_id, phone):
            response.status_code = 200
        contact_id = await contacts.find_or_create_contact(connection, access.business_id, phone, access.now())
        return await _change(connection, access, contact_id, wanted)


@router.get("/contacts/{contact_id}", summary="Get a contact", responses=responses(404))
async def get_contact(access: Authorized, contact_id: UUID) -> Contact:
    """Return one contact with its marks."""
    async with access.transaction() as connection:
        return await load_contact(connection, access, contact_id)


@router.patch("/contacts/{contact_id}", summary="Change a contact", responses=responses(404))
async def change_contact(access: Authorized, contact_id: UUID, change: ContactChange) -> Contact:
    """Set the name or language of a contact; what is left out stays."""
    async with access.transaction() as connection:
        return await _change(connection, access, contact_id, change)


@router.put("/contacts/{contact_id}/marks/{kind}", summary="Mark a contact", responses=responses(404))
async def mark_contact(
    access: Authorized, contact_id: UUID, kind: PersonsMark, reason: MarkReason | None = None
) -> Contact:
    """Say that a contact is blocked, not to be texted, or spam. A mark that stands already stays as it is."""
    async with access.transaction() as connection:
        contact = await load_contact(connection, access, contact_id)
        if Mark(kind.value) in contact.marks:
            return contact
        new = NewMark(Mark(kind.value), reason.why if reason else "", WRITTEN_BY)
        await set_mark(connection, access.business_id, await _row(connection, access, contact_id), new, access.now())
        return await load_contact(connection, access, contact_id)


@router.delete("/contacts/{contact_id}/marks/{kind}", summary="Unmark a contact", responses=responses(404))
async def unmark_contact(access: Authorized, contact_id: UUID, kind: PersonsMark) -> Contact:
    """End a mark. Where there is none, nothing changes."""
    async with access.transaction() as connection:
        contact, mark = await load_contact(connection, access, contact_id), Mark(kind.value)
        if mark not in contact.marks:
            return contact
        row, who = await _row(connection, access, contact_id), Who(WRITTEN_BY, None)
        await take_mark_off(connection, access.business_id, row, mark, who, access.now())
        return await load_contact(connection, access, contact_id)


async def _row(connection: Connection, access: Access, contact_id: UUID) -> Mapping[str, Any]:
    """The contact with its thread: what a mark means for who waits there is the same as by hand."""
    row = await contact_lists.get_contact_page(connection, access.business_id, contact_id)
    if row is None:
        raise not_found("contact")
    return row


async def load_contact(connection: Connection, access: Access, contact_id: UUID) -> Contact:
    """Return a contact; refuses with 404 where this business has none with that id."""
    row = await contacts.get_contact(connection, access.business_id, contact_id)
    if row is None:
        raise not_found("contact")
    return show_contact(row)


async def _change(connection: Connection, access: Access, contact_id: UUID, change: ContactChange) -> Contact:
    contact = await load_contact(connection, access, contact_id)
    # What was left out and what was set to null look alike but for this.
    given: dict[str, Any] = change.model_dump(include={"name", "language"}, exclude_unset=True)
    if not given:
        return contact
    changed = contact.model_copy(update=given)
    was, now = ({name: getattr(one, name) for name in given} for one in (contact, changed))
    if was != now:
        await contacts.save_contact(connection, access.business_id, contact_id, changed.name, changed.language)
        told = Change("contact.changed", contact.phone, was, now)
        await add_entry(connection, access.business_id, WRITTEN_BY, told, access.now())
    return changed


def show_contact(row: Mapping[str, Any]) -> Contact:
    """Return the contact of a row with its standing."""
    standing = row["standing"]
    return Contact(
        id=row["contact_id"],
        phone=row["phone"],
        name=row["name"],
        language=row["language"],
        marks=standing["marks"],
        opted_out_at=standing["opted_out_at"],
        created_at=row["created_at"],
        number_facts=row["number_facts"],
    )
