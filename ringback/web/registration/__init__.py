"""The registration with the carriers: how each line stands, what to do, texts to paste, and the public pages."""

from starlette.routing import BaseRoute

from ringback.web.pages.roles import Role
from ringback.web.pages.visits import Endpoint, PageRoute, page_route
from ringback.web.registration import changing, lines, pages, showing


def _owners(path: str, endpoint: Endpoint, method: str = "GET") -> PageRoute:
    return page_route(path, endpoint, method, Role.OWNER)


ROUTES: list[BaseRoute] = [
    _owners("/registration", showing.show_registration),
    _owners("/registration/texts", showing.show_texts),
    _owners("/registration/answers", changing.save_answers, "POST"),
    _owners("/registration/steps/{step}", changing.tick, "POST"),
    _owners("/registration/pages", pages.show_pages),
    _owners("/registration/pages", pages.save_pages, "POST"),
    _owners("/registration/lines/{line_id}/look-up", lines.look_up, "POST"),
    _owners("/registration/lines/{line_id}/word", lines.take_word, "POST"),
]
