"""Settings from the environment: one frozen class, read by wiring and the command line only."""

import re
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting has a default that works on one machine; docs/reference/settings.md explains each."""

    model_config = SettingsConfigDict(env_prefix="RINGBACK_", frozen=True, extra="ignore")

    home: Path = Field(
        default=Path("~/.ringback"),
        description="Folder of the embedded database, its log and the key file of stored secrets.",
    )
    database_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("DATABASE_URL", "RINGBACK_DATABASE_URL"),
        description="A PostgreSQL (15 or newer) of yours, instead of the embedded one.",
    )
    owner_database_url: str | None = Field(
        default=None, description="Login that owns the tables, for `ringback migrate`; default: DATABASE_URL."
    )
    secret_keys: SecretStr | None = Field(
        default=None,
        description="Keys for stored secrets, comma separated: the first seals, all open; none: a file in `home`.",
    )
    pg_bin: Path | None = Field(default=None, description="Folder of `initdb` and `postgres` to use.")
    host: str = Field(default="127.0.0.1", description="Address the web server listens on.")
    port: int = Field(
        default=8400,
        validation_alias=AliasChoices("RINGBACK_PORT", "PORT"),
        description="Port the web server listens on.",
    )
    public_url: str | None = Field(
        default=None,
        description="Address providers reach us at, like https://calls.example.com; default: host and port.",
    )
    proxies: str = Field(
        default="127.0.0.1,::1",
        description="Web servers in front whose X-Forwarded-For and X-Forwarded-Proto are believed, comma separated.",
    )
    smtp_url: str | None = Field(
        default=None,
        description="Mail server, like smtp://user:password@host:587 or smtps://user:password@host; none: no e-mail.",
    )
    mail_from: str | None = Field(
        default=None, description="Address that e-mails come from; default: ringback at the host of the public URL."
    )
    push_hosts: str = Field(
        default="", description="Push services to trust beside those of the browsers' makers, as host or host:port."
    )
    allowed_hosts: str = Field(
        default="",
        description="Hosts that addresses typed in pages may lead to although they are not public: names and networks.",
    )
    outgoing_proxy: str | None = Field(
        default=None, description="Proxy for requests to addresses typed in pages, like http://127.0.0.1:4750."
    )
    sandbox_url: str | None = Field(
        default=None,
        description="Pretend phone company that the set-up offers; `serve` starts one beside an empty installation.",
    )
    clock: datetime | None = Field(
        default=None, description="The instant our clock starts at (demo, tests); its speed stays real."
    )
    clock_shift_seconds: float = Field(
        default=0.0, description="How far our clock is from the real one; `ringback serve` tells its processes."
    )
    worker_concurrency: int = Field(default=20, description="Jobs one worker process runs at the same time.")
    job_lease_seconds: float = Field(
        default=4.0, description="After how long without a sign of life a worker's job is given to another."
    )
    log_level: str = Field(default="info", description="debug, info, warning or error.")

    @field_validator("allowed_hosts")
    @classmethod
    def _are_hosts(cls, text: str) -> str:
        """Refuse at the start what could only fail when somebody's address is checked."""
        for word in text.replace(",", " ").split():
            if re.search(r"[:/]", word):
                ip_network(word, strict=False)
            elif not re.fullmatch(r"[A-Za-z0-9._-]+", word):
                raise ValueError(f"{word} is no host name, address or network like 10.0.0.0/8")
        return text

    @property
    def address(self) -> str:
        """The address given to providers, without a slash at its end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")
