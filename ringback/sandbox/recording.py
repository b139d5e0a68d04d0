"""Keep what `<Record>` took down and report it to the business."""

from collections.abc import Callable

from ringback.sandbox.calls import Call, Recording
from ringback.sandbox.company import Company
from ringback.sandbox.listening import record
from ringback.sandbox.twiml import Record
from ringback.sandbox.webhooks import Hook, HookKind, deliver


async def record_message(company: Company, call: Call, verb: Record, base: Callable[[str], str]) -> dict[str, str]:
    """Record and return what the `action` request adds; empty when there was only silence."""
    taken = await record(company, call, verb)
    if not taken.seconds:
        return {}
    recording = Recording(call.account.sid, call.sid, taken.seconds, taken.text, company.clock.now())
    # Kept for the REST API; there is no audio, only its length and words.
    company.recordings[recording.sid] = recording
    params = _params(company, recording)
    if verb.status_callback:
        _report(company, call, verb, base(verb.status_callback), params)
    # `Digits` says how it ended: a key, or the word hangup.
    return params | {"Digits": taken.ended_by}


def _params(company: Company, recording: Recording) -> dict[str, str]:
    path = f"/2010-04-01/Accounts/{recording.account_sid}/Recordings/{recording.sid}"
    return {
        "RecordingUrl": company.public_url + path,
        "RecordingSid": recording.sid,
        "RecordingDuration": str(recording.seconds),
    }


def _report(company: Company, call: Call, verb: Record, url: str, params: dict[str, str]) -> None:
    told = {
        "AccountSid": call.account.sid,
        "CallSid": call.sid,
        "RecordingStatus": "completed",
        "RecordingChannels": "1",
        "RecordingSource": "RecordVerb",
        **params,
    }
    hook = Hook(HookKind.RECORDING_STATUS, call.account, url, told, verb.status_callback_method)
    company.start(deliver(company, hook))
