"""Every page of the product, from all its areas."""

from starlette.routing import BaseRoute

from ringback.web import (
    agency,
    brakes,
    calling,
    consent,
    dashboard,
    law,
    notices,
    outgoing_hooks,
    pages,
    people,
    privacy,
    public,
    registration,
    routing,
    settings,
    wizard,
)

ROUTES: list[BaseRoute] = [
    *pages.ROUTES,
    *people.ROUTES,
    *agency.ROUTES,
    *privacy.ROUTES,
    *routing.ROUTES,
    *notices.ROUTES,
    *calling.ROUTES,
    *brakes.ROUTES,
    *dashboard.ROUTES,
    *settings.ROUTES,
    *outgoing_hooks.ROUTES,
    *wizard.ROUTES,
    *registration.ROUTES,
    *consent.ROUTES,
    *law.ROUTES,
    *public.ROUTES,
]
