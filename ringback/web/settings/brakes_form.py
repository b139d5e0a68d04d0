"""The form of the brakes: what a day may cost, and how many texts may go out."""

from ringback.domain.business_document import BrakesSection
from ringback.domain.phrases import phrase
from ringback.web.settings import choices
from ringback.web.settings.forms import Form, Group
from ringback.web.settings.inputs import Input, Kind

_MILLICENTS = phrase("thousandths of a cent")
_USUAL = phrase("Empty: follows from the hourly limits under “Texting back”.")

# The hourly limits of a line and of the business stand with texting back, where they were first.
BRAKES = Form(
    "brakes",
    "brakes",
    BrakesSection,
    phrase("Brakes"),
    phrase("What a day may cost, and how many texts may go out"),
    (
        Group(
            phrase("Costs"),
            (
                Input(
                    "cap_cents_a_day",
                    Kind.MONEY,
                    phrase("The most that texts, calls and look-ups may cost in a day"),
                    phrase("Empty: the usual limit, which grows with your hourly limits."),
                ),
                Input(
                    "segment_millicents",
                    Kind.WHOLE,
                    phrase("Your price of one text of 160 letters"),
                    phrase("1500 is one and a half cents. Empty: our own table, which is rather too high."),
                    unit=_MILLICENTS,
                ),
                Input(
                    "call_minute_millicents", Kind.WHOLE, phrase("Your price of a minute of a call"), unit=_MILLICENTS
                ),
            ),
        ),
        Group(
            phrase("How many texts"),
            (
                Input("per_line_a_day", Kind.WHOLE, phrase("First texts a day for each line"), _USUAL),
                Input("per_business_a_day", Kind.WHOLE, phrase("First texts a day for all lines"), _USUAL),
                Input(
                    "per_prefix_an_hour",
                    Kind.WHOLE,
                    phrase("First texts an hour to numbers that begin alike"),
                    phrase("All but the last four digits. Fraud comes from whole blocks of numbers."),
                ),
                Input("per_prefix_a_day", Kind.WHOLE, phrase("… and a day")),
                Input("per_country_an_hour", Kind.WHOLE, phrase("First texts an hour to each other country"), _USUAL),
                Input("per_country_a_day", Kind.WHOLE, phrase("… and a day")),
                Input("per_caller_an_hour", Kind.WHOLE, phrase("Automatic texts an hour to one caller"), required=True),
                Input("per_caller_a_day", Kind.WHOLE, phrase("… and a day"), required=True),
            ),
            is_extra=True,
            hint=phrase("Callers who have texted or booked before get a quarter more."),
        ),
        Group(
            phrase("Calls"),
            (
                Input(
                    "ring_countries",
                    Kind.SEVERAL,
                    phrase("Countries that staff may be connected with"),
                    phrase("None ticked: those that may be texted. Premium and satellite numbers are never rung."),
                    choices=choices.countries,
                ),
            ),
            is_extra=True,
        ),
        Group(
            phrase("Tokens of language models"),
            (
                Input(
                    "model_tokens_per_thread_a_day",
                    Kind.WHOLE,
                    phrase("A day in one conversation"),
                    required=True,
                ),
                Input("model_tokens_per_caller_a_day", Kind.WHOLE, phrase("A day for one caller"), required=True),
                Input("model_tokens_a_day", Kind.WHOLE, phrase("A day in all"), required=True),
            ),
            is_extra=True,
            hint=phrase("Nothing is used unless you connect a model."),
        ),
    ),
)
