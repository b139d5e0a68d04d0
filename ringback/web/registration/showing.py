"""How each line stands with the carriers and what to do next, and the texts to paste."""

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from ringback.domain.business import Line
from ringback.domain.phrases import Phrase, phrase
from ringback.domain.registration import Told, is_worth_asking, needs_registration, tell_standing
from ringback.domain.registration_campaign import Campaign, write_campaign
from ringback.domain.registration_lint import Found, lint_campaign
from ringback.domain.registration_pages import PageExtras
from ringback.domain.registration_steps import LOOKED_UP_ON, Answers, Step, Way, steps_of, ways_for
from ringback.store import registration
from ringback.web.pages.visits import Desk, Visit
from ringback.web.public.legal import site_of

_WAYS = {
    Way.SOLE_PROPRIETOR: phrase("Your way: sole proprietor (10DLC)"),
    Way.LOW_VOLUME: phrase("Your way: low-volume standard brand (10DLC)"),
    Way.TOLL_FREE: phrase("For your toll-free number: verification"),
}


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line and how it stands; `may_ask`: the phone company's word could change something."""

    line: Line
    told: Told
    may_ask: bool


async def show_registration(visit: Visit) -> Response:
    """Show how every line stands, and the list of what to do."""
    async with visit.desk() as desk:
        return await registration_page(visit, desk)


async def registration_page(
    visit: Visit, desk: Desk, given: Answers | None = None, trouble: Phrase | None = None
) -> Response:
    """Return the page; `given` is what was answered with a `trouble`."""
    kept = await registration.load_kept(desk.connection, desk.business_id)
    lines = desk.business.lines
    values: dict[str, Any] = {
        "rows": [LineRow(line, tell_standing(line), is_worth_asking(line)) for line in lines],
        "is_needed": not lines or any(needs_registration(line.number) for line in lines),
        "answers": given or kept.answers,
        "trouble": trouble,
        "ways": _lists(ways_for(desk.business, kept.answers), kept.answers),
        "ticks": kept.ticks,
        "looked_up_on": LOOKED_UP_ON,
    }
    return await visit.page(desk, "registration/registration.html", 422 if trouble else 200, **values)


def _lists(ways: tuple[Way, ...], answers: Answers) -> list[tuple[Phrase, list[Step]]]:
    """Return each way's name with its steps; what two ways share stands in the first one's list."""
    seen: set[str] = set()
    lists = []
    for way in ways:
        steps = [step for step in steps_of(way, answers) if step.key not in seen]
        seen.update(step.key for step in steps)
        lists.append((_WAYS[way], steps))
    return lists


@dataclass(frozen=True, slots=True)
class Field:
    """A text to paste: its name in our campaign, what the form calls it, and what a reviewer would find."""

    name: str
    label: Phrase
    text: str
    found: tuple[Found, ...]


_LABELS: dict[str, Phrase] = {
    "description": phrase("Campaign description"),
    "message_flow": phrase("Message flow: how people agree to texts (opt-in)"),
    "stop_words": phrase("Opt-out keywords"),
    "stop_text": phrase("Opt-out message"),
    "help_words": phrase("Help keywords"),
    "help_text": phrase("Help message"),
    "consent_url": phrase("Proof of opt-in (address)"),
    "privacy_url": phrase("Privacy policy (address)"),
    "terms_url": phrase("Terms and conditions (address)"),
    "website": phrase("Website"),
    "legal_name": phrase("Legal name of the business"),
}
_SAMPLE = phrase("Sample message %(number)s")


async def show_texts(visit: Visit) -> Response:
    """Show the texts to paste, each with what a reviewer would find."""
    async with visit.desk() as desk:
        kept = await registration.load_kept(desk.connection, desk.business_id)
        campaign = write_campaign(desk.business, kept.extras, site_of(visit.context, desk.business))
        values = texts_of(campaign)
        return await visit.page(desk, "registration/texts.html", campaign=campaign, extras=kept.extras, **values)


def texts_of(campaign: Campaign) -> dict[str, Any]:
    """Return the fields of the form, and what is found about the samples, which it has five places for."""
    found = lint_campaign(campaign)
    fields = [
        Field(name, label, getattr(campaign, name), tuple(one for one in found if one.field == name))
        for name, label in _LABELS.items()
    ]
    samples = [
        Field(f"sample-{number}", phrase(_SAMPLE.msgid, number=number), text, ())
        for number, text in enumerate(campaign.samples, 1)
    ]
    return {
        "fields": [*fields[:2], *samples, *fields[2:]],
        "about_samples": [one for one in found if one.field == "samples"],
        "errors": sum(one.level == "error" for one in found),
    }


def extras_text(extras: PageExtras) -> dict[str, Any]:
    """Return what the owner added, as the audit log keeps it."""
    return {name: getattr(extras, name) for name in PageExtras.__slots__}
