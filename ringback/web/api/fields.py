"""Fields that programs fill in: texts and instants the database can take, each refused with a sentence."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema

_NUL = "\x00"
# What `_clean` takes, for programs that read the OpenAPI document: something visible, and no NUL anywhere.
_VISIBLE = r"^[^\u0000]*\S[^\u0000]*$"


def _clean(text: str) -> str:
    # PostgreSQL has no NUL in its texts, and no SMS alphabet has one either.
    if _NUL in text:
        raise ValueError("A text cannot have NUL characters.")
    cleaned = text.replace("\r\n", "\n").strip()
    if not cleaned:
        raise ValueError("Write something first.")
    return cleaned


def _schema(longest: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "minLength": 1, "maxLength": longest, "pattern": _VISIBLE})


# The limit stands before the cleaning, so that 60,000 spaces are not first read one by one.
ShortText = Annotated[str, StringConstraints(max_length=200), AfterValidator(_clean), _schema(200)]
# 1,600 characters are what Twilio takes in one message; others take more.
MessageText = Annotated[str, StringConstraints(max_length=1600), AfterValidator(_clean), _schema(1600)]
PhoneText = Annotated[str, StringConstraints(max_length=60), AfterValidator(_clean), _schema(60)]
# A language, and a country where it matters: “es”, “pt-BR” (BCP 47 without its rarer parts).
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]


def _read_instant(text: object) -> datetime:
    if not isinstance(text, str):
        raise ValueError("An instant is text, as in 2026-11-18T16:00:00Z.")  # noqa: TRY004  # pydantic reads ValueError
    # pydantic by itself also takes bare numbers as Unix time, where seconds and milliseconds look alike.
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("An instant needs its offset, as in 2026-11-18T16:00:00Z.")
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise ValueError("This instant lies outside the years that we know.") from None


Instant = Annotated[
    datetime,
    BeforeValidator(_read_instant),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-11-18T16:00:00Z"]}),
]
