"""A mail server small enough for a test: it speaks as much SMTP as a client needs, and keeps what it is given."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class MailServer:
    """Answers each command as `answers` say for it, else as a server that takes everything."""

    port: int = 0
    answers: dict[str, deque[str]] = field(default_factory=dict)
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    log_ins: list[str] = field(default_factory=list)
    connections: int = 0

    def answer(self, command: str, *lines: str) -> None:
        """Answer the next uses of a command with these lines."""
        self.answers.setdefault(command, deque()).extend(lines)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self.connections += 1
        writer.write(b"220 mail.harbor.example\r\n")
        try:
            while line := (await reader.readline()).decode().strip():
                writer.write(f"{await self._answer(line, reader, writer)}\r\n".encode())
                await writer.drain()
                if line.upper() == "QUIT":
                    break
        finally:
            writer.close()

    async def _answer(self, line: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
        command = line.split(maxsplit=1)[0].split(":", maxsplit=1)[0].upper()
        if self.answers.get(command):
            return self.answers[command].popleft()
        match command:
            case "EHLO":
                return "250-mail.harbor.example\r\n250 AUTH PLAIN"
            case "AUTH":
                self.log_ins.append(line.rsplit(maxsplit=1)[-1])
                return "235 welcome"
            case "RCPT":
                self.recipients.append(line[line.index("<") + 1 : line.index(">")])
            case "DATA":
                writer.write(b"354 go on\r\n")
                self._keep(await reader.readuntil(b"\r\n.\r\n"))
            case "QUIT":
                return "221 bye"
        return "250 ok"

    def _keep(self, raw: bytes) -> None:
        plain = raw.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
        self.letters.append(message_from_bytes(plain, policy=policy.default))


@asynccontextmanager
async def running_mail_server() -> AsyncIterator[MailServer]:
    """Yield a server that listens on a free port of this machine."""
    mail = MailServer()
    server = await asyncio.start_server(mail.talk, "127.0.0.1", 0)
    mail.port = server.sockets[0].getsockname()[1]
    async with server:
        yield mail
