"""One request to the REST API: who asks, what for, and the vendor's forms of answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.responses import JSONResponse

from ringback.sandbox.accounts import Account
from ringback.sandbox.company import Company

ROOT = "/2010-04-01/Accounts"
MAX_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Ask:
    """A request that passed authentication; `number` counts all requests of the company."""

    company: Company
    account: Account
    number: int
    sid: str
    params: tuple[tuple[str, str], ...]
    path: str

    def get(self, name: str, default: str = "") -> str:
        """Return the first value of a parameter."""
        return next((value for key, value in self.params if key == name), default)

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a repeatable parameter."""
        return tuple(value for key, value in self.params if key == name)


class ApiError(Exception):
    """The request is refused with the vendor's error body."""

    def __init__(self, status: int, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.code, self.sentence = status, code, sentence

    def response(self) -> JSONResponse:
        """Return the answer as the vendor words it."""
        body = {
            "code": self.code,
            "message": self.sentence,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
        return JSONResponse(body, self.status)


def not_found(path: str) -> ApiError:
    """Return the vendor's answer for a resource that does not exist."""
    return ApiError(404, 20404, f"The requested resource {path} was not found")


def page_of(ask: Ask, key: str, items: Sequence[Any], show: Callable[[Any], dict[str, Any]]) -> JSONResponse:
    """Return one page of a list, newest first, with the vendor's links to the others."""
    size = min(max(_whole(ask, "PageSize", 50), 1), MAX_PAGE)
    page = max(_whole(ask, "Page", 0), 0)
    shown = items[page * size : (page + 1) * size]
    more = len(items) > (page + 1) * size
    body = {
        key: [show(item) for item in shown],
        "page": page,
        "page_size": size,
        "start": page * size,
        "end": page * size + max(len(shown) - 1, 0),
        "uri": _link(ask, page, size),
        "first_page_uri": _link(ask, 0, size),
        "next_page_uri": _link(ask, page + 1, size) if more else None,
        "previous_page_uri": _link(ask, page - 1, size) if page else None,
    }
    return JSONResponse(body)


def _link(ask: Ask, page: int, size: int) -> str:
    # The filters go along, else page two would list everything.
    kept = [(name, value) for name, value in ask.params if name not in ("Page", "PageSize", "PageToken")]
    return f"{ask.path}?{urlencode([*kept, ('PageSize', size), ('Page', page)])}"


def _whole(ask: Ask, name: str, default: int) -> int:
    text = ask.get(name)
    if text and not text.isdecimal():
        raise ApiError(400, 20001, f"{name} must be a whole number")
    return int(text) if text else default


@dataclass(frozen=True, slots=True)
class Period:
    """The time filters of a list: `name` (a whole UTC day), `name>` (from) and `name<` (until)."""

    day: datetime | None
    start: datetime | None
    end: datetime | None

    @classmethod
    def read(cls, ask: Ask, name: str) -> "Period":
        """Read the filters called `name`; raise ApiError for one that is no date."""
        return cls(*(_instant(name, ask.get(name + sign)) for sign in ("", ">", "<")))

    def holds(self, at: datetime | None) -> bool:
        """Decide whether `at` passes; what has not happened yet passes only where nothing is asked."""
        if at is None:
            return not (self.day or self.start or self.end)
        # The API stores whole seconds: without this a filter made of a listed date would miss its own row.
        at = at.replace(microsecond=0)
        if self.day and not self.day <= at < self.day + timedelta(days=1):
            return False
        too_early = self.start and at < self.start
        too_late = self.end and at > self.end
        return not (too_early or too_late)


def _instant(name: str, text: str) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ApiError(400, 20001, f"{name}: {text} is not a date") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def check_known(params: Sequence[tuple[str, str]], known: frozenset[str]) -> None:
    """Refuse a parameter the vendor does not have; the vendor itself would silently ignore it."""
    for name, _ in params:
        # 20001 is the vendor's code for parameters it cannot use.
        if name not in known:
            raise ApiError(400, 20001, f"Unknown parameter {name!r}")
