"""The forms about the business itself: who it is, when it works, its lines and its people."""

from ringback.domain.business_document import (
    BusinessSection,
    HolidayEntry,
    HoursSection,
    LineEntry,
    ResourceEntry,
    StaffEntry,
)
from ringback.domain.phrases import phrase
from ringback.web.settings import choices
from ringback.web.settings.forms import Entries, Form, Group
from ringback.web.settings.inputs import Input, Kind

_MIDNIGHT = phrase(
    "Leave a day empty when it is closed. Open all day is 00:00 to 00:00; a night shift may end after it."
)

BUSINESS = Form(
    "business",
    "business",
    BusinessSection,
    phrase("Business"),
    phrase("Name, trade, time zone, language and address"),
    (
        Group(
            phrase("Who you are"),
            (
                # Left out, the document would keep the old name, and an emptied field would look saved.
                Input("name", Kind.TEXT, phrase("Name"), phrase("As your texts say it."), required=True),
                Input("trade", Kind.CHOICE, phrase("Trade"), choices=choices.trades),
                Input(
                    "address",
                    Kind.TEXT,
                    phrase("Address"),
                    phrase("Where customers come. Empty where nobody does."),
                    said_empty=True,
                ),
            ),
        ),
        Group(
            phrase("Where and how"),
            (
                # Before the zone, whose choices are those of the country.
                Input("country", Kind.CHOICE, phrase("Country"), choices=choices.countries),
                Input("zone", Kind.CHOICE, phrase("Time zone"), choices=choices.zones),
                Input("language", Kind.CHOICE, phrase("Language of your callers"), choices=choices.languages),
                Input(
                    "tone",
                    Kind.CHOICE,
                    phrase("Tone"),
                    phrase("How the built-in texts sound."),
                    choices=choices.tones,
                ),
                Input(
                    "text_countries",
                    Kind.SEVERAL,
                    phrase("Countries whose numbers may be texted"),
                    phrase("None ticked: your own. The US and Canada text each other."),
                    choices=choices.countries,
                ),
            ),
        ),
    ),
)

# A day is one input of many times: the browser sends them in order, and JavaScript has nothing to add.
HOURS = Form(
    "hours",
    "hours",
    HoursSection,
    phrase("Opening hours"),
    phrase("When you work, weekday by weekday"),
    (
        Group(
            phrase("Every week"),
            tuple(Input(day, Kind.SPANS, name) for day, name in choices.DAYS.items()),
            hint=_MIDNIGHT,
        ),
    ),
)

# Public holidays are a choice of the booking policy; these are the owner's own days, and go before them.
SPECIAL_DAYS = Form(
    "special-days",
    "holidays",
    HolidayEntry,
    phrase("Special days"),
    phrase("Days that are not like their weekday, and public holidays"),
    (
        Group(
            phrase("The day"),
            (
                Input("on", Kind.DATE, phrase("Date"), required=True),
                Input("name", Kind.TEXT, phrase("What day it is"), phrase("Like Christmas Eve."), required=True),
                Input("spans", Kind.SPANS, phrase("Open"), phrase("Leave empty when you are closed all day.")),
            ),
        ),
    ),
    Entries(
        "on",
        phrase("Add a day"),
        phrase("Add the days on which you are closed or work other hours. They go before your weekly hours."),
        removal=phrase("From then on this day is like any other of its weekday."),
        remove=phrase("Remove this day"),
    ),
)

# A line's number and company are what it is: the set-up makes lines, these pages change them.
LINES = Form(
    "lines",
    "lines",
    LineEntry,
    phrase("Lines"),
    phrase("Your numbers, how they hear of calls, and whom they ring"),
    (
        Group(
            phrase("The line"),
            (
                Input("label", Kind.TEXT, phrase("Name"), phrase("Where callers saw the number, like Google Ads.")),
                Input(
                    "mode",
                    Kind.CHOICE,
                    phrase("How it hears of calls"),
                    choices=choices.fixed(
                        {
                            "front": phrase("Front: callers dial this number, and it rings your phones"),
                            "overflow": phrase("Overflow: your old number forwards here what nobody answered"),
                            "watch": phrase("Watch: your phone system reports its calls"),
                        }
                    ),
                ),
                Input("language", Kind.CHOICE, phrase("Language of its callers"), choices=choices.languages_or_own),
                Input(
                    # Asked on every line, because a line may become one for overflow later.
                    "forwarding_number",
                    Kind.PHONE,
                    phrase("Your old number, which forwards here"),
                    phrase("For overflow lines only: a call from it would be a loop."),
                ),
            ),
        ),
        # Only front lines ring; the others keep what is set here for the day they become one.
        Group(
            phrase("Ringing your phones"),
            (
                Input(
                    "ring.order",
                    Kind.CHOICE,
                    phrase("Phones ring"),
                    choices=choices.fixed(
                        {"together": phrase("All at once"), "in_turn": phrase("One after the other")}
                    ),
                ),
                Input(
                    "ring.seconds",
                    Kind.WHOLE,
                    phrase("For how long"),
                    phrase("After 20 to 25 seconds the voicemail of most mobiles answers."),
                    required=True,
                    unit=phrase("seconds"),
                ),
                Input(
                    "ring.whisper",
                    Kind.YES,
                    phrase("Whoever picks up presses 1 to take the call"),
                    phrase("So that a mobile’s voicemail never counts as an answer."),
                ),
                Input(
                    "ring.staff",
                    Kind.ORDERED,
                    phrase("Who is rung"),
                    phrase("Nobody chosen: everyone who takes calls."),
                    choices=choices.staff,
                ),
            ),
        ),
        Group(
            phrase("Texts"),
            (
                # One line may stay silent, a fax or the boss's own, while the business goes on texting.
                Input("text_back", Kind.YES, phrase("Text callers whom nobody answered")),
                Input(
                    "registration",
                    Kind.CHOICE,
                    phrase("Registration with the carriers"),
                    phrase("While it is pending, no text leaves this line."),
                    choices=choices.fixed(
                        {
                            "unknown": phrase("Not known"),
                            "pending": phrase("Pending"),
                            "approved": phrase("Approved"),
                            "not_needed": phrase("Not needed"),
                        }
                    ),
                ),
                Input(
                    "texts_per_second",
                    Kind.DECIMAL,
                    phrase("Texts a second, at most"),
                    phrase("0 is no limit."),
                    required=True,
                ),
            ),
        ),
    ),
    Entries(
        "number",
        phrase("Connect a number"),
        phrase("Connect a number, and calls that nobody answers will be caught."),
        can_add=False,
        remove=phrase("Retire this line"),
        removal=phrase(
            "Calls to it are no longer caught and no text leaves it. Its calls and conversations stay. "
            "Take the addresses out at your phone company too."
        ),
    ),
)

# People are known by id everywhere but here, so that a new name is the same person.
STAFF = Form(
    "staff",
    "staff",
    StaffEntry,
    phrase("Staff"),
    phrase("Who is rung, alerted and booked, and when they work"),
    (
        Group(
            phrase("The person"),
            (
                Input("name", Kind.TEXT, phrase("Name"), required=True),
                Input("phone", Kind.PHONE, phrase("Phone"), phrase("Rung for calls, and texted with alerts.")),
                Input("email", Kind.EMAIL, phrase("E-mail")),
                Input("takes_calls", Kind.YES, phrase("Takes calls")),
                Input("takes_bookings", Kind.YES, phrase("Takes bookings")),
            ),
        ),
        Group(
            phrase("Working hours"),
            (
                # Own hours that are all empty are something said: this person is never booked.
                Input(
                    "weekly",
                    Kind.OWN,
                    phrase("Works hours of their own"),
                    phrase("Else bookings are offered in the opening hours."),
                ),
                *(Input(f"weekly.{day}", Kind.SPANS, name) for day, name in choices.DAYS.items()),
            ),
            is_extra=True,
        ),
        Group(
            phrase("Time off"),
            (
                Input(
                    "time_off",
                    Kind.TIMES_OFF,
                    phrase("Days without bookings"),
                    phrase("From and to are for a part of each day. Empty a row to take it away."),
                ),
            ),
            is_extra=True,
        ),
    ),
    Entries(
        "name",
        phrase("Add a person"),
        phrase("Add everybody who takes calls, answers texts or is booked."),
        remove=phrase("Remove this person"),
        # Whoever is removed stays in every row that names them: nobody is deleted.
        removal=phrase("They are no longer rung, alerted or booked. What they did stays under their name."),
    ),
)

# Bookings occupy a thing under an id made of its name: a new name would free it for a second booking.
RESOURCES = Form(
    "resources",
    "resources",
    ResourceEntry,
    phrase("Rooms, chairs and vans"),
    phrase("What a booking takes beside a person"),
    (
        Group(
            phrase("The thing"),
            (
                Input(
                    "name",
                    Kind.TEXT,
                    phrase("Name"),
                    phrase("Like Chair 1. Bookings hold it by this name, so it cannot be changed later."),
                    required=True,
                ),
                Input(
                    "kind",
                    Kind.TEXT,
                    phrase("Kind"),
                    phrase("Like chair. A service asks for a kind and gets whichever is free."),
                    required=True,
                ),
            ),
        ),
    ),
    Entries(
        "name",
        phrase("Add one"),
        phrase("Add what can be used by one booking at a time: chairs, rooms, vans."),
        remove=phrase("Remove it"),
        removal=phrase("No new booking will take it."),
    ),
)
