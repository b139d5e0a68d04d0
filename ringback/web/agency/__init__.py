"""Several businesses looked after by one company, contacts brought along, and who changed what."""

from starlette.routing import BaseRoute

from ringback.web.agency import audit, businesses, contact, contacts, copying, imports
from ringback.web.pages.roles import Role
from ringback.web.pages.visits import page_route

ROUTES: list[BaseRoute] = [
    page_route("/agency", businesses.show_agency, least=Role.AGENCY),
    page_route("/agency/businesses/new", copying.show_form, least=Role.AGENCY),
    page_route("/agency/businesses", copying.copy, "POST", least=Role.AGENCY),
    page_route("/contacts", contacts.show_contacts),
    # Before the address of one contact, which would take the word for an id.
    page_route("/contacts/imports", imports.show_imports),
    page_route("/contacts/imports", imports.upload, "POST"),
    page_route("/contacts/imports/{import_id}", imports.show_import),
    page_route("/contacts/imports/{import_id}/completion", imports.complete, "POST"),
    page_route("/contacts/imports/{import_id}/undoing", imports.undo, "POST"),
    page_route("/contacts/{contact_id}", contact.show_contact),
    page_route("/contacts/{contact_id}", contact.change, "POST"),
    page_route("/contacts/{contact_id}/marks", contact.mark, "POST"),
    page_route("/contacts/{contact_id}/reassignment", contact.reassign, "POST"),
    page_route("/contacts/{contact_id}/marks/{kind}/end", contact.end_mark, "POST"),
    page_route("/audit", audit.show_audit, least=Role.OWNER),
    page_route("/audit/changes.csv", audit.download, least=Role.OWNER),
]
