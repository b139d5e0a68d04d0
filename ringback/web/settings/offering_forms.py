"""The forms about what the business sells and says: services with their questions, and facts."""

from ringback.domain.business_document import DetailEntry, FactEntry, ServiceEntry
from ringback.domain.phrases import phrase
from ringback.web.settings import choices
from ringback.web.settings.forms import Entries, Form, Group
from ringback.web.settings.inputs import Input, Kind

# What nearly every service needs comes first; what few need is folded, so that a phone shows little.
SERVICES = Form(
    "services",
    "services",
    ServiceEntry,
    phrase("Services"),
    phrase("What you sell, what it costs, and what must be asked first"),
    (
        Group(
            phrase("The service"),
            (
                Input("name", Kind.TEXT, phrase("Name"), required=True),
                Input(
                    "also",
                    Kind.LIST,
                    phrase("What callers call it"),
                    phrase("One on each line, in any language."),
                ),
                # The one number without a default: nobody but the owner knows how long it takes.
                Input("minutes", Kind.WHOLE, phrase("It takes"), required=True, unit=phrase("minutes")),
            ),
        ),
        Group(
            phrase("Price"),
            (
                Input(
                    # Asked in the money people pay, kept in cents: no sum is ever a fraction.
                    "price_cents",
                    Kind.MONEY,
                    phrase("Price"),
                    phrase("Empty: no price is ever said. 0 is free. For the emergency visit it is the fee."),
                ),
                Input("price_from", Kind.YES, phrase("It is the lowest price: say “from”")),
                Input(
                    "price_note",
                    Kind.TEXT,
                    phrase("What goes with the price"),
                    phrase("Like: Comes off the repair."),
                ),
            ),
        ),
        Group(
            phrase("Booking"),
            (
                Input(
                    "bookable",
                    Kind.YES,
                    phrase("Can be booked without you"),
                    phrase("Else a person follows up."),
                ),
                # A quote and a booking exclude each other in practice, but a visit to look may be both.
                Input("quote", Kind.YES, phrase("Needs a quote")),
                Input(
                    "at_address",
                    Kind.YES,
                    phrase("Done at the caller’s place"),
                    phrase("The address is asked for."),
                ),
                Input("asks_name", Kind.YES, phrase("Ask for the name")),
                Input(
                    "emergency",
                    Kind.YES,
                    phrase("This is the visit that emergencies get"),
                    phrase("One service can be."),
                ),
            ),
        ),
        Group(
            phrase("Who and what it takes"),
            (
                Input(
                    "staff",
                    Kind.SEVERAL,
                    phrase("Who can do it"),
                    phrase("Nobody ticked: everyone who takes bookings."),
                    choices=choices.bookable_staff,
                ),
                Input("resources", Kind.SEVERAL, phrase("What it takes, one of each"), choices=choices.kinds),
                Input(
                    "buffer_minutes",
                    Kind.WHOLE,
                    phrase("Kept free afterwards"),
                    required=True,
                    unit=phrase("minutes"),
                ),
                Input(
                    # Two at one start share a person, which only classes and tours do.
                    "capacity",
                    Kind.WHOLE,
                    phrase("Bookings that may share one start"),
                    phrase("More than 1 for classes and tours."),
                    required=True,
                ),
            ),
            is_extra=True,
        ),
    ),
    Entries(
        "name",
        phrase("Add a service"),
        phrase("Add what callers ask for. The receptionist offers it, says its price and books it."),
        remove=phrase("Remove this service"),
        removal=phrase("It is no longer offered. Bookings of it stay."),
    ),
)

# Each question is a page of its own below its service: ten of them in one form nobody would finish on a phone.
DETAILS = Form(
    "details",
    "details",
    DetailEntry,
    phrase("Questions before the booking"),
    phrase("What staff must know before they come"),
    (
        Group(
            phrase("The question"),
            (
                Input("name", Kind.TEXT, phrase("What it is about"), phrase("Like insurance."), required=True),
                Input("question", Kind.TEXT, phrase("The question, in your words"), required=True),
                Input("question_es", Kind.TEXT, phrase("The question in Spanish")),
                Input(
                    "kind",
                    Kind.CHOICE,
                    phrase("The answer is"),
                    choices=choices.fixed(
                        {
                            "text": phrase("Anything"),
                            "yes_no": phrase("Yes or no"),
                            "choice": phrase("One of the answers below"),
                            "number": phrase("A number"),
                        }
                    ),
                ),
                Input(
                    "choices",
                    Kind.LIST,
                    phrase("Answers to choose from"),
                    phrase("One on each line, at least two."),
                ),
                Input("new_only", Kind.YES, phrase("Ask only people who have not booked here before")),
            ),
        ),
        Group(
            phrase("When the job is not for you"),
            (
                Input(
                    # Free text is never judged: what rules a job out must be one of known answers.
                    "unfit_answers",
                    Kind.LIST,
                    phrase("Answers that rule the job out"),
                    phrase("One on each line: one of the choices, yes or no, or a limit like <10 or >50."),
                ),
                Input(
                    "unfit",
                    Kind.CHOICE,
                    phrase("Then"),
                    choices=choices.fixed(
                        {"decline": phrase("Say so kindly"), "hand_over": phrase("Bring in a person")}
                    ),
                ),
                Input("unfit_words", Kind.TEXT, phrase("What is said then")),
            ),
            is_extra=True,
        ),
    ),
    Entries(
        "name",
        phrase("Add a question"),
        phrase("Nothing is asked but what a booking needs."),
        remove=phrase("Remove this question"),
        removal=phrase("It is no longer asked. Answers given so far stay with their bookings."),
    ),
)

# The Spanish answer is the owner's too: a price in a translation of ours would be our promise.
FACTS = Form(
    "facts",
    "facts",
    FactEntry,
    phrase("Facts"),
    phrase("Your answers to what callers ask"),
    (
        Group(
            phrase("Question and answer"),
            (
                Input("question", Kind.TEXT, phrase("Question"), phrase("As callers ask it."), required=True),
                # Long, because directions are; the receptionist sends it as it stands.
                Input("answer", Kind.LONG, phrase("Answer"), required=True),
                Input("also", Kind.LIST, phrase("Other ways to ask it"), phrase("One on each line.")),
                Input("answer_es", Kind.LONG, phrase("Answer in Spanish")),
            ),
        ),
    ),
    Entries(
        "question",
        phrase("Add a fact"),
        phrase("Add what callers ask again and again. The receptionist says nothing that is not among your facts."),
        remove=phrase("Remove this fact"),
        removal=phrase("Whoever asks it will hear that a person gets back to them."),
    ),
)
