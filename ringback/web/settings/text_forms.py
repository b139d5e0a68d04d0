"""The forms about what is sent by itself: text-backs, wordings and rules, the receptionist, bookings."""

from ringback.domain.business_document import (
    BookingSection,
    ReceptionistSection,
    RuleEntry,
    TextBackSection,
    WordingEntry,
)
from ringback.domain.calls import Outcome, is_missed
from ringback.domain.phrases import phrase
from ringback.web.pages.telling import OUTCOMES
from ringback.web.settings import choices
from ringback.web.settings.forms import Entries, Form, Group
from ringback.web.settings.inputs import Input, Kind

MISSED = choices.fixed({name: words for name, words in OUTCOMES.items() if is_missed(Outcome(name))})

DAY_WORDS = {"open": phrase("Open"), "closed": phrase("Closed"), "holiday": phrase("Special day")}

# The delay counts from the end of the call; the brakes are folded, since their defaults suit nearly everybody.
TEXT_BACK = Form(
    "text-back",
    "text_back",
    TextBackSection,
    phrase("Texting back"),
    phrase("When a missed caller is texted, and the brakes"),
    (
        Group(
            phrase("When"),
            (
                Input(
                    "delay_seconds",
                    Kind.DECIMAL,
                    phrase("Text so long after the call"),
                    phrase("A caller who rings again and is answered within it gets no text."),
                    required=True,
                    unit=phrase("seconds"),
                ),
                Input(
                    "window_hours",
                    Kind.DECIMAL,
                    phrase("One text to the same caller in"),
                    required=True,
                    unit=phrase("hours"),
                ),
                # The law's quiet hours hold beside these: a text-back answers a call, and may be sent when that came.
                Input("not_before", Kind.TIME, phrase("No text before")),
                Input("not_after", Kind.TIME, phrase("No text after"), phrase("Both or neither; your local time.")),
                Input(
                    "hold",
                    Kind.YES,
                    phrase("Outside these hours, hold the text until they begin"),
                    phrase("Else no text goes out."),
                ),
                Input(
                    "answers_keep_quiet_hours",
                    Kind.YES,
                    phrase("Hold answers at quiet hours too"),
                    phrase(
                        "The law lets an answer to a call or a text go at any hour; this makes it wait for the day."
                    ),
                ),
                Input(
                    # Ticked is off: a kind of call we learn of later is texted until somebody says otherwise.
                    "outcomes_off",
                    Kind.SEVERAL,
                    phrase("Never text after these calls"),
                    choices=MISSED,
                ),
            ),
        ),
        Group(
            phrase("Brakes"),
            (
                Input("per_line_an_hour", Kind.WHOLE, phrase("Texts an hour for each line"), required=True),
                Input("per_business_an_hour", Kind.WHOLE, phrase("Texts an hour for all lines"), required=True),
                Input(
                    "stale_after_seconds",
                    Kind.WHOLE,
                    phrase("A text that could not be sent is dropped after"),
                    phrase("It becomes a call-back instead."),
                    required=True,
                    unit=phrase("seconds"),
                ),
                Input(
                    "thread_open_hours",
                    Kind.DECIMAL,
                    phrase("A conversation counts as open for"),
                    phrase("Whoever is in one is not texted anew."),
                    required=True,
                    unit=phrase("hours"),
                ),
                Input(
                    # Longer than the company takes to report makes every text late; shorter may miss an answer.
                    "settle_seconds",
                    Kind.DECIMAL,
                    phrase("Wait for late news of a call"),
                    required=True,
                    unit=phrase("seconds"),
                ),
            ),
            is_extra=True,
            hint=phrase("What a brake holds back becomes a call-back, and you get one alarm."),
        ),
    ),
)

# The linter reads the body with the longest names this business has, so a preview can be shorter than it counts.
WORDINGS = Form(
    "wordings",
    "wordings",
    WordingEntry,
    phrase("Wordings"),
    phrase("The words of your texts, with a preview"),
    (
        Group(
            phrase("The wording"),
            (
                Input("name", Kind.TEXT, phrase("Name"), phrase("For you, never sent."), required=True),
                Input("language", Kind.CHOICE, phrase("Language"), choices=choices.languages_or_own),
                Input(
                    "body",
                    Kind.LONG,
                    phrase("Text"),
                    phrase("Filled in for you: {business} {opens} {caller_name} {line} {until}"),
                    required=True,
                ),
            ),
        ),
    ),
    Entries(
        "name",
        phrase("Add a wording"),
        phrase("Until you add your own, the built-in texts of your trade are used."),
        remove=phrase("Remove this wording"),
        removal=phrase("Rules that use it have to go first."),
    ),
)

# The order is changed on the list, by buttons: dragging is no way for a thumb or a screen reader.
RULES = Form(
    "rules",
    "rules",
    RuleEntry,
    phrase("Rules"),
    phrase("Which wording a missed call gets"),
    (
        Group(
            phrase("Use"),
            (Input("wording", Kind.CHOICE, phrase("This wording"), choices=choices.wordings, required=True),),
        ),
        Group(
            phrase("When"),
            (
                Input("outcomes", Kind.SEVERAL, phrase("How the call ended"), choices=MISSED),
                Input("days", Kind.SEVERAL, phrase("The business was"), choices=choices.fixed(DAY_WORDS)),
                Input("lines", Kind.SEVERAL, phrase("Line"), choices=choices.labels),
                Input("languages", Kind.SEVERAL, phrase("Language of the caller"), choices=choices.languages),
                Input(
                    "contacts",
                    Kind.CHOICE,
                    phrase("Caller"),
                    choices=choices.fixed(
                        {
                            "any": phrase("Anyone"),
                            "first_time": phrase("First-time callers"),
                            "known": phrase("Those who called or wrote before"),
                        }
                    ),
                ),
            ),
            hint=phrase("Nothing ticked: any."),
        ),
    ),
    Entries(
        "wording",
        phrase("Add a rule"),
        phrase("Without rules every call gets the built-in text of your trade."),
        is_ordered=True,
        remove=phrase("Remove this rule"),
        removal=phrase("Calls it was for go to the next rule that fits."),
    ),
)

# Minutes and days count from now, the grid from midnight.
BOOKING = Form(
    "booking",
    "booking",
    BookingSection,
    phrase("Booking policy"),
    phrase("How soon, how far ahead, reminders, the booking page"),
    (
        Group(
            phrase("What is offered"),
            (
                Input(
                    "lead_minutes",
                    Kind.WHOLE,
                    phrase("Not sooner than"),
                    required=True,
                    unit=phrase("minutes from now"),
                ),
                Input(
                    "horizon_days", Kind.WHOLE, phrase("Not later than"), required=True, unit=phrase("days from now")
                ),
                Input("grid_minutes", Kind.WHOLE, phrase("A start every"), required=True, unit=phrase("minutes")),
                Input(
                    "travel_minutes",
                    Kind.WHOLE,
                    phrase("Travel between two addresses"),
                    required=True,
                    unit=phrase("minutes"),
                ),
                Input(
                    # Typed, because the regions of all countries would be a list of thousands.
                    "holidays",
                    Kind.TEXT,
                    phrase("Public holidays of"),
                    phrase("A country or region like US, US-IL or ES-MD; empty: only your own special days."),
                ),
            ),
        ),
        Group(
            phrase("Around a booking"),
            (
                Input(
                    "hold_minutes",
                    Kind.WHOLE,
                    phrase("A time that was offered is held for"),
                    required=True,
                    unit=phrase("minutes"),
                ),
                Input(
                    # Reminders keep the contact's quiet hours by themselves.
                    "reminder_hours",
                    Kind.DECIMAL,
                    phrase("Remind so long before"),
                    phrase("0: no reminder."),
                    required=True,
                    unit=phrase("hours"),
                ),
                Input("public_page", Kind.YES, phrase("People may book on your own page")),
            ),
        ),
    ),
)

# Switched off, texts still go out and threads still open: only the answers are left to people.
RECEPTIONIST = Form(
    "receptionist",
    "receptionist",
    ReceptionistSection,
    phrase("Receptionist"),
    phrase("Whether it answers texts, where it stops, emergencies"),
    (
        Group(
            phrase("How it works"),
            (
                Input("on", Kind.YES, phrase("Answers texts and books")),
                Input(
                    "says_automated",
                    Kind.YES,
                    phrase("Says up front that it is automated"),
                    phrase("Asked, it always says so."),
                ),
                Input(
                    "follow_up_minutes",
                    Kind.WHOLE,
                    phrase("Asks once more when they go silent, after"),
                    required=True,
                    unit=phrase("minutes"),
                ),
                Input(
                    "call_back_minutes",
                    Kind.WHOLE,
                    phrase("“We will call you back” means within"),
                    required=True,
                    unit=phrase("minutes of opening hours"),
                ),
            ),
        ),
        Group(
            phrase("What is yours"),
            (
                Input(
                    "area",
                    Kind.LIST,
                    phrase("Where you work"),
                    phrase("Postcodes, their beginnings or places, one on each line. Empty: everywhere."),
                ),
                Input(
                    "not_ours", Kind.LIST, phrase("Work you do not do"), phrase("In callers’ words, one on each line.")
                ),
            ),
        ),
        Group(
            phrase("Emergencies"),
            (
                Input(
                    "emergency_words",
                    Kind.LIST,
                    phrase("Words that mean an emergency"),
                    phrase("Beside those of your trade, one on each line."),
                ),
                Input(
                    # Said before anything else is asked, so it must stand on its own.
                    "emergency_instruction",
                    Kind.LONG,
                    phrase("What they are told first"),
                    phrase("Empty: the instruction of your trade."),
                ),
                Input("emergency_instruction_es", Kind.LONG, phrase("The same in Spanish")),
                Input(
                    # An order is chosen one by one: two lists of the same names would be mistaken for each other.
                    "on_call",
                    Kind.ORDERED,
                    phrase("Who is alerted"),
                    phrase("In this order; nobody chosen: everyone who takes calls."),
                    choices=choices.staff,
                ),
                Input(
                    "alert_again_minutes",
                    Kind.WHOLE,
                    phrase("Alert again until somebody takes it, every"),
                    required=True,
                    unit=phrase("minutes"),
                ),
            ),
        ),
        Group(
            phrase("Finer points"),
            (
                Input(
                    "settle_seconds",
                    Kind.DECIMAL,
                    phrase("Several texts in a row are read together after a pause of"),
                    required=True,
                    unit=phrase("seconds"),
                ),
                Input(
                    "max_turns",
                    Kind.WHOLE,
                    phrase("A person takes over after"),
                    required=True,
                    unit=phrase("answers"),
                ),
            ),
            is_extra=True,
        ),
    ),
)
