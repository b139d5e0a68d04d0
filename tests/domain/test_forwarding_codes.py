"""The codes an owner dials: whole, for their country, and honest where nobody has confirmed them."""

import re

import pytest

from ringback.domain.forwarding_codes import When, carriers_of

CHICAGO, LONDON = "+13125550100", "+442079460100"
SERVED = ("US", "CA", "GB", "IE", "AU", "NZ", "ES", "MX")


@pytest.mark.parametrize("country", [*SERVED, "FR", "zz"])
def test_every_country_has_a_mobile_and_a_landline_way_and_each_says_what_to_do(country: str) -> None:
    carriers = carriers_of(country, CHICAGO)

    assert len(carriers) >= 3
    assert [one.name for one in carriers if not one.codes and one.note is None] == []


@pytest.mark.parametrize("country", SERVED)
def test_each_code_has_the_number_in_it_and_one_that_undoes_it(country: str) -> None:
    codes = [code for carrier in carriers_of(country, CHICAGO) for code in carrier.codes]

    assert [code for code in codes if "3125550100" not in code.dial] == []
    assert [code for code in codes if not re.fullmatch(r"[*#]{1,2}\d{2}#?", code.undo)] == []
    assert [code for code in codes if not re.fullmatch(r"[*#+0-9]+", code.dial)] == []


def test_gsm_codes_are_those_of_the_standard_with_time_to_beat_the_voicemail() -> None:
    mobile = next(one for one in carriers_of("US", CHICAGO) if "T-Mobile" in one.name)

    assert {code.when: (code.dial, code.undo) for code in mobile.codes} == {
        When.UNANSWERED: (f"**61*{CHICAGO}**15#", "##61#"),
        When.BUSY: (f"**67*{CHICAGO}#", "##67#"),
        When.UNREACHABLE: (f"**62*{CHICAGO}#", "##62#"),
    }


def test_verizon_has_one_code_for_all_missed_calls() -> None:
    verizon = next(one for one in carriers_of("US", CHICAGO) if "Verizon" in one.name)

    assert [(code.when, code.dial, code.undo) for code in verizon.codes] == [(When.ALL_MISSED, "*713125550100", "*73")]


def test_a_british_landline_dials_a_british_number_without_the_country() -> None:
    landline = next(one for one in carriers_of("GB", LONDON) if "BT" in one.name)

    assert landline.codes[0].dial == "*61*02079460100#"
    assert carriers_of("GB", CHICAGO)[1].codes[0].dial == "*61*0013125550100#"


def test_what_nobody_confirmed_says_so() -> None:
    unsure = [one.name for one in carriers_of("US", CHICAGO) if not one.is_sure]

    assert len(unsure) == 2
    assert any("AT&T" in name for name in unsure)
