"""All that is known of a contact as one file: JSON of every row, and the pictures beside it."""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ringback.domain.erasing import TREATMENTS
from ringback.store.db import to_json

Everything = dict[str, list[dict[str, Any]]]

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}
_README = """Everything that {business} has about this contact, as of {at} (UTC).

contact.json   every row, by the table it is in; instants are in UTC
pictures/      what was sent as a picture, named as in contact.json

What an erasure does with each table:
{tables}
"""


def pack(business: str, told: Everything, at: datetime) -> bytes:
    """Return the ZIP file. The same rows at the same instant give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        rows, pictures = take_pictures_out(told)
        _add(file, "contact.json", json.dumps(json.loads(to_json(rows)), indent=2, ensure_ascii=False).encode(), at)
        for name, content in pictures.items():
            _add(file, name, content, at)
        words = _README.format(business=business, at=f"{at:%Y-%m-%d %H:%M}", tables=_tables())
        _add(file, "README.txt", words.encode(), at)
    return packed.getvalue()


def take_pictures_out(told: Everything) -> tuple[Everything, dict[str, bytes]]:
    """Return the rows with a file's name where the bytes of a picture were, and the files."""
    files, rows = {}, []
    for row in told.get("pictures", []):
        kept = row["bytes"]
        name = f"pictures/{row['message_id']}-{row['position']}.{_ENDINGS.get(row['content_type'], 'bin')}"
        if kept:
            # As PostgreSQL writes bytes in JSON: \x and two digits each.
            files[name] = bytes.fromhex(kept.removeprefix("\\x"))
        rows.append({**row, "bytes": name if kept else None})
    return {**told, **({"pictures": rows} if rows else {})}, files


def count_rows(told: Mapping[str, list[dict[str, Any]]]) -> dict[str, int]:
    """Return how many rows each table has, the most first."""
    return dict(sorted(((table, len(rows)) for table, rows in told.items()), key=lambda one: -one[1]))


def _tables() -> str:
    return "\n".join(
        f"  {one.table}: {'deleted' if one.gone else 'stays (' + one.why + ')'}"
        + (f"; emptied: {', '.join(one.emptied)}" if one.emptied else "")
        for one in TREATMENTS
    )


def _add(file: zipfile.ZipFile, name: str, content: bytes, at: datetime) -> None:
    # The format knows no year before 1980, and no zone.
    info = zipfile.ZipInfo(name, date_time=(max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second))
    info.compress_type = zipfile.ZIP_DEFLATED
    file.writestr(info, content)
