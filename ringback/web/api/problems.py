"""Failures as RFC 9457 problem answers: one shape for every 4xx and 5xx under /api."""

import json
from collections.abc import Callable, Coroutine, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path

from ringback.web.api.gate import ProblemGate
from ringback.web.hooks import DATABASE_TROUBLE

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"
# Long enough for a database that restarts, short enough for a program that waits for it.
_TRY_AGAIN_SECONDS = "5"


class FieldError(BaseModel):
    """One field that could not be taken."""

    field: str = Field(description="Where it is: `body.name`, `query.limit`, `path.call_id`.", examples=["query.limit"])
    detail: str = Field(description="What is wrong with it.", examples=["Input should be greater than or equal to 1"])


class Problem(BaseModel):
    """Why a request was not served (RFC 9457)."""

    type: str = Field(
        description="Which problem it is, for programs: `urn:ringback:problem:` and a code.",
        examples=["urn:ringback:problem:opted_out"],
    )
    title: str = Field(description="The HTTP status in words.", examples=["Conflict"])
    status: int = Field(description="The HTTP status.", examples=[409])
    detail: str = Field(
        description="A sentence for a person.",
        examples=["This person asked for no more texts. Call them instead."],
    )
    instance: str = Field(description="The address that was asked.", examples=["/api/v1/threads"])
    errors: list[FieldError] | None = Field(None, description="The fields at fault, where it is about fields.")


class Refusal(Exception):
    """A request that is not served; `code` names the problem for programs, `detail` tells a person."""

    def __init__(
        self, status: int, code: str, detail: str, errors: Sequence[FieldError] = (), retry_after: int | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.errors = status, code, detail, tuple(errors)
        self.retry_after = retry_after


def refuse_field(field: str, detail: str) -> Refusal:
    """Return the refusal of one field that reads well and cannot be taken all the same."""
    return _refuse_fields([FieldError(field=field, detail=detail)])


def _refuse_fields(errors: Sequence[FieldError]) -> Refusal:
    return Refusal(422, "invalid", "The request has fields that cannot be taken. See `errors`.", errors)


def not_found(what: str) -> Refusal:
    """Return the refusal for an id that is missing, or another business's: nobody can tell which."""
    return Refusal(404, "not_found", f"There is no such {what}.")


def problem_response(refusal: Refusal, instance: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the answer for a refusal; plain ASCII, so that nothing a program sent can break it."""
    problem = Problem(
        type=f"urn:ringback:problem:{refusal.code}",
        title=HTTPStatus(refusal.status).phrase,
        status=refusal.status,
        detail=refusal.detail,
        instance=instance,
        errors=list(refusal.errors) or None,
    )
    # Not model_dump_json(): the name of an unknown field may hold a lone surrogate, which has no UTF-8 form.
    body = json.dumps(problem.model_dump(exclude_none=True), ensure_ascii=True)
    return Response(body, refusal.status, headers, MEDIA_TYPE)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what a route says in the OpenAPI document of the problems it may answer with."""
    return {status: {"model": Problem, "description": HTTPStatus(status).phrase} for status in statuses}


class ApiRoute(APIRoute):
    """A route whose failures are problems, whatever handlers the rest of the application has for its pages."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return FastAPI's handler with our answers to what it raises."""
        handler = super().get_route_handler()

        # Caught here and not by handlers of the application: those are one set for all, and the pages have theirs.
        async def answer(request: Request) -> Response:
            try:
                return await handler(request)
            except Refusal as refusal:
                return _refuse(request, refusal)
            except RequestValidationError as error:
                return _refuse(request, _refusal_of(error))
            except HTTPException as error:
                return _refuse(request, Refusal(error.status_code, "bad_request", str(error.detail)))
            except DATABASE_TROUBLE as error:
                log.exception("api_database_trouble", error=type(error).__name__)
                return _refuse(request, Refusal(503, "database", "The database does not answer. Please try again."))

        return answer


def _refuse(request: Request, refusal: Refusal) -> Response:
    # RFC 9110 11.6.1: a 401 must say how to sign in.
    headers = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": _TRY_AGAIN_SECONDS}}.get(refusal.status, {})
    if refusal.retry_after is not None:
        headers = {**headers, "Retry-After": str(refusal.retry_after)}
    return problem_response(refusal, instance_of(request.scope), headers)


def _refusal_of(error: RequestValidationError) -> Refusal:
    # Never pydantic's `input`: what a program sent may be a text, and answers end up in logs.
    errors = [
        FieldError(field=".".join(str(part) for part in one["loc"]), detail=one["msg"].removeprefix("Value error, "))
        for one in error.errors()
    ]
    return _refuse_fields(errors)


def instance_of(scope: Mapping[str, Any]) -> str:
    """Return the path of a request as it came, percent-encoded."""
    return str(scope.get("raw_path", b"").decode("ascii", "replace"))


def install_problems(app: FastAPI) -> None:
    """Answer every failure under /api as a problem, also where no route of ours was reached."""
    # 404 for an unknown address, 405, and our own bugs come from outside every route.
    app.add_middleware(ProblemGate, answer=_answer_for_status)
    make_document = app.openapi

    def openapi() -> dict[str, Any]:
        return _with_problem_media_type(make_document())

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to extend the document


_DETAILS = {
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not take this method. See the Allow header."),
    413: ("too_large", "The request is too large."),
    500: ("internal", "Something went wrong on our side. It has been logged."),
}


def _answer_for_status(status: int, scope: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    code, detail = _DETAILS.get(status, ("refused", "The request was not served."))
    if status == 405:
        headers = {"Allow": ", ".join(_methods_at(scope))}
    return problem_response(Refusal(status, code, detail), instance_of(scope), headers)


def _methods_at(scope: Mapping[str, Any]) -> list[str]:
    """The methods an address takes; each of our routes knows only its own."""
    paths = scope["app"].openapi()["paths"].items()
    found = [operations for path, operations in paths if compile_path(path)[0].match(scope["path"])]
    return sorted(method.upper() for operations in found for method in operations)


def _with_problem_media_type(document: dict[str, Any]) -> dict[str, Any]:
    """FastAPI writes every response model down as application/json; a problem has a type of its own."""
    for operations in document["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                content = response.get("content", {})
                if status >= "4" and "application/json" in content:
                    content[MEDIA_TYPE] = content.pop("application/json")
    return document
