"""The form about asking the phone company what sort of line a caller's number is."""

from ringback.domain.business_document import LookupSection
from ringback.domain.phrases import phrase
from ringback.web.settings.forms import Form, Group
from ringback.web.settings.inputs import Input, Kind

NUMBER_LOOKUP = Form(
    "number-lookup",
    "number_lookup",
    LookupSection,
    phrase("Looking numbers up"),
    phrase("Whether the phone company is asked what sort of line a caller has"),
    (
        Group(
            phrase("Who can get texts"),
            (
                Input(
                    "on",
                    Kind.YES,
                    phrase("Ask the phone company before a caller is texted for the first time"),
                    phrase(
                        "Landlines then get a call-back instead of a text that never arrives. "
                        "Your phone company bills every look-up; its price list says how much."
                    ),
                ),
                Input(
                    "keep_days",
                    Kind.WHOLE,
                    phrase("Believe what a look-up said for"),
                    phrase("After that, the number is looked up again when it rings."),
                    required=True,
                    unit=phrase("days"),
                ),
            ),
        ),
        Group(
            phrase("Numbers that changed hands"),
            (
                Input(
                    "reassigned",
                    Kind.YES,
                    phrase("Ask whether a number belongs to somebody else now"),
                    phrase(
                        "US numbers only, billed apart. Twilio must have granted you its Reassigned Number package."
                    ),
                ),
                Input(
                    "reassigned_after_days",
                    Kind.WHOLE,
                    phrase("When nobody was heard of from it for"),
                    required=True,
                    unit=phrase("days"),
                ),
            ),
        ),
        Group(
            phrase("Fraud"),
            (
                Input(
                    "pumping_risk",
                    Kind.YES,
                    phrase("Ask how likely texts to a number are a fraud on you"),
                    phrase("Outside the US and Canada only, billed apart."),
                ),
            ),
            is_extra=True,
        ),
    ),
)
