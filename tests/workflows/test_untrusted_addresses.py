"""What a phone company's answer leads to is checked at each hop, and what is refused is not asked for ever."""

import pytest

from ringback.domain.phrases import phrase
from ringback.ports import AddressRefused, HttpResponse
from tests.workflows.desk import Desk
from tests.workflows.test_texts import PICTURE_URL, pictured

_REFUSED = phrase("This address leads into a private network, not to the public internet: nothing is sent there.")


@pytest.mark.parametrize("elsewhere", ["http://169.254.169.254/latest", "https://store.example/1", "//10.0.0.1/x"])
async def test_a_redirect_of_a_picture_is_not_trusted_and_carries_no_credentials(desk: Desk, elsewhere: str) -> None:
    place = f"https:{elsewhere}" if elsewhere.startswith("//") else elsewhere
    desk.company.pictures = {
        PICTURE_URL: HttpResponse(302, b"", {"location": elsewhere}),
        place: AddressRefused(_REFUSED),
    }

    [(content, _, failed)] = await pictured(desk, PICTURE_URL)

    second = desk.company.asked[-1]
    assert (second.url, second.trusted, second.auth, dict(second.headers)) == (place, False, None, {})
    # Written down, and not tried for ever.
    assert (content, failed) == (None, _REFUSED)
    assert [job for job in await desk.jobs() if job["entrypoint"] == "fetch_pictures"] == []
