"""Harbor's staff with their devices and a mail server, for the tests of notices."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from ringback.domain.business import Business
from ringback.domain.notices import Channel, NoticeKind
from ringback.providers.web_push import WebPusher
from ringback.store import people, push_subscriptions
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.store.people import Person, hash_token
from ringback.store.push_subscriptions import NewSubscription
from ringback.wiring.smtp import SmtpMailer
from ringback.workflows.context import Context
from ringback.workflows.notices import Notice, notify
from tests.cast import TestClock
from tests.mail_server import MailServer, running_mail_server
from tests.workflows.desk import Desk, open_desk
from tests.workflows.push_company import Browser, PushCompany

FROM = "ringback@harbor.example"


@dataclass
class NoticeDesk:
    """One business whose owner Olga has a phone, an e-mail address and, where she turned it on, devices."""

    desk: Desk
    pushes: PushCompany
    mail: MailServer

    @property
    def business(self) -> Business:
        """Harbor Dental."""
        return self.desk.business

    @property
    def olga(self) -> UUID:
        """Who Olga is on the staff list."""
        return next(person.staff_id for person in self.business.staff if person.name == "Olga")

    async def turn_on(self, browser: Browser) -> UUID:
        """Let Olga sign in on a device and turn alerts on there; return the subscription."""
        context, business_id = self.desk.context, self.business.business_id
        person = Person(new_id(), f"olga@{self.business.slug}.example", "Olga", "no password")
        now = context.clock.now()
        person_id = await people.save_person(context.pool, person, business_id, "owner", now)
        await context.pool.execute(
            "update memberships set staff_id = $3 where person_id = $1 and business_id = $2",
            *(person_id, business_id, self.olga),
        )
        session = await people.start_session(context.pool, person_id, business_id, now)
        keys = browser.target
        new = NewSubscription(
            person_id, hash_token(session), keys.endpoint, keys.p256dh, keys.auth, f"Chrome · {browser.name}"
        )
        async with business_transaction(context.pool, business_id) as connection:
            saved = await push_subscriptions.save_subscription(connection, business_id, new, now)
        assert saved is not None
        return saved

    async def tell(
        self,
        words: str = "Carla is waiting.",
        kind: NoticeKind = NoticeKind.ALARM,
        channels: frozenset[Channel] | None = None,
        thread_id: UUID | None = None,
    ) -> UUID:
        """Tell Olga something; return the notice."""
        notice = Notice(self.olga, kind, words, f"/threads/{thread_id}" if thread_id else "/threads", thread_id)
        async with business_transaction(self.desk.context.pool, self.business.business_id) as connection:
            [notice_id] = await notify(connection, self.business, [notice], self.desk.clock.now(), channels)
        return notice_id

    async def told(self) -> list[tuple[str, str | None]]:
        """Each notice as its channel and why it failed, in order."""
        rows = await self.desk.fetch(
            "select channel, failed from notices where business_id = $1 order by created_at, notice_id"
        )
        return [(row["channel"], row["failed"]) for row in rows]

    async def notice(self, notice_id: UUID) -> dict[str, object]:
        """One notice as it stands."""
        [row] = await self.desk.fetch("select * from notices where business_id = $1 and notice_id = $2", notice_id)
        return row

    async def alarms(self) -> list[tuple[str, int]]:
        """The alarms that stand, as kind and how often."""
        found = await self.desk.fetch("select kind, times from alarms where business_id = $1 and ended_at is null")
        return [(row["kind"], row["times"]) for row in found]


@asynccontextmanager
async def open_notice_desk(context: Context, clock: TestClock) -> AsyncIterator[NoticeDesk]:
    """Yield a new Harbor Dental with a phone company, push services and a mail server."""
    async with running_mail_server() as mail:
        desk = await open_desk(context, clock)
        desk.tells_staff = True
        pushes = PushCompany(desk.company)
        mailer = SmtpMailer("127.0.0.1", mail.port, FROM)
        desk.context = replace(desk.context, http=pushes, mailer=mailer, push=WebPusher(FROM))
        yield NoticeDesk(desk, pushes, mail)
