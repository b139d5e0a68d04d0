"""Words that tell what somebody is treated for: none of them may stand in a text of a business in healthcare mode."""

import re

# Stems, so that "diabetic" and "diabético" count as well. What a practice is called is not among them ("dental").
_STEMS = (
    "abscess|abortion|addict|aids|allerg|anemi|anxiety|arthrit|asthma|biops|botox|cancer|cavit|chemo|cholesterol|"
    "chlamydia|contracepti|crown|dement|dentur|depress|diabet|dialysis|disease|epilep|extraction|fertilit|filler|"
    "fracture|gonorrh|heart attack|hepatit|herpes|hiv|hypertens|implant|infection|injection|insulin|invisalign|"
    "laser|mammogram|medication|mental health|methadone|migraine|miscarriage|oncolog|pap smear|penicillin|pregnan|"
    "prescription|psychiatr|psycholog|rehab|root canal|seizure|std|stroke|surger|symptom|therap|treatment|tumor|"
    "ultrasound|vaccin|viagra|wisdom (?:tooth|teeth)|x-?ray|"
    # Spanish.
    "absceso|aborto|adicci|alergi|ansiedad|artritis|asma|biopsia|caries|cirug|colesterol|corona dental|demencia|"
    "depresi|diab[eé]t|di[aá]lisis|embaraz|enfermedad|epilep|extracci[oó]n|fractura|hipertensi|infecci|inyecci|"
    "insulina|medicament|migra[nñ]a|muela del juicio|quimio|receta|rehabilita|s[ií]ntoma|sida|terapia|tratamiento|"
    "vacuna|vih"
)
_HEALTH = re.compile(rf"\b(?:{_STEMS})\w*", re.IGNORECASE)


def find_health_word(body: str) -> str | None:
    """Return the first word of a text that names a condition or a treatment, or None where there is none."""
    found = _HEALTH.search(re.sub(r"\{\w+\}", " ", body))
    return found.group() if found else None
