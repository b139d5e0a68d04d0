"""Privacy: healthcare mode, how long things are kept, and one contact's rows taken along or erased."""

from starlette.routing import BaseRoute

from ringback.web.pages.roles import Role
from ringback.web.pages.visits import page_route
from ringback.web.privacy import contact, keeping

ROUTES: list[BaseRoute] = [
    page_route("/privacy", keeping.show_keeping, "GET", Role.OWNER),
    page_route("/privacy", keeping.save_keeping, "POST", Role.OWNER),
    page_route("/contacts/{contact_id}/privacy", contact.show_known, "GET", Role.OWNER),
    page_route("/contacts/{contact_id}/everything.zip", contact.download, "POST", Role.OWNER),
    page_route("/contacts/{contact_id}/erasure", contact.erase, "POST", Role.OWNER),
]
