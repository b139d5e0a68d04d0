"""What each trade begins with: a whole business that can be saved as it is."""

from uuid import uuid4

import pytest

from ringback.domain.business import Business
from ringback.domain.business_file import read_business_file
from ringback.domain.hours import DayState, state_at
from ringback.domain.segments import count_segments
from ringback.domain.trade_defaults import TRADE_NAMES, default_sections, defaults_of
from ringback.domain.trades import GENERIC, TRADES
from tests.cast import NOON


def started(trade: str, country: str = "US", language: str = "en") -> Business:
    """A business as the set-up makes it from its trade alone."""
    head = {"slug": "harbor", "name": "Harbor", "zone": "America/Chicago", "country": country, "language": language}
    document = {"business": {**head, "trade": trade}, **default_sections(trade, country, language)}
    return read_business_file(document, None, uuid4, str, frozenset()).business


def test_every_trade_has_a_name_for_people_and_its_own_defaults() -> None:
    assert set(TRADE_NAMES) == set(TRADES)
    assert [trade for trade in TRADES if trade != GENERIC and defaults_of(trade) is defaults_of(GENERIC)] == []


@pytest.mark.parametrize("trade", TRADES)
@pytest.mark.parametrize(("country", "language"), [("US", "en"), ("ES", "es"), ("FR", "en")])
def test_the_defaults_of_a_trade_make_a_business_that_works(trade: str, country: str, language: str) -> None:
    business = started(trade, country, language)

    assert state_at(business.hours, business.zone, NOON.replace(hour=19)) is DayState.OPEN
    assert [service.name for service in business.services if service.price_cents is not None] == []
    assert (business.booking.holidays == country) == (country != "FR")


@pytest.mark.parametrize("trade", TRADES)
def test_what_is_said_first_in_an_emergency_costs_one_text(trade: str) -> None:
    said = started(trade).receptionist
    spoken = [words for words in (said.emergency_instruction, said.emergency_instruction_es) if words]

    assert [words for words in spoken if count_segments(words).count != 1] == []


def test_services_go_by_the_name_callers_use_and_are_found_by_the_other_language() -> None:
    english, spanish = started("salon"), started("salon", "MX", "es")

    assert (english.services[0].name, english.services[0].also) == ("Haircut", ("Corte",))
    assert (spanish.services[0].name, spanish.services[0].also) == ("Corte", ("Haircut",))
