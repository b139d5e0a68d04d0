"""Mail over a real SMTP connection: sent once, tried again while the server is away, and told where it never went."""

from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID

import pytest

from ringback.ports import Letter, MailLater, MailRefused, MailTaken
from ringback.settings import Settings
from ringback.store import mails
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.wiring.smtp import SmtpMailer, make_mailer, write_letter
from ringback.workflows.context import Context, Later
from ringback.workflows.mail import Mail, enqueue_mail, send_mail
from tests.cast import NOON, TestClock
from tests.workflows.notice_desk import FROM, NoticeDesk, open_notice_desk

INVITATION = Mail("sam@harbor.example", "Come and join", "Open https://ringback.test/in/secret-token\n")


@pytest.fixture
async def harbor(context: Context, clock: TestClock) -> AsyncIterator[NoticeDesk]:
    """Harbor Dental with a mail server."""
    async with open_notice_desk(context, clock) as opened:
        yield opened


def letter(**more: str | None) -> Letter:
    """A letter to Sam."""
    return Letter("sam@harbor.example", "Hello", "Dear Sam,\n\n<b>3 < 4</b>\n", more.get("html"), new_id())


async def write(harbor: NoticeDesk, mail: Mail = INVITATION) -> UUID:
    """Enqueue a letter of the business."""
    business_id = harbor.business.business_id
    async with business_transaction(harbor.desk.context.pool, business_id) as connection:
        return await enqueue_mail(connection, harbor.desk.context.sealer, mail, NOON, business_id)


async def test_a_letter_has_text_and_html_and_fetches_nothing(harbor: NoticeDesk) -> None:
    assert harbor.desk.context.mailer is not None
    answer = await harbor.desk.context.mailer.send(letter())

    assert answer == MailTaken()
    [got] = harbor.mail.letters
    plain, html = got.get_body(("plain",)), got.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == "Dear Sam,\n\n<b>3 < 4</b>\n"
    assert "&lt;b&gt;3 &lt; 4&lt;/b&gt;" in html.get_content()
    assert not any(sign in html.get_content() for sign in ("src=", "http", "@import", "url(", "<link"))
    assert (got["From"], got["To"], got["Auto-Submitted"]) == (
        f"Ringback <{FROM}>", "sam@harbor.example", "auto-generated"
    )  # fmt: skip


async def test_html_that_is_given_is_sent_as_it_is() -> None:
    message = write_letter(letter(html="<p>Dear Sam</p>"), FROM)

    html = message.get_body(("html",))
    assert html is not None
    assert html.get_content() == "<p>Dear Sam</p>\n"


async def test_each_letter_has_a_connection_of_its_own_and_what_it_said_is_forgotten(harbor: NoticeDesk) -> None:
    first, _ = await write(harbor), await write(harbor)

    await harbor.desk.work(5)

    assert (len(harbor.mail.letters), harbor.mail.connections) == (2, 2)
    kept = await harbor.desk.context.pool.fetchrow("select * from mails where mail_id = $1", first)
    assert kept is not None
    assert (kept["body_text"], kept["body_html"], kept["sent_at"] is None) == (None, None, False)
    assert "secret-token" not in str(dict(kept))


async def test_one_letter_sent_twice_has_one_message_id(harbor: NoticeDesk) -> None:
    twice = letter()
    mailer = SmtpMailer("127.0.0.1", harbor.mail.port, FROM)

    await mailer.send(twice)
    await mailer.send(twice)

    first, second = harbor.mail.letters
    assert first["Message-ID"] == second["Message-ID"] == f"<{twice.reference}@harbor.example>"


async def test_a_password_goes_to_the_server_it_was_set_for(harbor: NoticeDesk) -> None:
    url = f"smtp://olga%40harbor.example:dr%2Fill@127.0.0.1:{harbor.mail.port}"
    mailer = make_mailer(Settings(smtp_url=url, mail_from=FROM))
    assert mailer is not None

    assert await mailer.send(letter()) == MailTaken()

    # \0olga@harbor.example\0dr/ill, as AUTH PLAIN writes it.
    assert harbor.mail.log_ins == ["AG9sZ2FAaGFyYm9yLmV4YW1wbGUAZHIvaWxs"]


async def test_a_password_does_not_cross_a_network_without_encryption(harbor: NoticeDesk) -> None:
    mailer = SmtpMailer("localhost.localdomain", harbor.mail.port, FROM, "olga", "drill")

    answer = await mailer.send(letter())

    assert isinstance(answer, MailLater)
    assert (harbor.mail.log_ins, harbor.mail.letters) == ([], [])


@pytest.mark.parametrize(
    ("command", "line", "kind"),
    [
        ("RCPT", "550 no such user", MailRefused),
        ("RCPT", "450 greylisted", MailLater),
        ("MAIL", "553 not yours", MailRefused),
        ("DATA", "554 spam", MailRefused),
        ("DATA", "451 disk full", MailLater),
    ],
)
async def test_what_a_server_refuses_is_told_apart_from_what_it_puts_off(
    harbor: NoticeDesk, command: str, line: str, kind: type[object]
) -> None:
    harbor.mail.answer(command, line)

    answer = await SmtpMailer("127.0.0.1", harbor.mail.port, FROM).send(letter())

    assert type(answer) is kind


async def test_a_server_that_is_away_is_tried_again_and_an_alarm_ends_when_it_is_back(harbor: NoticeDesk) -> None:
    away = SmtpMailer("127.0.0.1", 1, FROM)
    harbor.desk.context, working = replace(harbor.desk.context, mailer=away), harbor.desk.context
    mail_id = await write(harbor)

    await harbor.desk.work(3600)
    assert await harbor.alarms() == []
    await harbor.desk.work(3600)

    fate = await mails.get_fate(harbor.desk.context.pool, mail_id)
    assert fate is not None
    assert fate.failed == "The mail server could not be reached, or broke off (RINGBACK_SMTP_URL)."
    assert await harbor.alarms() == [("mail", 1)]

    harbor.desk.context = working
    await write(harbor)
    await harbor.desk.work(5)
    assert await harbor.alarms() == []
    assert len(harbor.mail.letters) == 1


async def test_a_letter_gets_through_when_the_server_comes_back_in_between(harbor: NoticeDesk) -> None:
    harbor.mail.answer("RCPT", "450 later", "451 later")
    mail_id = await write(harbor)

    await harbor.desk.work(60)

    fate = await mails.get_fate(harbor.desk.context.pool, mail_id)
    assert fate is not None
    assert fate.sent_at is not None
    assert harbor.mail.connections == 3


async def test_without_a_mail_server_a_letter_of_no_business_says_why_it_never_went(harbor: NoticeDesk) -> None:
    context = replace(harbor.desk.context, mailer=None)
    mail_id = await enqueue_mail(context.pool, context.sealer, INVITATION, NOON)

    assert await send_mail(context, mail_id) is None

    fate = await mails.get_fate(context.pool, mail_id)
    assert fate is not None
    assert fate.failed == "No e-mail could be sent: no mail server is set up here (RINGBACK_SMTP_URL)."


async def test_a_letter_that_is_put_off_comes_back_later(harbor: NoticeDesk) -> None:
    harbor.mail.answer("RCPT", "450 later")
    mail_id = await enqueue_mail(harbor.desk.context.pool, harbor.desk.context.sealer, INVITATION, NOON)

    assert await send_mail(harbor.desk.context, mail_id) == Later(10.0)


@pytest.mark.parametrize(
    "mail",
    [
        replace(INVITATION, to="sam@harbor.example\r\nBcc: rex@rex.example"),
        replace(INVITATION, subject="Hello\nBcc: rex@rex.example"),
        replace(INVITATION, to="nobody"),
    ],
)
async def test_no_header_can_be_smuggled_into_a_letter(harbor: NoticeDesk, mail: Mail) -> None:
    with pytest.raises(ValueError, match="one line"):
        await enqueue_mail(harbor.desk.context.pool, harbor.desk.context.sealer, mail, NOON)


def test_the_mail_setting_says_what_is_wrong_with_it() -> None:
    assert make_mailer(Settings()) is None
    with pytest.raises(ValueError, match="must look like"):
        make_mailer(Settings(smtp_url="mail.harbor.example:587"))


def test_the_mail_setting_is_read_as_it_is_documented() -> None:
    plain = make_mailer(Settings(smtp_url="smtp://mail.harbor.example", public_url="https://calls.harbor.example"))
    secure = make_mailer(Settings(smtp_url="smtps://olga:drill@mail.harbor.example", mail_from=FROM))

    assert plain == SmtpMailer("mail.harbor.example", 587, "ringback@calls.harbor.example")
    assert secure == SmtpMailer("mail.harbor.example", 465, FROM, "olga", "drill", is_tls=True)
