"""Whose request this is: an API key of one business, as a bearer token."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from ringback.domain.business import Business
from ringback.store import businesses
from ringback.store.db import Connection, business_transaction
from ringback.store.request_counts import use_api_key
from ringback.web.api.problems import Refusal
from ringback.workflows.context import Context

# Who the rows name for what a program did: keys belong to a business, not to a person.
WRITTEN_BY = "API"

_bearer = HTTPBearer(
    scheme_name="API key", description="A key made by `ringback api-key create`, `rb_…`.", auto_error=False
)


@dataclass(frozen=True, slots=True)
class Access:
    """A request's way to the rows of its key's business, and to no others."""

    # The business comes from the key alone; no address and no body of the API names one.
    context: Context
    business_id: UUID

    def transaction(self) -> AbstractAsyncContextManager[Connection]:
        """Return a transaction that sees this business only."""
        return business_transaction(self.context.pool, self.business_id)

    def now(self) -> datetime:
        """Return the present of this installation."""
        return self.context.clock.now()

    async def business(self, connection: Connection) -> Business:
        """Return the set-up of the business."""
        version = await businesses.load_version(connection, self.business_id)
        return await self.context.business(connection, self.business_id, version)


async def authenticate(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> Access:
    """Return the access a request's key gives; refuses with 401 where there is no live key."""
    context: Context = request.app.state.context
    key = credentials.credentials if credentials else ""
    now = context.clock.now()
    # Whatever is not even shaped like a key costs no look into the database.
    use = await use_api_key(context.pool, key, now) if key.startswith("rb_") else None
    if use is None:
        raise Refusal(401, "unauthorized", "Send a live API key: `Authorization: Bearer rb_…`.")
    wait_seconds = use.wait_seconds(now)
    if wait_seconds:
        detail = f"This key may ask {use.per_minute} times a minute. See the Retry-After header."
        raise Refusal(429, "too_many", detail, retry_after=wait_seconds)
    if use.scope == "read" and request.method != "GET":
        raise Refusal(403, "read_only", "This key may read, and change nothing.")
    return Access(context, use.business_id)


Authorized = Annotated[Access, Depends(authenticate)]
