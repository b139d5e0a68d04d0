"""Twilio's own description of its API as a judge of the requests we build: call `check_request` on each."""

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from jsonschema import Draft4Validator, FormatChecker

from ringback.ports import HttpRequest

SPECS = Path(__file__).resolve().parents[3].parent / "shared" / "specs"
FORM = "application/x-www-form-urlencoded"
_FORMATS = FormatChecker(formats=())


def read_spec(name: str) -> Any:
    """Return a vendor's file of ../shared/specs; skips the test where it is missing."""
    path = SPECS / name
    if not path.exists():
        pytest.skip(f"This test needs ../shared/specs/{name}, which is not beside this checkout.")
    return json.loads(path.read_bytes())


def check_request(request: HttpRequest) -> None:
    """Fail where Twilio's OpenAPI file would refuse the request, or where a parameter is unknown to it."""
    spec = load_spec()
    url = urlsplit(request.url)
    template, operation = _operation(spec, request.method, url.path)
    assert all(request.auth or ("",)), f"{template} needs HTTP Basic credentials."
    if request.method == "GET":
        assert not request.form, f"A GET of {template} carries no form."
    else:
        assert not url.query, f"A {request.method} to {template} takes its parameters in the form."
    _check_path(spec, template, operation, url.path)
    schema = _form_schema(operation) if request.form else _query_schema(operation)
    pairs = request.form or tuple(parse_qsl(url.query, keep_blank_values=True, strict_parsing=bool(url.query)))
    _validate(spec, schema, _values(spec, schema, pairs), template)


@cache
def load_spec() -> Any:
    """Return Twilio's API description, parsed once."""
    return read_spec("twilio_api_v2010.trim.json")


def _operation(spec: Any, method: str, path: str) -> tuple[str, Any]:
    for template, operations in spec["paths"].items():
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template))
        if re.fullmatch(f".*{pattern}", path):
            assert method.lower() in operations, f"{template} knows no {method}."
            return template, operations[method.lower()]
    raise AssertionError(f"Twilio has no resource {path}.")


def _check_path(spec: Any, template: str, operation: Any, path: str) -> None:
    names = re.findall(r"{(\w+)}", template)
    found = re.search(re.sub(r"\\{\w+\\}", "([^/]+)", re.escape(template)) + "$", path)
    assert found
    schemas = {item["name"]: item["schema"] for item in operation["parameters"] if item["in"] == "path"}
    schema = {"type": "object", "properties": schemas}
    _validate(spec, schema, dict(zip(names, map(unquote, found.groups()), strict=True)), template)


def _query_schema(operation: Any) -> Any:
    parameters = [item for item in operation.get("parameters", ()) if item["in"] == "query"]
    return {
        "type": "object",
        "properties": {item["name"]: item["schema"] for item in parameters},
        "required": [item["name"] for item in parameters if item.get("required")],
    }


def _form_schema(operation: Any) -> Any:
    return operation["requestBody"]["content"][FORM]["schema"]


def _values(spec: Any, schema: Any, pairs: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    # The file gives its arrays no `encoding`: a repeated field is an array where the schema says so, else a mistake.
    values: dict[str, Any] = {}
    for name, text in pairs:
        kind = schema["properties"].get(name, {}).get("type")
        if kind == "array":
            values.setdefault(name, []).append(text)
            continue
        assert name not in values, f"{name} is given twice."
        values[name] = _value(kind, text)
    return values


def _value(kind: str | None, text: str) -> Any:
    if kind == "integer" and re.fullmatch(r"-?\d+", text):
        return int(text)
    if kind == "number" and re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text)
    if kind == "boolean" and text in ("true", "false"):
        return text == "true"
    return text


def _validate(spec: Any, schema: Any, values: dict[str, Any], template: str) -> None:
    # Draft 4 is what OpenAPI 3.0 is built on; `components` beside the schema lets its local references resolve.
    closed = {**schema, "additionalProperties": False, "components": spec["components"]}
    if not closed.get("required"):
        closed.pop("required", None)
    for error in Draft4Validator(closed, format_checker=_FORMATS).iter_errors(values):
        raise AssertionError(f"{template}: {'.'.join(map(str, error.path))} {error.message}")


@_FORMATS.checks("phone-number")
def _is_phone(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\+[1-9]\d{6,14}", value) is not None


@_FORMATS.checks("uri")
def _is_public_address(value: object) -> bool:
    """The description of StatusCallback: a valid host name, in which underscores are not allowed."""
    parts = urlsplit(str(value))
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "_" not in parts.netloc


@_FORMATS.checks("date-time", raises=ValueError)
def _is_instant(value: object) -> bool:
    return datetime.fromisoformat(str(value)).tzinfo is not None
