"""What is told first in an emergency where the owner has written nothing: one safe thing to do, in 150 GSM-7 letters.

Never medical advice: where a life is at risk it is to call emergency services. The Spanish does without á, í, ó and ú.
"""

from ringback.receptionist.understanding.emergency_kinds import EmergencyKind as Kind

# National numbers; 112 works on every mobile network of the EU and on most others (3GPP TS 22.101).
_NUMBERS = dict.fromkeys(("US", "CA", "MX", "PR"), "911") | {
    "GB": "999",
    "IE": "112",
    "AU": "000",
    "NZ": "111",
    "ES": "112",
}


def emergency_number(country: str) -> str:
    """Return the number of the emergency services there (`country` is ISO 3166 alpha-2); 112 where we do not know."""
    return _NUMBERS.get(country.upper(), "112")


def default_instruction(kind: str, trade: str, language: str, country: str) -> str:
    """Return what to do first. A kind or language that is not known gets the general words, or English."""
    words = _SPANISH if language.lower().startswith("es") else _ENGLISH
    on_road = trade in ("garage", "towing") and kind == Kind.FIRE
    text = words[_BURNING_CAR] if on_road else words.get(kind, words[Kind.STATED])
    return text.format(number=emergency_number(country), line=_crisis_line(language, country))


def _crisis_line(language: str, country: str) -> str:
    # 988 is the suicide and crisis lifeline of the US and Canada.
    if country.upper() not in ("US", "CA"):
        return emergency_number(country)
    joined = "o al" if language.lower().startswith("es") else "or"
    return f"911 {joined} 988"


_BURNING_CAR = "burning_car"
_CALL_EN = "Please call {number} now. Do not wait for us."
_PET_EN = "If we cannot see you at once, please go straight to the nearest open animal hospital. Keep your phone on."
_ENGLISH: dict[str, str] = {
    Kind.SELF_HARM: "We are glad you wrote. Please call {line} now; someone is there for you at any hour.",
    Kind.LOCKED_IN_CHILD: "Please call {number} now. Do not wait for us.",
    Kind.BREATHING_PET: _PET_EN,
    Kind.POISONED_PET: "Please go straight to the nearest open animal hospital; take along what was eaten.",
    Kind.BLEEDING_PET: _PET_EN,
    Kind.BLOAT: _PET_EN,
    Kind.BLOCKED_PET: _PET_EN,
    Kind.INJURED_PET: _PET_EN,
    Kind.CHEST_PAIN: _CALL_EN,
    Kind.STROKE: _CALL_EN,
    Kind.BREATHING: _CALL_EN,
    Kind.UNCONSCIOUS: _CALL_EN,
    Kind.BLEEDING: "If the bleeding is heavy or does not stop, call {number} now. Do not wait for us.",
    Kind.POISONING: _CALL_EN,
    Kind.ALLERGIC: _CALL_EN,
    Kind.LABOR: _CALL_EN,
    Kind.CARBON_MONOXIDE: "Get everyone outside into fresh air now and call {number}. Do not go back in.",
    Kind.GAS: "Leave the building now; touch no switches. Outside, call {number} or the gas company.",
    Kind.FIRE: "Get everyone out now and call {number}. Do not go back inside.",
    _BURNING_CAR: "Get everyone out and well away from the vehicle now, and call {number}.",
    Kind.DANGER: "Get to a safe place and call {number} now. Do not wait for us.",
    Kind.CRASH: "If anyone is hurt or in danger, call {number} now. Stay well away from traffic.",
    Kind.ELECTRICAL: "Keep away and touch nothing. With smoke, fire or a shock to anyone: get out, call {number}.",
    Kind.FLOODING: "If it is safe, shut the main water valve. Stay out of water near outlets or cords.",
    Kind.SEWAGE: "Please use no water or drains for now, and keep people and pets away from it.",
    Kind.NO_HEAT: "Please do not heat with an oven or grill. If the cold makes anyone unwell, call {number}.",
    Kind.NO_COOLING: "Please get everyone to a cooler place. If anyone is faint or confused, call {number} now.",
    Kind.DENTAL_TRAUMA: "Bring the tooth with you. After a blow to the head or with heavy bleeding, call {number} now.",
    Kind.SWELLING: "If it gets hard to breathe or swallow, call {number} now. Otherwise keep your phone on.",
    Kind.REACTION: "If the eyes or the breathing are affected, call {number} now. Otherwise keep your phone on.",
    Kind.FEVER: "With trouble breathing, a seizure, or if hard to wake: call {number} now.",
    Kind.SEVERE_PAIN: "If it gets hard to breathe or you feel faint, call {number} now. Otherwise keep your phone on.",
    Kind.STRANDED: "Stay well away from traffic. If you are in danger, call {number}. Keep your phone on.",
    Kind.LOCKED_OUT: "Please wait somewhere safe and keep your phone on. If anyone is in danger, call {number}.",
    Kind.SWARM: "Move away and close the doors. If anyone was stung or bitten and feels ill, call {number}.",
    Kind.ARRESTED: "Please keep your phone on. If anyone is hurt or in danger, call {number}.",
    Kind.STATED: "If anyone is hurt or in danger, call {number} now. Please keep your phone on.",
}
_CALL_ES = "Por favor llame ya al {number}. No espere nuestra respuesta."
_PET_ES = (
    "Si no podemos verle enseguida, vaya directo al hospital de animales abierto que quede cerca. Tenga su celular a "
    "mano."
)
_SPANISH: dict[str, str] = {
    Kind.SELF_HARM: "Nos alegra que nos escriba. Por favor llame ya al {line}; a toda hora hay alguien para usted.",
    Kind.LOCKED_IN_CHILD: _CALL_ES,
    Kind.BREATHING_PET: _PET_ES,
    Kind.POISONED_PET: "Vaya directo al hospital de animales abierto que quede cerca; lleve lo que haya ingerido.",
    Kind.BLEEDING_PET: _PET_ES,
    Kind.BLOAT: _PET_ES,
    Kind.BLOCKED_PET: _PET_ES,
    Kind.INJURED_PET: _PET_ES,
    Kind.CHEST_PAIN: _CALL_ES,
    Kind.STROKE: _CALL_ES,
    Kind.BREATHING: _CALL_ES,
    Kind.UNCONSCIOUS: _CALL_ES,
    Kind.BLEEDING: "Si sangra mucho o no para, llame ya al {number}. No espere nuestra respuesta.",
    Kind.POISONING: _CALL_ES,
    Kind.ALLERGIC: _CALL_ES,
    Kind.LABOR: _CALL_ES,
    Kind.CARBON_MONOXIDE: "Salgan todos al aire libre y llamen ya al {number}. No vuelvan a entrar.",
    Kind.GAS: "Salgan ya; no toquen interruptores. Desde afuera llamen al {number} o a la empresa de gas.",
    Kind.FIRE: "Salgan todos ya y llamen al {number}. No vuelvan a entrar.",
    _BURNING_CAR: "Salgan todos, vayan lejos del carro y llamen ya al {number}.",
    Kind.DANGER: "Vaya a un lugar seguro y llame ya al {number}. No espere nuestra respuesta.",
    Kind.CRASH: "Si alguien necesita ayuda o corre peligro, llame ya al {number}. Mantenga distancia de los autos.",
    Kind.ELECTRICAL: "No se acerque ni toque nada. Si hay humo, fuego o una descarga, salga y llame al {number}.",
    Kind.FLOODING: "Si no hay riesgo, cierre la llave principal del agua. No pise agua cerca de enchufes o cables.",
    Kind.SEWAGE: "Por ahora no use agua ni desagües, y que nadie se acerque: ni personas ni mascotas.",
    Kind.NO_HEAT: "No caliente la casa con el horno ni con parrilla. Si alguien se enferma, llame al {number}.",
    Kind.NO_COOLING: "Lleve a todos a un lugar fresco. Si alguien se desmaya o se confunde, llame ya al {number}.",
    Kind.DENTAL_TRAUMA: "Traiga el diente. Si hubo golpe en la cabeza o sangra mucho, llame ya al {number}.",
    Kind.SWELLING: "Si cuesta respirar o tragar, llame ya al {number}. Si no, tenga su celular a mano.",
    Kind.REACTION: "Si afecta los ojos o cuesta respirar, llame ya al {number}. Si no, tenga su celular a mano.",
    Kind.FEVER: "Si cuesta respirar o despertar, o hay convulsiones, llame ya al {number}. Si no, tenga su celular a "
    "mano.",
    Kind.SEVERE_PAIN: "Si cuesta respirar o se desmaya, llame ya al {number}. Si no, tenga su celular a mano.",
    Kind.STRANDED: "Espere lejos de los autos que pasan. Si hay peligro, llame al {number}. Tenga su celular a mano.",
    Kind.LOCKED_OUT: "Espere en un lugar seguro con su celular a mano. Si alguien corre peligro, llame al {number}.",
    Kind.SWARM: "No se acerque y cierre las puertas. Si hay picaduras y alguien se siente mal, llame ya al {number}.",
    Kind.ARRESTED: "Tenga su celular a mano. Si alguien corre peligro, llame al {number}.",
    Kind.STATED: "Si alguien corre peligro, llame ya al {number}. Por favor tenga su celular a mano.",
}
