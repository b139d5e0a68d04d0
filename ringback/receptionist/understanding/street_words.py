"""What streets are called in the countries served, as parts of patterns."""

# English kinds of street come last ("Oak St"), Spanish ones first ("Calle Mayor").
ENGLISH_STREETS = (
    r"st(?:reet)?|ave?(?:nue)?|r(?:oa)?d|blvd|boulevard|dr(?:ive)?|ln|lane|ct|court|pl(?:ace)?|ter(?:race)?|"
    r"cir(?:cle)?|"
    r"way|pkwy|parkway|hwy|highway|sq(?:uare)?|cres(?:cent)?|cl(?:ose)?|row|mews|walk|gardens?|gdns|grove|gr|hill|"
    r"park|"
    r"plaza|pike|trl|trail|loop|run|path|alley|aly|quay|parade|pde|esplanade|green|rise|vale|view|wharf|wynd|"
    r"broadway|"
    r"turnpike|tpke|crossing|xing|expressway|fwy|freeway|point|pt|cove|ridge|bend|avenida|esplanade|drove|lawn|"
    r"heights"
)
SPANISH_STREETS = (
    r"calle|c/|avenida|avda?\.?|av\.|plaza|pza\.?|plza\.?|paseo|pº|camino|carretera|ctra\.?|carrer|bulevar|"
    r"blvd\.?|"
    r"boulevard|callej[oó]n|privada|priv\.?|calzada|calz\.?|ronda|traves[ií]a|pasaje|cerrada|andador|prolongaci[oó]n|"
    r"circuito|glorieta|rambla|r[uú]a|via|v[ií]a|cuesta|urbanizaci[oó]n|urb\.?|fraccionamiento|fracc\.?|colonia"
)
UNITS = (
    r"(?:apt|apartment|unit|suite|ste|flat|fl|floor|rm|room|bldg|building|lot|piso|puerta|pta|depto|dpto|"
    r"departamento|"
    r"interior|int|planta|bajo|escalera|esc|local|edificio|torre|level|lvl)"
)
US_STATES = (
    r"A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|"
    r"W[AIVY]|"
    r"ON|QC|BC|AB|MB|SK|NS|NB|NL|PE|NSW|VIC|QLD|TAS|ACT"
)
