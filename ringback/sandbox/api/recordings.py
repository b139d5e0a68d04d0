"""The Recordings resource: what callers left, as silence of the right length."""

import io
import wave
from typing import Any

from starlette.responses import JSONResponse, Response

from ringback.sandbox.api.asking import ROOT, Ask, not_found
from ringback.sandbox.calls import Recording
from ringback.sandbox.clock import rfc2822

SAMPLES_PER_SECOND = 8000
SILENCE = b"\x80"


def shown(recording: Recording) -> dict[str, Any]:
    """Return a recording as the API shows it."""
    path = f"{ROOT}/{recording.account_sid}/Recordings/{recording.sid}"
    return {
        "sid": recording.sid,
        "account_sid": recording.account_sid,
        "call_sid": recording.call_sid,
        "conference_sid": None,
        "duration": str(recording.seconds),
        "channels": 1,
        "source": "RecordVerb",
        "status": "completed",
        "error_code": None,
        "price": None,
        "price_unit": "USD",
        "encryption_details": None,
        "api_version": "2010-04-01",
        "start_time": rfc2822(recording.created_at),
        "date_created": rfc2822(recording.created_at),
        "date_updated": rfc2822(recording.created_at),
        "media_url": path,
        "uri": path + ".json",
        "subresource_uris": {},
    }


def _find(ask: Ask) -> Recording:
    recording = ask.company.recordings.get(ask.sid)
    if recording is None or recording.account_sid != ask.account.sid:
        raise not_found(ask.path)
    return recording


def fetch(ask: Ask) -> Response:
    """Show one recording's description."""
    return JSONResponse(shown(_find(ask)))


def sound(ask: Ask) -> Response:
    """Play one recording."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        # One byte a sample, so that a minute stays under half a megabyte.
        out.setsampwidth(1)
        out.setframerate(SAMPLES_PER_SECOND)
        out.writeframes(SILENCE * SAMPLES_PER_SECOND * _find(ask).seconds)
    return Response(file.getvalue(), media_type="audio/x-wav")


def delete(ask: Ask) -> Response:
    """Forget one recording."""
    del ask.company.recordings[_find(ask).sid]
    return Response(status_code=204)
