"""/api/v1/contacts/…/consent: what a contact did, heard and refused; and an opt-out that somebody was told of."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from ringback.domain.consent_ledger import ConsentKind
from ringback.store import audit, consent_ledger
from ringback.store.audit import Change
from ringback.web.api.access import WRITTEN_BY, Authorized
from ringback.web.api.contacts import Contact, load_contact
from ringback.web.api.fields import ShortText
from ringback.web.api.paging import Page, PageQuery, Place, page_of, read_cursor
from ringback.web.api.problems import ApiRoute, responses
from ringback.workflows.consent_opting import record_opt_out

router = APIRouter(route_class=ApiRoute, tags=["contacts"])


class ConsentRecord(BaseModel):
    """One entry of the consent ledger."""

    id: UUID
    kind: ConsentKind
    at: AwareDatetime
    phone: str = Field(description="Their number when it happened.", examples=["+13125550142"])
    words: str | None = Field(description="How it was said, or what was sent.", examples=["stop texting me"])
    wording_version: str | None = Field(description="The wording's name, and a hash of its words.")
    rule_version: str | None = Field(description="The version of the quiet-hour rules that it was sent under.")
    source: str = Field(description="Where we know it from.", examples=["words"])
    line: str | None = Field(description="Our number, where one was used.")
    reference: str | None = Field(description="The phone company's id of the call or text.")
    position: int = Field(description="Its place in the chain of the business.")
    hash: str = Field(description="The hash of this place, which covers all before it.")


class OptOutReason(BaseModel):
    """How somebody was told of an opt-out."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"words": "email: please stop"}]})

    words: ShortText


@router.get("/contacts/{contact_id}/consent", summary="List the consent record of a contact", responses=responses(404))
async def list_consent(
    access: Authorized, contact_id: UUID, query: Annotated[PageQuery, Query()]
) -> Page[ConsentRecord]:
    """Return the entries of the consent ledger about a contact, the latest first."""
    place = read_cursor(query.cursor, timed=True)
    before = (place.at, place.row_id) if place and place.at else None
    async with access.transaction() as connection:
        await load_contact(connection, access, contact_id)
        found = await consent_ledger.list_consent(connection, access.business_id, contact_id, before, query.limit + 1)
    return page_of(found, query.limit, _show, lambda row: Place(row["entry_id"], row["at"]))


def _show(row: dict[str, Any]) -> ConsentRecord:
    return ConsentRecord(id=row["entry_id"], **{name: row[name] for name in ConsentRecord.model_fields if name != "id"})


@router.post("/contacts/{contact_id}/opt-out", summary="Note an opt-out", responses=responses(404))
async def note_opt_out(access: Authorized, contact_id: UUID, reason: OptOutReason) -> Contact:
    """Stop all texts to a contact who told you so elsewhere. It counts as a STOP; only their START ends it."""
    async with access.transaction() as connection:
        contact = await load_contact(connection, access, contact_id)
        if await record_opt_out(connection, access.business_id, contact_id, reason.words, access.now()):
            change = Change("contact.opted_out", contact.phone, None, {"words": reason.words})
            await audit.add_entry(connection, access.business_id, WRITTEN_BY, change, access.now())
        return await load_contact(connection, access, contact_id)
