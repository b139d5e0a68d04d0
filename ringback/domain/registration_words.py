"""The words of the public pages, in English and in Spanish; both say the same, each as its readers would."""

from collections.abc import Mapping
from dataclasses import dataclass

Paragraphs = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """One language. Sections are in the order in which they are read; a sentence whose value is missing is left out."""

    language: str
    titles: Mapping[str, str]
    consent: Mapping[str, Paragraphs]
    privacy: Mapping[str, Paragraphs]
    terms: Mapping[str, Paragraphs]
    spoken: str
    own: str
    contact: str
    trading_as: str
    either: str


_EN_RATES = "Message frequency varies with your calls and with what you write. Msg & data rates may apply."
_EN_STOP = "Reply STOP to any of our texts, and you get no more of them. Reply START to get them again."
_EN_HELP = "Reply HELP for help, or call %(number)s."
_EN_MAIL = "You can also write to %(email)s."
_EN_NOT_SHARED = (
    "We do not sell mobile numbers. Mobile information, and the fact that you agreed to texts, is not shared with "
    "third parties or affiliates for marketing or promotional purposes."
)
_EN_AGREE = (
    "You agree to a text when you call %(numbers)s, which %(name)s publishes. If we miss your call, we send one text "
    "message about that call to the number you called from."
)

ENGLISH = Words(
    language="en",
    titles={
        "sms-consent": "Text messages from %(name)s",
        "privacy": "Privacy at %(name)s: calls and text messages",
        "terms": "Terms of the text messages of %(name)s",
    },
    consent={
        "How you agree": (
            _EN_AGREE,
            "Callers hear before they are texted: “%(line)s”",
            "We text nobody who has not called or written to us, and we buy no lists of numbers. You need not agree to "
            "texts to buy anything from us.",
        ),
        "What you get": (
            "One text about the call that we missed, and no second one within %(hours)s hours, however often you call.",
            "More texts come only when you answer: they are part of that conversation, or concern a booking that you "
            "made with us (confirmation, reminder, change). We send no advertising.",
            _EN_RATES,
            "Answers may be written by an automated assistant. Ask for a person at any time.",
            "Such a text reads: “%(sample)s”",
        ),
        "How to stop, and how to get help": (_EN_STOP, _EN_HELP, _EN_MAIL),
        "Your number stays with us": (_EN_NOT_SHARED,),
    },
    privacy={
        "What we keep": (
            "The number you call or text from, and your name where you or your phone company tell it to us.",
            "When you called, whether somebody answered, and the texts and pictures that you and we sent.",
            "What a booking needs: what you want done, when, and where, if we come to you.",
            "Whether you agreed to texts or asked us to stop them, and when.",
        ),
        "What it is for": (
            "To answer the call that we missed, to keep up the conversation, to make and keep bookings, and to prove "
            "what you agreed to. For nothing else.",
        ),
        "Who sees it": (
            "The people who work for %(name)s, and the companies that carry calls and texts or run our computers for "
            "us, for that work alone.",
            _EN_NOT_SHARED,
        ),
        "How long we keep it": (
            "As long as the work that you called about needs it, and as long as the law wants proof of what you agreed "
            "to or of your wish to get no more texts.",
        ),
        "What you can do": (
            _EN_STOP,
            _EN_HELP,
            "Ask us what we keep about you, to correct it, or to erase it: call %(number)s.",
            _EN_MAIL,
        ),
    },
    terms={
        "What this is": (
            "%(name)s texts callers whose call nobody answered, and answers those who write back.",
            _EN_AGREE,
        ),
        "How often, and what it costs": (
            "One text for a missed call, no second one within %(hours)s hours, and further ones only as part of a "
            "conversation or a booking of yours.",
            _EN_RATES + " We charge nothing for texts; your mobile plan may.",
        ),
        "How to stop": (
            _EN_STOP,
            "One last text confirms that you were taken off. You can also say so in other words.",
        ),
        "How to get help": (_EN_HELP, _EN_MAIL),
        "Delivery": (
            "Texts can come late or not at all. Mobile carriers are not liable for delayed or undelivered messages.",
            "Never use a text in an emergency: call %(emergency)s.",
        ),
        "Privacy": (_EN_NOT_SHARED,),
    },
    spoken="Thank you for calling %(name)s. If we miss your call, we will send you one text message about it; by "
    "staying on the line you agree to that. Reply STOP to it to get no more.",
    own="From %(name)s",
    contact="Contact",
    trading_as="%(legal_name)s, doing business as %(name)s",
    either=" or ",
)

_ES_RATES = (
    "La cantidad de mensajes varía según sus llamadas y lo que nos escriba. Pueden aplicarse tarifas de mensajes y "
    "datos (Msg & data rates may apply)."
)
_ES_STOP = "Responda STOP a cualquiera de nuestros mensajes y no recibirá más. Responda START para volver a recibirlos."
_ES_HELP = "Responda HELP para pedir ayuda, o llame al %(number)s."
_ES_MAIL = "También puede escribir a %(email)s."
_ES_NOT_SHARED = (
    "No vendemos números de celular. Los datos de su celular, y el hecho de que aceptó recibir mensajes, no se "
    "comparten con terceros ni con empresas afiliadas con fines de mercadeo o promoción."
)
_ES_AGREE = (
    "Usted acepta recibir un mensaje de texto cuando llama al %(numbers)s, que %(name)s publica. Si no alcanzamos a "
    "contestar, enviamos un solo mensaje sobre esa llamada al número desde el que llamó."
)

SPANISH = Words(
    language="es",
    titles={
        "sms-consent": "Mensajes de texto de %(name)s",
        "privacy": "Privacidad en %(name)s: llamadas y mensajes",
        "terms": "Condiciones de los mensajes de texto de %(name)s",
    },
    consent={
        "Cómo da su permiso": (
            _ES_AGREE,
            "Antes de recibir un mensaje, quien llama escucha: «%(line)s»",
            "No escribimos a nadie que no nos haya llamado o escrito, y no compramos listas de números. No hace falta "
            "aceptar mensajes para comprarnos algo.",
        ),
        "Qué va a recibir": (
            "Un mensaje sobre la llamada que perdimos, y ningún otro en %(hours)s horas, por más veces que llame.",
            "Solo recibirá más mensajes si contesta: son parte de esa conversación o tratan de una cita que usted hizo "
            "(confirmación, recordatorio, cambio). No enviamos publicidad.",
            _ES_RATES,
            "Es posible que le conteste un asistente automático. Puede pedir hablar con una persona cuando quiera.",
            "El mensaje dice, por ejemplo: «%(sample)s»",
        ),
        "Cómo dejar de recibirlos y pedir ayuda": (_ES_STOP, _ES_HELP, _ES_MAIL),
        "Su número se queda con nosotros": (_ES_NOT_SHARED,),
    },
    privacy={
        "Qué guardamos": (
            "El número desde el que llama o escribe, y su nombre si usted o su compañía telefónica nos lo dan.",
            "Cuándo llamó, si alguien contestó, y los mensajes y fotos que usted y nosotros enviamos.",
            "Lo que hace falta para una cita: qué necesita, cuándo y, si vamos a su casa, dónde.",
            "Si aceptó recibir mensajes o pidió no recibir más, y cuándo.",
        ),
        "Para qué": (
            "Para contestar la llamada que perdimos, seguir la conversación, hacer y cumplir citas, y demostrar lo que "
            "usted aceptó. Para nada más.",
        ),
        "Quién lo ve": (
            "Las personas que trabajan en %(name)s y las empresas que transmiten las llamadas y los mensajes o manejan "
            "nuestros equipos, solo para ese trabajo.",
            _ES_NOT_SHARED,
        ),
        "Cuánto tiempo": (
            "Mientras lo necesite el trabajo por el que llamó, y mientras la ley exija prueba de lo que aceptó o de "
            "que pidió no recibir más mensajes.",
        ),
        "Qué puede hacer": (
            _ES_STOP,
            _ES_HELP,
            "Para saber qué guardamos sobre usted, corregirlo o borrarlo, llame al %(number)s.",
            _ES_MAIL,
        ),
    },
    terms={
        "De qué se trata": (
            "%(name)s escribe a quienes llamaron sin que nadie contestara, y responde a quienes contestan.",
            _ES_AGREE,
        ),
        "Con qué frecuencia y cuánto cuesta": (
            "Un mensaje por llamada perdida, ningún otro en %(hours)s horas, y más solo como parte de una conversación "
            "o de una cita suya.",
            _ES_RATES + " Nosotros no cobramos los mensajes; su plan de celular tal vez sí.",
        ),
        "Cómo dejar de recibirlos": (
            _ES_STOP,
            "Un último mensaje lo confirma. También puede decirlo con otras palabras.",
        ),
        "Cómo pedir ayuda": (_ES_HELP, _ES_MAIL),
        "Entrega": (
            "Un mensaje puede llegar tarde o no llegar. Las compañías de celular no responden por mensajes demorados o "
            "no entregados.",
            "En una emergencia no escriba: llame al %(emergency)s.",
        ),
        "Privacidad": (_ES_NOT_SHARED,),
    },
    spoken="Gracias por llamar a %(name)s. Si no alcanzamos a contestar, le enviaremos un solo mensaje de texto sobre "
    "su llamada; al seguir en la línea usted lo acepta. Responda STOP para no recibir más.",
    own="De %(name)s",
    contact="Contacto",
    trading_as="%(legal_name)s, con el nombre comercial %(name)s",
    either=" o al ",
)
