"""What the consent ledger says of a contact, as a page and as files, and an opt-out that somebody was told of."""

from starlette.routing import BaseRoute

from ringback.web.consent import opt_outs, record
from ringback.web.pages.visits import page_route

ROUTES: list[BaseRoute] = [
    page_route("/contacts/{contact_id}/consent", record.show_record),
    page_route("/contacts/{contact_id}/consent.csv", record.download_csv),
    page_route("/contacts/{contact_id}/consent.pdf", record.download_pdf),
    page_route("/contacts/{contact_id}/opt-out", opt_outs.show_form),
    page_route("/contacts/{contact_id}/opt-out", opt_outs.opt_out, "POST"),
]
