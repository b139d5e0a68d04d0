"""The standing cast: Harbor Dental with owner Olga and staff Sam, rival shop Rex who must see nothing, caller Carla."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg

from ringback.domain.business import Business, Line, Mode, ReceptionistPolicy, Registration, Staff
from ringback.domain.hours import parse_hours
from ringback.domain.privacy_policy import PrivacyPolicy
from ringback.ports import HttpRequest, HttpResponse, NotSent
from ringback.providers import twilio
from ringback.providers.standard_webhooks import StandardWebhooks
from ringback.store import businesses
from ringback.store.db import business_transaction
from ringback.wiring.secrets import KeyRing, RingSealer, read_keys
from ringback.workflows.context import Context
from ringback.workflows.secrets import seal_settings

CARLA = "+13125550142"
SAM_PHONE = "+13125550161"
OLGA_PHONE = "+13125550162"
HARBOR_NUMBER = "+13125550100"
HARBOR_ADS_NUMBER = "+13125550101"
REX_NUMBER = "+13125550199"

ACCOUNT_SID = "AC" + "1" * 32
AUTH_TOKEN = "harbor-token-for-tests"
SETTINGS = {"account_sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN, "api_url": "http://127.0.0.1:9"}

# The key ring of all tests but those of the key ring itself; it is known to everybody, so it opens nothing of anybody.
TEST_KEYS = "dGhlLXJpbmctb2YtYWxsLXRlc3RzLWFuZC1uby1vbmU"
SEALER = RingSealer(KeyRing(None, read_keys(TEST_KEYS, "the tests")))

# A Wednesday, 10:00 in Chicago: Harbor Dental is open.
NOON = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)

ALL_DAY = parse_hours({day: ["00:00-24:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")})


@dataclass
class TestClock:
    """A clock that stands until a test moves it."""

    __test__ = False
    at: datetime = NOON

    def now(self) -> datetime:
        """Return the test's present."""
        return self.at

    def to_wall(self, at: datetime) -> datetime:
        """Return the same instant."""
        return at

    def from_wall(self, at: datetime) -> datetime:
        """Return the same instant."""
        return at

    def pass_time(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)


class NoNetwork:
    """An HTTP client that reaches nothing: a test that needs the phone company uses the sandbox."""

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Refuse."""
        raise NotSent(f"no network in this test ({request.method} {request.url})")


def harbor(business_id: UUID | None = None) -> Business:
    """Return Harbor Dental as its owner set it up: two lines, two people, always open."""
    lines = (
        Line(
            UUID(int=11),
            HARBOR_NUMBER,
            "twilio",
            Mode.FRONT,
            "Main",
            "en",
            "harbor-main",
            registration=Registration.NOT_NEEDED,
        ),
        Line(
            UUID(int=12),
            HARBOR_ADS_NUMBER,
            "twilio",
            Mode.FRONT,
            "Google Ads",
            "en",
            "harbor-ads",
            registration=Registration.NOT_NEEDED,
        ),
    )
    staff = (
        Staff(UUID(int=21), "Sam", SAM_PHONE),
        Staff(UUID(int=22), "Olga", OLGA_PHONE, "olga@harbor.example", takes_calls=False),
    )
    return Business(
        business_id or UUID(int=1),
        "harbor-dental",
        "Harbor Dental",
        "dental",
        "America/Chicago",
        "US",
        "en",
        ALL_DAY,
        lines=lines,
        staff=staff,
        # The spine is tested without an automatic answer; whoever tests the receptionist switches it on.
        receptionist=ReceptionistPolicy(on=False),
        # Most tests look at words; those of healthcare mode switch it on.
        privacy=PrivacyPolicy(healthcare=False),
    )


def rex() -> Business:
    """Return the rival shop next door, set up the same way."""
    line = Line(UUID(int=13), REX_NUMBER, "twilio", Mode.FRONT, "Main", "en", "rex-main")
    return replace(
        harbor(UUID(int=2)), slug="rex-dental", name="Rex Dental", lines=(line,), staff=(Staff(UUID(int=23), "Rex"),)
    )


async def open_shop(pool: asyncpg.Pool, business: Business, settings: dict[str, str] | None = None) -> Business:
    """Store a business and return it."""
    async with business_transaction(pool, business.business_id) as connection:
        sealed = seal_settings(SEALER, business.business_id, settings or SETTINGS)
        connections = dict.fromkeys((line.number for line in business.lines), sealed)
        await businesses.save_business(connection, business, connections, NOON)
    return business


def make_context(pool: asyncpg.Pool, clock: TestClock | None = None) -> Context:
    """Return a context without a network."""
    providers = {"twilio": twilio.PROVIDER}
    return Context(
        pool,
        clock or TestClock(),
        NoNetwork(),
        providers,
        "http://ringback.test",
        sealer=SEALER,
        hook_signer=StandardWebhooks(),
    )
