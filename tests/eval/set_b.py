"""Set B for `make eval`: one label for each text."""

from typing import Any

from ringback.domain.consent import read_consent
from ringback.domain.messages import OptKeyword
from ringback.receptionist.understanding.intents import Intent, read_intent


def predict(row: dict[str, Any]) -> dict[str, str]:
    """Return the row's id with the label that the product would act on: opt-outs are read before anything else."""
    stops = read_consent(row["text"]) is OptKeyword.STOP
    reading = read_intent(row["text"], row.get("prev") or "", row.get("lang") or "en")
    return {"id": row["id"], "label": Intent.OPT_OUT if stops else reading.intent}
