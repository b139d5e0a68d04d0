"""The time words of Spanish, without accents: "mañana" and "manana" are one word by now."""

from collections.abc import Mapping

from ringback.receptionist.understanding.times_kinds import Kind, Lexicon, build_lexicon, each, listed
from ringback.receptionist.understanding.times_ordinary import SPANISH
from ringback.receptionist.understanding.times_parts import Part

_UNITS = "cero uno dos tres cuatro cinco seis siete ocho nueve".split()
_NUMBERS = {word: value for value, word in enumerate(_UNITS)} | {
    word: value
    for value, word in enumerate(
        "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos "
        "veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve treinta".split(),
        start=10,
    )
}
_COMPOUND = {
    f"{tens} y {_UNITS[unit]}": value + unit
    for tens, value in (("veinte", 20), ("treinta", 30), ("cuarenta", 40), ("cincuenta", 50))
    for unit in range(1, 10)
}
_MORE = {"zero": 0, "una": 1, "un": 1, "veintiun": 21, "cuarenta": 40, "cincuenta": 50, "treinta y un": 31}

_DAY_NAMES = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")

_DAYS: Mapping[Kind, Mapping[str, int]] = {
    Kind.WEEKDAY: {name: place for place, name in enumerate(_DAY_NAMES)}
    | each(v0="lun", v1="mart,ma", v2="mie,mier,miercole,mierc", v3="jue,juev", v4="vie,vier", v5="sab", v6="dom"),
    Kind.WEEKDAYS: {f"los {name}": place for place, name in enumerate(_DAY_NAMES)}
    | each(v5="los sabados,sabados", v6="los domingos,domingos", v7="entre semana,dias de semana,dias laborables,"
           "los dias de semana,dia de semana", v8="los fines de semana,fines de semana"),
    Kind.MONTH: each(
        v1="enero,ene", v2="febrero,feb", v3="marzo,mzo", v4="abril,abr", v5="mayo", v6="junio,jun", v7="julio,jul",
        v8="agosto,ago", v9="septiembre,setiembre,sep,sept,set", v10="octubre,oct", v11="noviembre,nov",
        v12="diciembre,dic",
    ),
    Kind.RELATIVE: each(
        v0="hoy,el dia de hoy,hoy dia,hoy mismo,mas tarde hoy,hoy mas tarde,este dia",
        v1="manana,el dia de manana,al dia siguiente,el dia siguiente,dia siguiente,siguiente dia,mnn,mna,"
        "mnana,manan,manana mismo",
        v2="pasado manana,pasado mnn,pasadomanana", v7="de hoy en ocho,de hoy en 8",
        v14="de hoy en quince,de hoy en 15", v101="esta manana,hoy en la manana,hoy por la manana",
        v100="esta noche,hoy en la noche,hoy por la noche,hoy a la noche",
    ),
    Kind.WEEKEND: listed("fin de semana,finde,el finde,fin de sem"),
    Kind.UNIT: each(
        v1="minuto,minutos,min,mins", v60="hora,horas,hr,hrs,h,hs", v1440="dia,dias", m12="ano,anos",
    ),
    Kind.WEEK: each(v1="semana,semanas,sem", v2="quincena,quincenas"),
    Kind.MONTH_NOUN: listed("mes,meses", 1),
    Kind.THIS: listed("este,esta,presente"),
    Kind.NEXT: listed("proximo,proxima,prox,siguiente,sig,entrante,sgte"),
    # The coming weekday, but the next week or month.
    Kind.COMING: listed("que viene,q viene,que entra,q entra,que sigue,venidero,k viene"),
    Kind.LAST: listed("pasado,pasada,ultimo,ultima,anterior"),
    Kind.AGO: listed(
        "hace,desde hace,ayer,anteayer,antier,anoche,la semana pasada,el mes pasado,el ano pasado,llevo,llevamos"
    ),
    Kind.HENCE: listed("a partir de hoy,a partir de ahora,desde hoy,desde ahora,despues de hoy,despues"),
    Kind.WITHIN: listed(
        "en los proximos,en las proximas,durante los proximos,en menos de,antes de que pasen,los proximos,"
        "las proximas"
    ),
    Kind.EDGE: each(
        v0="principios,a principios,principio,al principio,inicio,a inicios,inicios,comienzos,a comienzos",
        v1="mediados,a mediados,mitad,a mitad", v2="finales,a finales,fines,a fines,fin,a fin,final,al final,"
        "tarde hacia",
    ),
    Kind.SOME: each(v2="par,un par,un par de,par de", v3="unos,unas,algunos,algunas,pocos,unos cuantos"),
    Kind.ANY: listed("cualquier,cada,todos los,algun"),
}  # fmt: skip

_OF_THE = ("de la", "por la", "en la", "a la", "x la", "de", "la", "esta", "las", "por las", "en las")
_PART_WORDS = {
    "manana": Part.MORNING, "mananita": Part.EARLY_MORNING, "mananas": Part.MORNING, "tarde": Part.AFTERNOON,
    "tardes": Part.AFTERNOON, "tardecita": Part.EARLY_EVENING, "noche": Part.NIGHT, "noches": Part.NIGHT,
    "madrugada": Part.SMALL_HOURS, "mediodia": Part.MIDDAY, "medio dia": Part.MIDDAY,
}  # fmt: skip

_HOURS: Mapping[Kind, Mapping[str, int]] = {
    Kind.NUMBER: _NUMBERS | _COMPOUND | _MORE,
    Kind.NTH: each(v1="primero,primer,primera", v2="segundo", v3="tercero,tercer"),
    Kind.MERIDIEM: each(v0="am,a m,de am", v1="pm,p m,de pm", v2="ampm"),
    Kind.PART: {
        f"{link} {word}": part
        for link in _OF_THE
        for word, part in _PART_WORDS.items()
        if (link, word) != ("de", "manana") and link != "esta"
    }
    | {
        "tarde": Part.AFTERNOON, "tardes": Part.AFTERNOON, "noche": Part.NIGHT, "tardecita": Part.EARLY_EVENING,
        "madrugada": Part.SMALL_HOURS, "del mediodia": Part.MIDDAY, "del medio dia": Part.MIDDAY,
        "temprano por la manana": Part.EARLY_MORNING, "temprano en la manana": Part.EARLY_MORNING,
        "tempranito": Part.EARLY, "temprano": Part.EARLY,
        "a primera hora": Part.OPENING, "primera hora": Part.OPENING, "cuando abran": Part.OPENING,
        "a ultima hora": Part.CLOSING, "ultima hora": Part.CLOSING, "antes de cerrar": Part.CLOSING,
        "al final del dia": Part.CLOSING, "final del dia": Part.CLOSING, "fin del dia": Part.CLOSING,
        "a fin de dia": Part.CLOSING, "fin de dia": Part.CLOSING, "despues del trabajo": Part.AFTER_WORK,
        "despues de trabajar": Part.AFTER_WORK, "saliendo del trabajo": Part.AFTER_WORK,
        "cuando salga del trabajo": Part.AFTER_WORK, "antes del trabajo": Part.BEFORE_WORK,
        "antes de trabajar": Part.BEFORE_WORK, "despues de comer": Part.AFTER_LUNCH,
        "despues del almuerzo": Part.AFTER_LUNCH, "despues de almorzar": Part.AFTER_LUNCH,
        "despues de la comida": Part.AFTER_LUNCH, "antes de comer": Part.BEFORE_LUNCH,
        "antes del almuerzo": Part.BEFORE_LUNCH, "a la hora de comer": Part.LUNCH, "hora de comida": Part.LUNCH,
        "a la hora del almuerzo": Part.LUNCH, "hora del almuerzo": Part.LUNCH, "en el almuerzo": Part.LUNCH,
        "a media manana": Part.MID_MORNING, "a media tarde": Part.MID_AFTERNOON,
        "despues de la escuela": Part.AFTER_SCHOOL,
        "despues de clases": Part.AFTER_SCHOOL, "en ayunas": Part.EARLY,
    },
    Kind.NOON: each(
        v720="mediodia,medio dia,al mediodia,al medio dia,a mediodia,a medio dia,el mediodia,12 del mediodia,"
        "12 del dia,doce del mediodia,doce del dia",
        v1440="medianoche,media noche,a medianoche,a media noche,12 de la noche,doce de la noche,la medianoche",
    ),
    Kind.ISH: listed("mas o menos,o asi,aproximadamente,aprox,y pico,o por ahi,masomenos"),
    Kind.OCLOCK: listed("en punto,en pto,exacto,exactas"),
    Kind.FRACTION: each(v30="media", v15="cuarto,un cuarto,quarto"),
    Kind.ZONE: listed("gmt,utc,cet,est,edt,pst,pdt,cst,mst,mdt,cdt,hora del este,hora del centro"),
}  # fmt: skip

_LINKS: Mapping[Kind, Mapping[str, int]] = {
    Kind.THE: listed("el,l,del"),
    # Clock times have the feminine article: "las 3" is an hour, "el 3" a day. The singular goes with one o'clock only.
    Kind.LAS: each(v0="las", v1="la"),
    Kind.AT: listed("a,alas,a la,a las,al las,a ls,ala,@"),
    Kind.ON: listed("para"),
    Kind.IN: listed("en,dentro de,durante,de aqui a,de aca a,de hoy en,al cabo de"),
    Kind.FOR: listed("por"),
    Kind.OF: listed("de,d"),
    Kind.TO: listed("al,para el,al dia"),
    Kind.AND: listed("y,e,&,con"),
    Kind.OR: listed("o,u,o bien,o si no,si no,o quizas,o tal vez,sino"),
    Kind.BETWEEN: listed("entre,entre las,entre la,entre el"),
    Kind.FROM: listed("desde,desde el,a partir de,a partir del,apartir de,a partir d,empezando,comenzando,a contar de"),
    Kind.FREE: listed("libre,disponible,estoy libre,estoy disponible,puedo"),
    Kind.SINCE: listed("desde que,empezo,empezo el,comenzo,comenzo el,paso el,sucedio el,ocurrio el"),
    Kind.AFTER: listed(
        "despues de,despues del,despues d,dsps de,pasadas,pasado el,pasada,luego de,luego del,mas tarde de,"
        "no antes de,"
        "no antes del,mas tarde que,salgo a,salgo del trabajo a,salgo del trabajo,salgo de trabajar a,"
        "libre a partir de,me desocupo a,posterior a,desp de,nada antes de,que no sea antes de"
    ),
    Kind.BEFORE: listed("antes de,antes d,antes que,antes,mas temprano que,mas temprano de,algo antes de,hay antes de"),
    Kind.BY: listed(
        "no despues de,no mas tarde de,no mas tarde que,nada despues de,a mas tardar,maximo,que no sea despues de"
    ),
    Kind.UNTIL: listed("hasta,hasta las,hasta la"),
    Kind.AROUND: listed(
        "como,sobre,hacia,alrededor de,cerca de,a eso de,a eso d,por ahi de,por ahi,tipo,aproximadamente,mas o menos,"
        "masomenos,aprox,por alli,a alrededor de,alrededor"
    ),
    Kind.LESS: listed("menos"),
    Kind.NOT: listed(
        "menos el,menos los,excepto,excepto el,salvo,salvo el,no quiero,ni,nada de,que no sea,que no sean,evitar,"
        "tampoco,todo menos,no para,no el"
    ),
    Kind.NO: listed("no"),
    # These refuse what follows ("no puedo el martes") or what stands before ("el martes no puedo").
    Kind.BUSY: listed(
        "estoy ocupado,estoy ocupada,trabajo,tengo trabajo,no estoy disponible,estoy trabajando,ocupado,ocupada,"
        "no puedo,no podemos,no podria,no me va,no puede ser,no puedo ir,no puedo venir,no voy a poder,no me queda,"
        "no me sirve,no me viene bien,no me va bien,no me queda bien,no me viene,no estoy,no estare,imposible,"
        "es imposible,no me conviene,me queda mal,me viene mal,no se puede,no funciona,no estoy libre,"
        "no tengo tiempo,tengo clase,tengo clases"
    ),
    Kind.FAILS: listed(
        "no es posible,es muy temprano,muy temprano,es muy tarde,muy tarde,es demasiado tarde,demasiado temprano,"
        "demasiado tarde,esta mal,no esta bien"
    ),
    Kind.SORRY: listed(
        "perdon,perdona,disculpa,disculpe,digo,quise decir,quiero decir,mejor,mejor dicho,no mejor,espera,corrijo,"
        "me equivoque,en realidad,mas bien,lo siento,no perdon,que diga"
    ),
    Kind.MOVE: listed(
        "mover,mueve,muevan,cambiar,cambiarla,cambiarlo,cambia,cambie,cambien,pasar,pasarla,pasarlo,pasa,pase,"
        "reagendar,"
        "reagendarla,reprogramar,reprogramarla,aplazar,posponer,adelantar,correr,moverla,moverlo,recorrer"
    ),
    Kind.INSTEAD_OF: listed("en vez de,en vez del,en lugar de,en lugar del"),
}

_FLAGS: Mapping[Kind, Mapping[str, int]] = {
    Kind.SOONEST: listed(
        "lo antes posible,lo mas pronto posible,cuanto antes,lo mas pronto,lo mas rapido posible,lo mas rapido,"
        "ya mismo,"
        "ahora mismo,ahorita,ahora,ya,de inmediato,inmediatamente,la primera cita,la primera disponible,primera cita,"
        "el primer hueco,lo primero que tengan,lo primero que tenga,urgente,lo mas temprano posible,pronto,asap,"
        "en seguida,enseguida,primera disponible,tan pronto,la cita mas cercana,la mas proxima,lo mas proximo"
    ),
    Kind.ANY_TIME: listed(
        "cuando sea,cuando quiera,cuando quieran,cualquier hora,a cualquier hora,cualquier dia,cualquier momento,"
        "en cualquier momento,el dia que sea,la hora que sea,a la hora que sea,me da igual,me da lo mismo,no importa,"
        "cuando puedan,cuando pueda,cuando tengan,soy flexible,tengo flexibilidad,es igual,cualquiera,todo el dia,"
        "como les convenga,cuando haya"
    ),
    Kind.EARLIER: listed(
        "mas temprano,algo mas temprano,mas pronto,antes por favor,algo antes,un poco antes,hay antes,tiene antes,"
        "tienen antes,tendra antes,mas tempranito"
    ),
    Kind.LATER: listed(
        "mas tarde,algo mas tarde,mas tardecito,algo despues,un poco despues,hay despues,tienen despues,"
        "tiene despues,"
        "mas adelante"
    ),
    Kind.COUNTED: listed(
        "personas,persona,adultos,adulto,ninos,nino,ninas,nina,hijos,hijas,invitados,perros,perro,gatos,gato,carros,"
        "coches,cuartos,habitaciones,habitacion,camas,banos,dientes,muelas,ventanas,puertas,pisos,asientos,lugares,"
        "cosas,veces,vez,visitas,sesiones,por ciento,dolares,dolar,pesos,euros,euro,libras,centavos,millas,"
        "metros,pies,"
        "pulgadas,grados,kilos,kg,galones,toneladas,opciones,opcion,preguntas,pregunta,otros,otras,mil,cien,millones,"
        "estrellas,hombres,mujeres,amigos,gramos,citas,de ellos,de nosotros,anos de edad,cabezas,llamadas,"
        "cita,amiga,amigo,fuga,duda,consulta,limpieza,reunion,mesa,idea,emergencia,gotera,problema,servicio"
    ),
    Kind.STREET: listed("calle,avenida,av,ave,street,st,road,rd,drive,lane,carretera,blvd,bulevar,numero,apto,piso"),
}

# The names of holidays stand in times_holidays; the value is the place there.
_HOLIDAYS: Mapping[Kind, Mapping[str, int]] = {
    Kind.HOLIDAY: each(
        v0="navidad,dia de navidad,el dia de navidad", v1="nochebuena,noche buena,vispera de navidad",
        v2="ano nuevo,dia de ano nuevo,el dia de ano nuevo", v3="nochevieja,noche vieja,fin de ano,"
        "vispera de ano nuevo",
        v4="cuatro de julio,dia de la independencia,el dia de la independencia",
        v5="accion de gracias,dia de accion de gracias,el dia de accion de gracias,thanksgiving",
        v6="viernes negro,black friday", v14="san valentin,dia de san valentin,dia de los enamorados,"
        "el dia de san valentin,"
        "dia del amor y la amistad,dia del amor", v15="halloween,noche de brujas",
        v16="san patricio,dia de san patricio,el dia de san patricio,al dia de san patricio",
        v17="pascua,domingo de pascua,domingo de resurreccion", v18="viernes santo", v20="dia de la madre,"
        "dia de las madres,el dia de la madre,el dia de las madres", v21="dia del padre,el dia del padre",
        v22="batalla de puebla", v26="dia de reyes,reyes,dia de los reyes,dia de los reyes magos,reyes magos",
        v27="dia del trabajo,dia del trabajador,dia de los trabajadores,dia internacional de los trabajadores,"
        "el dia del trabajo,dia internacional del trabajo", v28="dia de muertos,dia de los muertos,dia de difuntos,"
        "dia de los difuntos", v29="dia de la virgen,virgen de guadalupe,dia de la virgen de guadalupe",
        v30="todos los santos,dia de todos los santos", v31="dia de los inocentes,dia de los santos inocentes",
        v32="jueves santo", v33="domingo de ramos", v25="dia de las bromas,dia de las bromas de abril,"
        "dia de los inocentes de abril",
    ),
}  # fmt: skip

_ASIDES: Mapping[Kind, Mapping[str, int]] = {
    Kind.WORD: listed(
        "buenos dias,buen dia,buenas tardes,buenas noches,buena tarde,buenas,de nuevo,mas o menos bien,por la otra,"
        "a la vez,otra vez,una vez,a veces,por una,una cosa,ese dia,el mismo dia,mismo dia,ese mismo dia,un dia,"
        "la una y otra,mas tarde le,le aviso manana,un minuto,un momento,un segundo,el otro dia,todos los dias,"
        "al lado,al menos,por lo menos,la primera vez,primera vez,que hora,a que hora,que horas,que dia,"
        "de una vez,la otra,la de,una de,de una"
    )
}


def lexicon() -> Lexicon:
    """Return the Spanish lexicon."""
    entries = {**_ASIDES, **_HOLIDAYS, **_DAYS, **_HOURS, **_LINKS, **_FLAGS}
    return build_lexicon("es", entries, SPANISH, day_first=True)
