"""The words we write for businesses that have written none: every trade, tone, language and moment.

Each fits one GSM-7 segment with a business name of 33 characters and the longest opening time, so Spanish
avoids words with á, í, ó and ú. Each asks one question, and none promises what a business might not keep.
"""

from enum import StrEnum


class Tone(StrEnum):
    """How a business speaks to its callers."""

    WARM = "warm"
    BRIEF = "brief"
    FORMAL = "formal"


class Moment(StrEnum):
    """What a built-in text has to explain: nobody picked up, everyone was on a call, or the business was closed."""

    MISSED = "missed"
    BUSY = "busy"
    CLOSED = "closed"


GENERIC = "generic"


def write_text(trade: str, tone: Tone, language: str, moment: Moment) -> str:
    """Return a wording's body. A trade we do not know gets the generic question, a language we do not, English."""
    spoken = "es" if language.lower().startswith("es") else "en"
    opener = _OPENERS[spoken][tone][moment]
    casual, formal = _QUESTIONS[spoken].get(trade, _QUESTIONS[spoken][GENERIC])
    question = formal if tone is Tone.FORMAL else casual
    return f"{opener} {question} {_ENDINGS[spoken][tone][moment]}"


_OPENERS = {
    "en": {
        Tone.WARM: {
            Moment.MISSED: "Hi, this is {business}. Sorry we missed your call.",
            Moment.BUSY: "Hi, this is {business}. Sorry, we were on another call.",
            Moment.CLOSED: "Hi, {business} is closed now and opens {opens}.",
        },
        Tone.BRIEF: {
            Moment.MISSED: "{business} here. We missed your call.",
            Moment.BUSY: "{business} here. We were on another call.",
            Moment.CLOSED: "{business} is closed and opens {opens}.",
        },
        Tone.FORMAL: {
            Moment.MISSED: "Hello, this is {business}. We regret missing your call.",
            Moment.BUSY: "Hello, this is {business}. We were assisting another caller.",
            Moment.CLOSED: "Hello, {business} is closed and opens {opens}.",
        },
    },
    "es": {
        Tone.WARM: {
            Moment.MISSED: "Hola, somos {business}. Disculpe, no pudimos contestarle.",
            Moment.BUSY: "Hola, somos {business}. Disculpe, atendemos otra llamada.",
            Moment.CLOSED: "Hola, somos {business}. Estamos cerrados; abrimos {opens}.",
        },
        Tone.BRIEF: {
            Moment.MISSED: "{business}: no pudimos contestar su llamada.",
            Moment.BUSY: "{business}: estamos en otra llamada.",
            Moment.CLOSED: "{business}: estamos cerrados, abrimos {opens}.",
        },
        Tone.FORMAL: {
            Moment.MISSED: "Le escribe {business}. Lamentamos no haberle atendido.",
            Moment.BUSY: "Le escribe {business}. Ahora atendemos otra llamada.",
            Moment.CLOSED: "Le escribe {business}. Estamos cerrados; abrimos {opens}.",
        },
    },
}

_EN_WARM = "Text us back here. STOP to opt out."
_EN_BRIEF = "Reply here. STOP to opt out."
_EN_FORMAL = "Please reply here. STOP to opt out."
_ES = "Responda por texto. STOP para darse de baja."
# A Spanish opening time leaves no room to say more; the question itself invites an answer.
_ES_CLOSED = "STOP para darse de baja."

_ENDINGS = {
    "en": {
        Tone.WARM: {Moment.MISSED: _EN_WARM, Moment.BUSY: _EN_WARM, Moment.CLOSED: _EN_BRIEF},
        Tone.BRIEF: dict.fromkeys(Moment, _EN_BRIEF),
        Tone.FORMAL: dict.fromkeys(Moment, _EN_FORMAL),
    },
    "es": {tone: {Moment.MISSED: _ES, Moment.BUSY: _ES, Moment.CLOSED: _ES_CLOSED} for tone in Tone},
}

# Casual and formal. Dental, medical and med spa name no complaint: a health detail must not be drawn out by text.
_QUESTIONS = {
    "en": {
        "vet": ("What's going on with your pet?", "How may we help you and your pet?"),
        "pest_control": ("What kind of pest are you seeing?", "Which pest are you dealing with?"),
        "dental": ("Is it about a new or existing visit?", "Is this about an appointment?"),
        "medical": ("Is it about an appointment or something else?", "Are you calling about an appointment?"),
        "hvac": ("Is it heating, cooling or something else?", "Is it about heating or cooling?"),
        "plumbing": ("What needs fixing, and is water running now?", "What needs repair, and is water leaking?"),
        "law": ("Is this a new matter or an open case?", "Is this a new or an existing matter?"),
        "salon": ("What would you like done, and when?", "Which service would you like, and when?"),
        "med_spa": ("Are you calling about a visit?", "Would you like to arrange a visit?"),
        "garage": ("What's your car doing, and which model is it?", "Which vehicle is it, and what is wrong?"),
        "towing": ("Where are you, and what happened?", "Where is the vehicle, and what happened?"),
        "restaurant": ("Is it a table, an order or something else?", "Is it about a reservation or an order?"),
        "real_estate": ("Which property are you asking about?", "Which property is your call about?"),
        GENERIC: ("What can we help you with?", "How may we help you?"),
    },
    "es": {
        "vet": ("¿Qué le pasa a su mascota?", "¿Qué necesita su mascota?"),
        "pest_control": ("¿Qué plaga ha visto?", "¿Qué plaga tiene y en qué lugar?"),
        "dental": ("¿Es por una cita?", "¿Su llamada era por una cita?"),
        "medical": ("¿Es por una cita u otra cosa?", "¿Su llamada era sobre una cita?"),
        "hvac": ("¿Falla el aire o el calentador?", "¿Qué equipo necesita servicio?"),
        "plumbing": ("¿Qué falla y hay fuga de agua?", "¿Qué necesita reparar?"),
        "law": ("¿Es un caso nuevo o ya abierto?", "¿Es un asunto nuevo o en curso?"),
        "salon": ("¿Qué servicio le interesa?", "¿Qué servicio desea?"),
        "med_spa": ("¿Llama para pedir una cita?", "¿Desea solicitar una cita?"),
        "garage": ("¿Qué auto es y qué le pasa?", "¿Qué modelo es y qué falla tiene?"),
        "towing": ("¿Qué ocurre y en qué lugar?", "¿En qué lugar se encuentra?"),
        "restaurant": ("¿Quiere mesa o hacer un pedido?", "¿Desea una mesa o un pedido?"),
        "real_estate": ("¿Qué propiedad le interesa?", "¿Por qué propiedad pregunta?"),
        GENERIC: ("¿En qué le podemos ayudar?", "¿En qué podemos servirle?"),
    },
}

TRADES = tuple(_QUESTIONS["en"])
