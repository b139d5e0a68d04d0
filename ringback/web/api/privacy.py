"""/api/v1/contacts/{id}: everything about a contact, and their erasure."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from ringback.web.api.access import WRITTEN_BY, Authorized
from ringback.web.api.problems import ApiRoute, Refusal, not_found, responses
from ringback.workflows.contact_import import Who
from ringback.workflows.erasing import CannotErase, erase_contact, load_everything

router = APIRouter(route_class=ApiRoute, tags=["contacts"])


class ContactExport(BaseModel):
    """Every row about a contact, by the table it is in."""

    tables: dict[str, list[dict[str, Any]]] = Field(
        description="Rows as they are stored; a picture's bytes are in hexadecimal.",
        examples=[{"contacts": [{"phone": "+13125550142", "name": "Carla"}]}],
    )


class ContactErasure(BaseModel):
    """What an erasure did."""

    rows: dict[str, int] = Field(description="How many rows were deleted or emptied, by table; empty when done before.")
    keeps_opt_out: bool = Field(description="Whether the number is still not texted when it calls again.")


@router.get("/contacts/{contact_id}/export", summary="Get everything about a contact", responses=responses(404))
async def export_contact(access: Authorized, contact_id: UUID) -> ContactExport:
    """Return all that is kept about a contact, to hand to them when they ask for it."""
    async with access.transaction() as connection:
        told = await load_everything(connection, await access.business(connection), contact_id)
        if told is None:
            raise not_found("contact")
    return ContactExport(tables=told)


@router.delete("/contacts/{contact_id}", summary="Erase a contact", responses=responses(404, 409))
async def erase_one(access: Authorized, contact_id: UUID) -> ContactErasure:
    """Erase a contact for good: words, name, number, pictures. Figures stay right; an opt-out is kept as a code."""
    async with access.transaction() as connection:
        business = await access.business(connection)
        who = Who(WRITTEN_BY, None)
        try:
            erased = await erase_contact(access.context, connection, business, contact_id, who, access.now())
        except CannotErase as error:
            raise Refusal(409, "staff", str(error)) from error
        if erased is None:
            raise not_found("contact")
    return ContactErasure(rows=erased.rows, keeps_opt_out=erased.keeps_opt_out)
