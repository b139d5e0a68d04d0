"""The script in Spanish, written for readers in Spain, Mexico and the US alike: usted, short, plain."""

LINES = {
    # Opening
    "greeting": "Hola, somos {business}. ¿En qué podemos ayudarle?",
    # "Asistente automático" says it plainly in every Spanish-speaking country.
    "automated": "Soy el asistente automático de {business}.",
    "are_you_a_bot": (
        "Soy el asistente automático de {business}. Puedo responder preguntas y reservar citas; "
        "si prefiere una persona, dígamelo."
    ),
    # What is needed
    "which_service": "¿Qué necesita? Por ejemplo: {examples}.",
    "which_service_again": "¿Cuál de estos es: {examples}?",
    "can_help": "Podemos ayudarle con eso.",
    "what_next": "¿Quiere reservar una visita o prefiere que le llamemos?",
    # Time
    "when": "¿Qué día y a qué hora le viene bien?",
    "which_time": "¿A qué hora le viene bien, {day}?",
    # "De la mañana" and "de la tarde" are how hours are told apart; am and pm are for the eye.
    "which_half": "¿Las {time} de la mañana o de la tarde?",
    "offer_two": "Tenemos {choices}. ¿Cuál le viene bien? También puede decirme otra hora.",
    "offer_one": "Tenemos {choices}. ¿Le viene bien? También puede decirme otra hora.",
    "offer_instead_two": "{wanted} no está libre, lo siento. Lo más cercano: {choices}. ¿Le viene bien alguna?",
    "offer_instead_one": "{wanted} no está libre, lo siento. Lo más cercano: {choices}. ¿Le viene bien?",
    "offer_near_two": "Entonces no hay nada libre, lo siento. Lo más cercano: {choices}. ¿Le viene bien alguna?",
    "offer_near_one": "Entonces no hay nada libre, lo siento. Lo más cercano: {choices}. ¿Le viene bien?",
    "offer_again": "¿Cuál prefiere: {choices}?",
    "one_at_a_time": "Reservo una visita a la vez; empecemos por la primera.",
    "next_one": "Para la siguiente, escríbame el día y la hora.",
    "service_change": "Le pedí al equipo que cambie esa visita. Alguien le escribirá aquí.",
    "go_ahead": "Claro, ¿qué quiere saber?",
    "noted_for_visit": "Gracias, se lo pasé al equipo.",
    "offer_numbered": "Para estar seguros, ¿cuál es: {choices}?",
    "not_with": "{person} no hace {what}, lo siento.",
    "just_taken": "Lo siento, esa hora se acaba de ocupar.",
    "no_opening": "No encuentro ninguna hora libre, lo siento. ¿Le apunto en la lista de espera?",
    "no_more": "No tengo otras horas cercanas, lo siento. ¿Qué otro día u hora le viene bien?",
    "which_part": "¿Prefiere por la mañana, por la tarde o por la noche? También puede ser otro día.",
    "past": "Esa hora ya pasó. ¿Qué día y a qué hora le viene bien?",
    "waiting_list": "Está en la lista de espera. Le escribimos en cuanto haya un hueco.",
    # Details
    "ask_name": "¿A nombre de quién lo pongo?",
    "ask_name_again": "Perdone, ¿a nombre de quién es la reserva?",
    "ask_address": "¿Cuál es la dirección de la visita?",
    "ask_address_again": "Perdone, necesito la calle y el número. ¿Cuál es la dirección?",
    "ask_again": "Perdone, no le entendí. {question}",
    "plain": "{words}",
    "unserved": "Lo siento, no llegamos a esa zona.",
    "unfit": "Lo siento, eso no lo hacemos.",
    "not_ours": "Lo siento, no hacemos ese tipo de trabajo.",
    "person_decides": "Una persona lo mirará y le responderá.",
    # Read-back and booking
    "read_back": "Confirmo: {what}, {start}{extra}. ¿Lo reservo?",
    "read_back_move": "Confirmo: cambiar {what} de {old} a {start}{extra}. ¿Lo cambio?",
    "read_back_again": "¿Reservo {what}, {start}{extra}? Basta con sí o no.",
    "what_else": "De acuerdo. ¿Qué cambio: el día, la hora u otra cosa?",
    "with": " con {person}",
    "at_place": ", en {address}",
    "under": ", para {name}",
    "booked": "Reservado: {what}, {start}{extra}. Para cambiarlo, escríbanos aquí.",
    "moved": "Hecho. Su cita de {what} es ahora {start}{extra}.",
    "see_you": "Gracias, le esperamos {start}.",
    "your_booking": "Tiene {what}, {start}{extra}.",
    # Changing and cancelling
    "no_booking": "No encuentro ninguna cita con este número. Una persona lo revisará y le escribirá.",
    "which_booking": "¿A cuál se refiere: {choices}?",
    "move_to_when": "Claro. ¿Qué día y hora le viene mejor que {start}?",
    # "Quitar del calendario": the verb "cancelar" alone is an opt-out word of carriers.
    "cancel_read_back": "¿Quito del calendario su cita de {what}, {start}?",
    "cancelled": "Hecho, su cita de {what}, {start}, ya no está en el calendario. Escríbanos cuando quiera otra.",
    "kept": "De acuerdo, su cita de {what}, {start}, queda como está.",
    "late": "Gracias por avisar. Ya se lo dije al equipo.",
    # Questions
    "did_you_mean": "¿Se refiere a: {choices}?",
    "unknown": "Eso no lo sé. Pasé su pregunta al equipo y alguien le escribirá.",
    "want_time": "¿Quiere que le busque hora?",
    # People
    "hand_over_open": "Se lo paso al equipo. Alguien le escribirá aquí.",
    "hand_over_closed": "Se lo paso al equipo. Abrimos {opens} y alguien le escribirá aquí.",
    "angry": "Lo siento mucho. Se lo paso ahora a una persona, que le responderá aquí.",
    "call_back": "Alguien le llamará a este número antes de {due}.",
    "quote": "Gracias. El equipo tiene lo necesario para su presupuesto y le escribirá aquí.",
    "ask_quote": "Para el presupuesto, díganos en pocas palabras qué hay que hacer.",
    "picture": "Gracias por la foto. Se la pasé al equipo.",
    "message_taken": "Gracias, lo anoté para el equipo.",
    # Emergencies
    "alerted": "Estoy avisando ahora mismo a la persona de guardia; aquí le diremos quién va.",
    "fee": "La visita de urgencia cuesta {price}{note}. ¿Enviamos a alguien?",
    "fee_agreed": "Gracias. Ya avisé a la persona de guardia; aquí sabrá quién va.",
    "fee_declined": "Entendido, por ahora no va nadie. Una persona le escribirá sobre otras opciones.",
    "emergency_address": "¿Cuál es la dirección?",
    "told_team": "Gracias, se lo pasé a la persona de guardia.",
    # Ends
    "welcome": "¡De nada!",
    "abandoned": "De acuerdo, lo dejamos. Escríbanos cuando quiera.",
    "no_problem": "De acuerdo. Escríbanos cuando quiera.",
    "wrong_number": "Perdone la molestia. No le escribiremos más.",
    # Silence
    "still_there_choice": "¿Sigue buscando hora? Teníamos {choices}. Díganos cuál le viene bien.",
    "still_there_read_back": "¿Reservo todavía {what}, {start}? Basta con un sí.",
    "still_there": "¿Podemos ayudarle todavía? Escríbanos aquí y seguimos.",
}
