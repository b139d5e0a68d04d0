"""Every page of the product, from all its areas."""

from starlette.routing import BaseRoute

from ringback.web import agency, calling, dashboard, notices, pages, people, public, routing, settings, wizard

ROUTES: list[BaseRoute] = [
    *pages.ROUTES,
    *people.ROUTES,
    *agency.ROUTES,
    *routing.ROUTES,
    *notices.ROUTES,
    *calling.ROUTES,
    *dashboard.ROUTES,
    *settings.ROUTES,
    *wizard.ROUTES,
    *public.ROUTES,
]
