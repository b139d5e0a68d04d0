"""The mail server: one connection for each letter, text and HTML, nothing in it that is fetched from elsewhere."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formataddr, formatdate
from html import escape
from ipaddress import ip_address
from pathlib import Path
from string import Template
from urllib.parse import SplitResult, unquote, urlsplit

import aiosmtplib

from ringback.domain.phrases import phrase
from ringback.domain.stored_phrases import MAIL_BUSY, MAIL_REFUSED, NO_MAILBOX
from ringback.ports import Letter, MailLater, MailRefused, MailTaken
from ringback.settings import Settings

_TIMEOUT_SECONDS = 20.0
_PORTS = {"smtp": 587, "smtps": 465}
# No page of ours: mail programs know styles on elements only, which our own pages may not have.
_HTML = Template((Path(__file__).parent / "letter.template").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Sends over SMTP. `is_tls`: encrypted from the first byte; otherwise by STARTTLS where the server offers it."""

    host: str
    port: int
    sender: str
    username: str | None = None
    password: str | None = None
    is_tls: bool = False

    async def send(self, letter: Letter) -> MailTaken | MailRefused | MailLater:
        """Hand a letter over, on a connection of its own."""
        try:
            await aiosmtplib.send(
                write_letter(letter, self.sender),
                hostname=self.host,
                port=self.port,
                username=self.username,
                password=self.password,
                use_tls=self.is_tls,
                start_tls=self._start_tls(),
                timeout=_TIMEOUT_SECONDS,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            return _of_recipient(error)
        except (aiosmtplib.SMTPDataError, aiosmtplib.SMTPSenderRefused) as error:
            return _of_code(error.code)
        except aiosmtplib.SMTPAuthenticationError:
            return MailLater(phrase("The mail server did not accept our user name and password (RINGBACK_SMTP_URL)."))
        except (aiosmtplib.SMTPException, OSError):
            return MailLater(phrase("The mail server could not be reached, or broke off (RINGBACK_SMTP_URL)."))
        return MailTaken()

    def _start_tls(self) -> bool | None:
        if self.is_tls:
            return False
        # A password must not cross a network in the open: then TLS is asked for, not just taken where it is offered.
        return None if self.username is None or _is_this_machine(self.host) else True


def _of_recipient(error: aiosmtplib.SMTPRecipientsRefused) -> MailRefused | MailLater:
    codes = [refused.code for refused in error.recipients]
    # 4xx is greylisting or a full mailbox: another try may do.
    if all(code >= 500 for code in codes):
        return MailRefused(phrase(NO_MAILBOX.msgid, code=codes[0]))
    return MailLater(phrase("The mail server does not take mail for this address now."))


def _of_code(code: int) -> MailRefused | MailLater:
    if code >= 500:
        return MailRefused(phrase(MAIL_REFUSED.msgid, code=code))
    return MailLater(phrase(MAIL_BUSY.msgid, code=code))


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def write_letter(letter: Letter, sender: str) -> EmailMessage:
    """Return the letter as it goes over the wire."""
    message = EmailMessage()
    message["From"] = formataddr(("Ringback", sender))
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = f"<{letter.reference}@{sender.partition('@')[2]}>"
    # Out-of-office answers to these would reach nobody (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    html = letter.html or _HTML.substitute(subject=escape(letter.subject), text=escape(letter.text.strip()))
    message.add_alternative(html, subtype="html")
    return message


def mail_sender(settings: Settings) -> str:
    """Return the address that e-mails come from, which push services are given as well."""
    return settings.mail_from or f"ringback@{urlsplit(settings.address).hostname}"


def make_mailer(settings: Settings) -> SmtpMailer | None:
    """Return the mail server of the settings, or None where there is none; raises ValueError for a wrong address."""
    if not settings.smtp_url:
        return None
    parts = urlsplit(settings.smtp_url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(
            "RINGBACK_SMTP_URL must look like smtp://user:password@host:587 or smtps://user:password@host."
        )
    return SmtpMailer(
        parts.hostname,
        parts.port or _PORTS[parts.scheme],
        mail_sender(settings),
        _plain(parts, "username"),
        _plain(parts, "password"),
        is_tls=parts.scheme == "smtps",
    )


def _plain(parts: SplitResult, name: str) -> str | None:
    value: str | None = getattr(parts, name)
    return None if value is None else unquote(value)
