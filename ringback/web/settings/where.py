"""Which part of a business a page of the settings is about: its address, and its place in the document."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ringback.domain.business_places import Document, Place
from ringback.web.settings.brakes_form import BRAKES
from ringback.web.settings.business_forms import BUSINESS, HOURS, LINES, RESOURCES, SPECIAL_DAYS, STAFF
from ringback.web.settings.forms import Form
from ringback.web.settings.lookup_form import NUMBER_LOOKUP
from ringback.web.settings.offering_forms import DETAILS, FACTS, SERVICES
from ringback.web.settings.text_forms import BOOKING, RECEPTIONIST, RULES, TEXT_BACK, WORDINGS

TABLES = (BUSINESS, HOURS, TEXT_BACK, BOOKING, RECEPTIONIST, NUMBER_LOOKUP, BRAKES)
LISTS = (LINES, STAFF, SPECIAL_DAYS, SERVICES, FACTS, WORDINGS, RULES, RESOURCES)
BY_SECTION = {form.section: form for form in (*TABLES, *LISTS)}
# What the audit calls a change, and the form whose words explain it.
BY_CHANGE = {f"settings.{form.section}": form for form in (*TABLES, *LISTS)} | {"settings.services.details": DETAILS}

# No key of an entry reads like this: keys are digits of a hash.
NEW = "new"


@dataclass(frozen=True, slots=True)
class Where:
    """A form, and for lists the key of the entry (`new`: none yet); a question also has the key of its service."""

    form: Form
    key: str | None = None
    service: str | None = None

    @property
    def list_path(self) -> str:
        """Return the address of the list, or of the form itself where there is no list."""
        if self.service is not None:
            return f"/settings/{SERVICES.slug}/{self.service}/details"
        return f"/settings/{self.form.slug}"

    @property
    def path(self) -> str:
        """Return the address of the form."""
        return self.list_path if self.key is None else f"{self.list_path}/{self.key}"

    @property
    def back(self) -> str:
        """Return where one goes when it is done."""
        if self.service is not None:
            return f"/settings/{SERVICES.slug}/{self.service}"
        return "/settings" if self.key is None else self.list_path

    def locate(self, document: Document) -> Place | None:
        """Return where the part stands, or would; None where there is no such entry."""
        if self.key is None:
            return (self.form.section,)
        if self.service is None:
            index = find(self.form, document[self.form.section], self.key)
            return None if index is None else (self.form.section, index)
        place = Where(SERVICES, self.service).locate(document)
        if place is None or self.service == NEW:
            return None
        details = document[SERVICES.section][place[1]].get("details", ())
        index = find(self.form, details, self.key)
        return None if index is None else (*place, "details", index)


def find(form: Form, entries: Sequence[dict[str, Any]], key: str) -> int | None:
    """Return the position of an entry by its key; that of a new one is behind the last."""
    if key == NEW:
        return len(entries)
    keys = [key_of(form, entry, index) for index, entry in enumerate(entries)]
    return keys.index(key) if key in keys else None


def key_of(form: Form, entry: dict[str, Any], index: int) -> str:
    """Return how an address names an entry: by its name, which may hold anything; a rule by its position."""
    # Two rules may well use the same wording, so nothing in a rule tells it from its neighbour.
    entries = form.entries_or_fail()
    if entries.is_ordered:
        return str(index + 1)
    return hashlib.sha256(str(entry[entries.known_by]).encode()).hexdigest()[:12]


_PLACE = re.compile(r"(?P<name>\w+)(?:\[(?P<index>\d+)\])?(?:\.details\[(?P<detail>\d+)\])?")


def where_of(place: str, document: Document) -> Where | None:
    """Return the form in which a place of the document can be mended; None for what other pages change."""
    found = _PLACE.match(place)
    form = BY_SECTION.get(found["name"]) if found else None
    if found is None or form is None:
        return None
    if found["index"] is None:
        return Where(form)
    entry = document[form.section][int(found["index"])]
    key = key_of(form, entry, int(found["index"]))
    if found["detail"] is None:
        return Where(form, key)
    return Where(DETAILS, key_of(DETAILS, entry["details"][int(found["detail"])], 0), key)
