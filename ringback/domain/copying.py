"""A set-up copied to a new business: everything that is the trade's, nothing that is the other business's own."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import phonenumbers

from ringback.domain.business import Business
from ringback.domain.business_writing import write_business_file
from ringback.domain.phrases import Phrase, phrase

_INSTRUCTIONS = ("emergency_instruction", "emergency_instruction_es")


@dataclass(frozen=True, slots=True)
class NewName:
    """What a copy is called and where it is."""

    name: str
    slug: str
    zone: str


@dataclass(frozen=True, slots=True)
class Copied:
    """The business document of a copy, and what was left out of it, in sentences."""

    document: Mapping[str, Any]
    left_out: tuple[Phrase, ...]


def slug_of(name: str) -> str:
    """Return a name as a slug: "Peak HVAC" as "peak-hvac"; empty where it has no letter of ours."""
    # "ñ" becomes "n"; a name in another script has no slug, and the page asks for one that has.
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:63].rstrip("-")


def copy_setup(source: Business, to: NewName) -> Copied:
    """Return the document of a new business set up as `source` is, without its lines, people, phones and address."""
    # Wordings and facts often have the name written out, and must not speak for the other business.
    document = _rename(write_business_file(source), source.name, to.name)
    head = {**document["business"], "name": to.name, "slug": to.slug, "zone": to.zone, "address": ""}
    wordings = [wording for wording in document["wordings"] if not _is_their_own([wording["body"]], source)]
    names = {wording["name"] for wording in wordings}
    # Rules for one line would fire for all lines once the line is gone.
    rules = [rule for rule in document["rules"] if not rule.get("lines") and rule["wording"] in names]
    facts = [fact for fact in document["facts"] if not _is_their_own([fact["answer"], fact.get("answer_es")], source)]
    said = document["receptionist"]
    theirs = [key for key in _INSTRUCTIONS if _is_their_own([said.get(key)], source)]
    left_out = sum(len(document[key]) - len(kept) for key, kept in (("wordings", wordings), ("facts", facts)))
    copied = {
        **document,
        "business": head,
        "wordings": wordings,
        "rules": rules,
        "facts": facts,
        # Every look-up is billed: whoever pays for them says so.
        "number_lookup": {},
        "receptionist": _without(said, "on_call", *theirs),
        # How soon a reply is due is the agency's custom; who gives it are the other business's people.
        "routing": _without(document["routing"], "backup", "rules", "roster"),
        "services": [_without(service, "staff") for service in document["services"]],
        "staff": [],
        "lines": [],
    }
    return Copied(copied, _tell(len(document["rules"]) - len(rules), left_out + len(theirs)))


def _without(table: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in keys}


def _tell(rules: int, words: int) -> tuple[Phrase, ...]:
    told = [phrase("Phone lines, people and the address were not copied: they are this business’s own.")]
    if rules:
        told.append(phrase("Rules for a single line, or for words that were left out: %(count)s.", count=rules))
    if words:
        told.append(
            phrase("Facts and words with a phone number or the address, which were left out: %(count)s.", count=words)
        )
    return tuple(told)


def _rename(value: Any, old: str, new: str) -> Any:
    """Return the document with the old name replaced wherever it is written out."""
    match value:
        case str():
            return value.replace(old, new)
        case dict():
            return {key: _rename(one, old, new) for key, one in value.items()}
        case list():
            return [_rename(one, old, new) for one in value]
        case _:
            return value


def _is_their_own(texts: Iterable[str | None], source: Business) -> bool:
    """Return whether words lead to the other business: by a phone number or by its address."""
    said = " ".join(text for text in texts if text)
    # "12 Elm Street, Springfield" is in a fact as "12 Elm Street" more often than whole.
    street = (source.address or "").casefold().partition(",")[0].strip()
    if street and street in said.casefold():
        return True
    return phonenumbers.PhoneNumberMatcher(said, source.country).has_next()
