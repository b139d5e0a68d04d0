"""From nothing to a text on a phone: the set-up, step by step."""

from starlette.routing import BaseRoute

from ringback.web.pages.roles import Role
from ringback.web.pages.visits import Endpoint, PageRoute, page_route
from ringback.web.people.public import public_route
from ringback.web.wizard import business, connecting, hours, live, number, people, steps, trying, welcome, words


def _owners(path: str, endpoint: Endpoint, method: str = "GET") -> PageRoute:
    # Credentials and the words to every caller: nothing of the set-up is for others to see.
    return page_route(path, endpoint, method, Role.OWNER)


ROUTES: list[BaseRoute] = [
    public_route("/welcome/{key}", welcome.show_welcome),
    public_route("/welcome/{key}", welcome.make_owner, "POST"),
    _owners("/set-up", steps.go_on),
    _owners("/set-up/business", business.show_business),
    _owners("/set-up/business", business.save_business, "POST"),
    _owners("/set-up/number", number.show_number),
    _owners("/set-up/number/pretend", connecting.connect_pretend, "POST"),
    _owners("/set-up/number/account", connecting.check_account, "POST"),
    _owners("/set-up/number/account/end", connecting.forget_account, "POST"),
    _owners("/set-up/number/line", connecting.connect_number, "POST"),
    _owners("/set-up/number/{line_id}/hooks", connecting.set_hooks, "POST"),
    _owners("/set-up/number/{line_id}/end", connecting.end_line, "POST"),
    _owners("/set-up/words", words.show_words),
    _owners("/set-up/words", words.save_words, "POST"),
    _owners("/set-up/words/preview", words.preview, "POST"),
    _owners("/set-up/hours", hours.show_hours),
    _owners("/set-up/hours", hours.save_hours, "POST"),
    _owners("/set-up/people", people.show_people),
    _owners("/set-up/people", people.save_people, "POST"),
    _owners("/set-up/test", trying.show_test),
    _owners("/set-up/test/window", trying.open_window, "POST"),
    _owners("/set-up/test/ring", trying.ring_pretend, "POST"),
    _owners("/set-up/test/end", trying.finish_test, "POST"),
    _owners("/set-up/live", live.show_live),
    _owners("/set-up/live", live.go_live, "POST"),
]
