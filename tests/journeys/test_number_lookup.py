"""A number is looked up at the phone company by the running product, before the first text and never for long."""

from dataclasses import replace

from ringback.domain.business import LookupPolicy
from tests.cast import CARLA
from tests.journeys.conftest import OpenShop
from tests.journeys.shop import new_harbor

DORA = "+13125550143"


async def test_a_landline_is_told_by_the_look_up_and_a_slow_one_holds_no_text_up(open_harbor: OpenShop) -> None:
    shop = await open_harbor(replace(new_harbor(), number_lookup=LookupPolicy(on=True)))
    await shop.phones("busy")
    await shop.company.behave(CARLA, kind="landline")
    landline = await shop.missed(CARLA)
    assert (landline["decision"], landline["reason"]) == ("skip", "not_textable")
    assert len(await shop.fetch("select from call_backs")) == 1

    await shop.company.set_rest_fault("hang_after", "lookups", seconds=4)
    slow = await shop.missed(DORA)
    assert (slow["decision"], slow["reason"]) == ("send", None)
    assert [len(await shop.texts(one)) for one in (CARLA, DORA)] == [0, 1]
    assert len(await shop.company.events("number.looked_up")) == 2
