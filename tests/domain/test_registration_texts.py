"""The public pages, the texts to paste, the linter that reads them first, and the steps of each way."""

import re
from dataclasses import replace

import pytest

from ringback.domain.business import Business
from ringback.domain.linter import Level
from ringback.domain.registration_campaign import Campaign, sample_text, write_campaign, write_samples
from ringback.domain.registration_lint import lint_campaign
from ringback.domain.registration_pages import Page, PageExtras, emphasised, spoken_line, write_page
from ringback.domain.registration_steps import Answers, Way, known_steps, steps_of, ways_for
from ringback.domain.wording import Rule, Wording
from tests.cast import harbor

SITE = "https://calls.harbordental.com/p/harbor-dental"
EXTRAS = PageExtras(
    legal_name="Harbor Dental LLC", email="olga@harbor.example", website="https://harbordental.com", plays_line=True
)
# What the list of facts asks of each page, in the words of each language.
MUST_SAY = {
    ("sms-consent", "en"): ["call", "one text", "frequency", "Msg & data rates may apply", "STOP", "HELP",
                            "not shared with third parties or affiliates for marketing"],
    ("privacy", "en"): ["not shared with third parties or affiliates for marketing", "STOP", "HELP", "erase"],
    ("terms", "en"): ["frequency", "Msg & data rates may apply", "STOP", "HELP", "Mobile carriers are not liable"],
    ("sms-consent", "es"): ["llama", "un solo mensaje", "Msg & data rates", "STOP", "HELP", "no se comparten"],
    ("privacy", "es"): ["no se comparten con terceros", "STOP", "HELP", "borrarlo"],
    ("terms", "es"): ["Msg & data rates may apply", "STOP", "HELP", "no responden por mensajes"],
}  # fmt: skip


@pytest.mark.parametrize(("page", "language"), MUST_SAY)
def test_each_page_says_what_reviewers_look_for(page: str, language: str) -> None:
    written = write_page(Page(page), harbor(), EXTRAS, language, "Hi, this is Harbor Dental.")

    assert [words for words in MUST_SAY[page, language] if words not in written.words] == []
    assert "Harbor Dental LLC" in written.words
    assert "olga@harbor.example" in written.words
    assert "(312) 555-0100" in written.words
    assert not re.search(r"%\(\w+\)s", written.words)


@pytest.mark.parametrize("page", list(Page))
def test_both_languages_of_a_page_have_the_same_sections_and_paragraphs(page: Page) -> None:
    english, spanish = (write_page(page, harbor(), EXTRAS, language, "Hi.") for language in ("en", "es"))

    assert [len(one.paragraphs) for one in english.sections] == [len(one.paragraphs) for one in spanish.sections]
    assert english.words != spanish.words


def test_a_sentence_whose_value_there_is_not_is_left_out() -> None:
    bare = replace(harbor(), lines=())
    written = write_page(Page.CONSENT, bare, PageExtras(), "en")

    assert "None" not in written.words
    assert "Callers hear" not in written.words
    assert "Reply STOP" in written.words


def test_the_version_changes_with_every_word_and_with_nothing_else() -> None:
    first = write_page(Page.TERMS, harbor(), PageExtras(), "en")
    again = write_page(Page.TERMS, harbor(), PageExtras(), "en")
    other = write_page(Page.TERMS, harbor(), PageExtras(own_words="We are closed on Mondays."), "en")

    assert first.version == again.version == first.shown.version
    assert first.version != other.version
    assert "We are closed on Mondays." in other.shown.words


def test_the_owners_own_paragraphs_stand_under_the_businesss_name() -> None:
    extras = PageExtras(own_words="One.\n\nTwo.", own_words_es="Uno.")
    sections = {one.heading: one.paragraphs for one in write_page(Page.PRIVACY, harbor(), extras, "en").sections}

    assert sections["From Harbor Dental"] == ("One.", "Two.")
    assert "Uno." in write_page(Page.PRIVACY, harbor(), extras, "es").words


def test_the_keywords_are_in_bold_and_nothing_is_lost() -> None:
    parts = emphasised("Reply STOP to stop, HELP for help.")

    assert [text for text, is_bold in parts if is_bold] == ["STOP", "HELP"]
    assert "".join(text for text, _ in parts) == "Reply STOP to stop, HELP for help."


def test_a_finished_set_up_gives_a_reviewer_nothing_to_find() -> None:
    campaign = write_campaign(harbor(), EXTRAS, SITE)

    assert lint_campaign(campaign) == ()
    assert 40 <= len(campaign.message_flow) <= 2048
    assert spoken_line(harbor(), "en") in campaign.message_flow
    assert campaign.consent_url == f"{SITE}/sms-consent"


def test_the_samples_are_the_owners_own_words_with_values_filled_in() -> None:
    own = Wording("Mine", "en", "Harbor here, {business}. Back {until}? STOP to opt out.")
    shop = replace(harbor(), wordings=(own,), rules=(Rule("Mine"),))

    assert write_samples(shop) == ("Harbor here, Harbor Dental. Back 3 PM? STOP to opt out.",)
    assert len(write_samples(harbor())) == 3
    assert not any("{" in text for text in write_samples(harbor()))
    assert sample_text(harbor(), "es") != sample_text(harbor(), "en")
    assert sample_text(replace(harbor(), lines=()), "en") == ""


GOOD = write_campaign(harbor(), EXTRAS, SITE)
FLOW = GOOD.message_flow
# One change to a good campaign, and the field a reviewer would turn it down for.
REJECTED = [
    ({"message_flow": "They call."}, "message_flow"),
    ({"message_flow": FLOW + "x" * 2048}, "message_flow"),
    ({"message_flow": FLOW.replace("frequency", "number")}, "message_flow"),
    ({"message_flow": FLOW.replace("Msg & data rates", "Rates")}, "message_flow"),
    ({"message_flow": FLOW.replace("STOP", "stop it")}, "message_flow"),
    ({"message_flow": FLOW.replace("HELP", "more")}, "message_flow"),
    ({"message_flow": FLOW.replace("https://", "")}, "message_flow"),
    ({"message_flow": FLOW.replace("call", "writ").replace("Call", "Writ")}, "message_flow"),
    ({"message_flow": FLOW.replace("Privacy", "Other")}, "message_flow"),
    ({"description": "Texts."}, "description"),
    ({"samples": GOOD.samples[:1]}, "samples"),
    ({"samples": ("Sorry we missed your call. Reply STOP.", "Sorry, what can we do? Reply STOP.")}, "samples"),
    ({"samples": ("Hi from Harbor Dental, we missed you.", "Harbor Dental here, sorry.")}, "samples"),
    ({"samples": (*GOOD.samples, "Harbor Dental: see bit.ly/harbor. Reply STOP.")}, "samples"),
    ({"samples": (*GOOD.samples, "Harbor Dental: 20% off this week! Reply STOP.")}, "samples"),
    ({"samples": (*GOOD.samples, "Harbor Dental")}, "samples"),
    ({"stop_text": "You will get no more texts from us. Goodbye."}, "stop_text"),
    ({"help_text": "Harbor Dental: call (312) 555-0100 to speak with us."}, "help_text"),
    ({"help_text": "Harbor Dental: call us. Reply STOP to get no more texts."}, "help_text"),
    ({"stop_words": "STOP, OPT-OUT"}, "stop_words"),
    ({"consent_url": "http://127.0.0.1:8400/p/harbor-dental/sms-consent"}, "consent_url"),
    ({"privacy_url": "https://localhost/privacy"}, "privacy_url"),
    ({"terms_url": GOOD.privacy_url}, "terms_url"),
    ({"website": "https://tinyurl.com/harbor"}, "website"),
]


@pytest.mark.parametrize(("change", "field"), REJECTED)
def test_each_known_reason_to_be_turned_down_is_found_before_the_reviewer_does(
    change: dict[str, object], field: str
) -> None:
    changed: Campaign = replace(GOOD, **change)  # type: ignore[arg-type]

    assert field in {one.field for one in lint_campaign(changed) if one.level is Level.ERROR}


def test_a_wording_without_stop_is_a_warning_while_another_sample_says_it() -> None:
    changed = replace(GOOD, samples=(*GOOD.samples, "Harbor Dental is closed. What do you need?"))
    found = [one for one in lint_campaign(changed) if one.field == "samples"]

    assert [one.level for one in found] == [Level.WARNING]


def with_numbers(*numbers: str) -> Business:
    """Harbor Dental with other numbers."""
    return replace(harbor(), lines=tuple(replace(harbor().lines[0], number=number) for number in numbers))


LOCAL, FREE, BRITISH = "+13125550100", "+18005550100", "+442071838750"
YES_YES, NO_NO, NO_YES = Answers(True, True), Answers(False, False), Answers(False, True)  # noqa: FBT003
ALONE, LOW, TOLL_FREE = Way.SOLE_PROPRIETOR, Way.LOW_VOLUME, Way.TOLL_FREE


@pytest.mark.parametrize(
    ("numbers", "answers", "ways"),
    [
        ((LOCAL,), Answers(), ()),
        ((LOCAL,), NO_NO, (ALONE,)),
        ((LOCAL,), YES_YES, (LOW,)),
        ((LOCAL,), NO_YES, (LOW,)),
        ((LOCAL,), Answers(has_tax_number=True, is_company=False), (LOW,)),
        ((FREE,), Answers(), (TOLL_FREE,)),
        ((FREE, LOCAL), YES_YES, (LOW, TOLL_FREE)),
        ((BRITISH,), YES_YES, ()),
        ((), YES_YES, (LOW,)),
    ],
)
def test_which_way_fits_follows_from_two_answers_and_the_numbers(
    numbers: tuple[str, ...], answers: Answers, ways: tuple[Way, ...]
) -> None:
    assert ways_for(with_numbers(*numbers), answers) == ways


def test_an_llc_without_a_tax_number_gets_one_first() -> None:
    assert steps_of(Way.LOW_VOLUME, NO_YES)[0].key == "tax_number"
    assert "tax_number" not in {step.key for step in steps_of(Way.LOW_VOLUME, YES_YES)}
    assert "tax_number" not in {step.key for step in steps_of(Way.SOLE_PROPRIETOR, NO_NO)}
    assert steps_of(Way.TOLL_FREE, NO_NO)[0].key == "tax_number"


@pytest.mark.parametrize("way", list(Way))
def test_every_step_that_hands_something_in_says_what_it_costs_and_how_long_it_takes(way: Way) -> None:
    steps = steps_of(way, YES_YES)

    assert all(step.costs for step in steps)
    assert all(step.takes for step in steps if step.key.endswith(("brand", "campaign", "form", "again")))
    assert {step.key for step in steps} <= known_steps()
    assert [steps[0].key, steps[-1].key] == ["pages", "look_up"]
