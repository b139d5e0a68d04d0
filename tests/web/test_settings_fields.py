"""Every field of the business document can be changed on a page of the settings, or is listed here with the reason."""

from collections.abc import Iterator
from typing import get_args

import pytest

from ringback.domain.business_document import Section
from ringback.domain.business_reading import Sections
from ringback.web.settings.forms import Form
from ringback.web.settings.inputs import Kind
from ringback.web.settings.offering_forms import DETAILS
from ringback.web.settings.where import LISTS, TABLES
from tests.web.pages_cast import Site
from tests.web.settings_cast import Sent, entry_path, full_harbor, load, open_form, send, store

# Fields of the document without an input of ours.
NOT_HERE = {
    "business.slug": "It is in addresses that customers have been given; the operator changes it with a file.",
    "lines.number": "It is what the line is; another number is another line, connected in the set-up.",
    "lines.provider": "Another company is another connection, made and tried in the set-up.",
    "lines.set": "Secrets are replaced on the line's own connection page, and addresses by the operator.",
    "services.details": "Questions have a page each, below their service.",
    "resources.name": "Can be given once: coming bookings hold the thing by its name.",
}
# Sections that other pages change.
ELSEWHERE = {"routing": "/routing", "privacy": "/privacy", "value": "/dashboard/values", "values": "/dashboard/values"}


def models() -> Iterator[tuple[str, type[Section]]]:
    """Each section of the document with its model."""
    for name, annotation in Sections.__annotations__.items():
        yield name, next(_sections_in(annotation))


def _sections_in(annotation: object) -> Iterator[type[Section]]:
    if isinstance(annotation, type) and issubclass(annotation, Section):
        yield annotation
    for inner in get_args(annotation):
        yield from _sections_in(inner)


def fields_of(name: str, model: type[Section]) -> Iterator[str]:
    """The paths of a section's fields; those of a table inside it one by one, entries of a list as a whole."""
    for key, told in model.model_fields.items():
        inner = next(_sections_in(told.annotation), None)
        if inner is not None and "list" not in str(told.annotation):
            yield from fields_of(f"{name}.{key}", inner)
        else:
            yield f"{name}.{key}"


def editable() -> set[str]:
    """Every path that an input of a form is for."""
    return {f"{form.section}.{each.path}" for form in (*TABLES, *LISTS) for each in form.inputs}


def test_every_field_of_the_document_has_an_input_or_a_reason() -> None:
    wanted = {path for name, model in models() if name not in ELSEWHERE for path in fields_of(name, model)}

    assert wanted - editable() - set(NOT_HERE) == set()
    # A reason for what can be changed, or is no field any more, would be a wrong one.
    assert set(NOT_HERE) <= wanted
    assert {path for path in editable() if path not in wanted} == {"staff.weekly"}


def test_every_field_of_a_question_has_an_input() -> None:
    assert {each.path for each in DETAILS.inputs} == set(DETAILS.model.model_fields)


@pytest.mark.parametrize("form", [*TABLES, *LISTS, DETAILS], ids=lambda form: form.slug)
def test_what_the_document_asks_for_the_form_asks_for(form: Form) -> None:
    required = {name for name, told in form.model.model_fields.items() if told.is_required()}
    asked = {each.path for each in form.inputs if each.required}
    assert required - asked <= {"number", "provider"}


# By kind of input: what is typed to change it. Closed lists take another of their choices.
TYPED: dict[Kind, str | list[str]] = {
    Kind.LONG: "{business} says otherwise. What is it about? Reply STOP to opt out.",
    Kind.PHONE: "+13125550177",
    Kind.EMAIL: "someone@harbor.example",
    Kind.WHOLE: "30",
    Kind.DECIMAL: "3.5",
    Kind.MONEY: "77.70",
    Kind.DATE: "2027-01-06",
    Kind.LIST: "one\ntwo",
    Kind.SPANS: ["10:00", "14:30"],
    Kind.TIMES_OFF: ["2027-02-01", "2027-02-03", "", ""],
    Kind.TIME: "09:15",
}  # fmt: skip
# What can only be changed together, or is something in particular.
TOGETHER: dict[str, dict[str, str | list[str] | None]] = {
    "text-back.not_before": {"not_before": "08:00", "not_after": "20:00"},
    "text-back.not_after": {"not_before": "08:30", "not_after": "20:00"},
    "booking.holidays": {"holidays": "US-MA"},
    "business.zone": {"zone": "America/Denver"},
    "services.emergency": {"emergency": None},
    "booking.grid_minutes": {"grid_minutes": "15"},
    "lines.language": {"language": "es"},
    "wordings.language": {"language": "es"},
    "services.price_from": {"price_from": None},
    "services.staff": {"staff": None},
    "services.resources": {"resources": None},
    "lines.ring.staff": {"ring.staff": ["Sam", ""]},
    "receptionist.on_call": {"on_call": ["Sam", "Olga"]},
    "number-lookup.reassigned_after_days": {"reassigned_after_days": "60"},
}


# Where the first entry is one that others lean on.
SECOND = {"services.emergency", "staff.takes_bookings"}


def changed(form: Form, path: str, sent: Sent) -> Sent:
    """The form with one of its inputs changed."""
    together = TOGETHER.get(f"{form.slug}.{path}")
    if together is not None:
        return sent.filled(**together)
    given = next(each for each in form.inputs if each.path == path)
    has_text = [text for name, text in sent.fields if name == path]
    if given.kind in (Kind.YES, Kind.OWN):
        return sent.filled(**{path: None if has_text else "on"})
    if given.choices is not None:
        options = [option.value for option in given.choices(full_harbor()) if option.value not in has_text]
        return sent.filled(**{path: [*has_text, options[0]] if given.kind is Kind.SEVERAL else options[0]})
    return sent.filled(**{path: TYPED.get(given.kind, "Something else")})


@pytest.mark.parametrize("form", [form for form in (*TABLES, *LISTS) if form.slug != "resources"], ids=lambda f: f.slug)
async def test_every_input_of_a_form_changes_the_business(site: Site, form: Form) -> None:
    browser = await site.olga()
    # Fresh for every input, so that none stands in another's way.
    for each in form.inputs:
        await store(site, full_harbor())
        before, index = await load(site), int(f"{form.slug}.{each.path}" in SECOND)
        path = f"/settings/{form.slug}" if form.entries is None else await entry_path(site, browser, form.slug, index)
        answer = await send(browser, changed(form, each.path, await open_form(browser, path)))
        assert answer.status_code == 303, (each.path, answer.text.partition("troubles")[2][:600])
        assert await load(site) != before, each.path
