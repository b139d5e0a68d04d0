"""Words of everyday language that are one slip away from a time word: they mean themselves and are never mended."""

# Found by mending the commonest words of each language and looking at which became times.
ENGLISH = (
    "there these where here were money seen remember share ground match second seconds tree mouth mouths throw threw "
    "elements allowing fort forth forte forts foray footy steven stephen quarters quartet tours shark alter "
    "tent tents "
    "thee marc marco sixty seventy eighty thirds thirsty fist marsh thrust moody monte mont mourning moaning "
    "approximate "
    "augusta cock clocks cloak crock thugs weeds moth moths twenties thirties seventies eighties nineties "
    "filth firth "
    "mandy mindy abort abound abut mach merch sevens sever severn threes fifths elevens foresight shard sundae frida "
    "friend friends fright freight height weight house honey sunny funny sandy candy evenly opening openings even "
    "after rafter laughter noone mornay today march marches moor moon mood lately latter letter matter water "
    "worth worthy tents tends tense since prince month monthly"
).split()
SPANISH = (
    "habia haria hacian hacha nueva nuevas junto junior segunda segundos partes medida medias medica medir "
    "medina mediar "
    "primeros primeras primaria siguientes siguiendo seguido sirviente siente marco mareo mares marte mario "
    "marina mazo "
    "tercera terceros torcer abrir abrio abri dominio entero entro enfrente entrando cuadro cuarta cuarentena cuarzo "
    "jueces jugo luces lunas nieve sabido sabre sacado salado julia julie judio vestidos sentidos vendidos vencidos "
    "alrededores acreedor circo cinico cisco manzana manzanas mana manada mandan matan mann hermana hermano "
    "banana sobra "
    "sobres mesas metes moses mueves vienes vente basada parada pasada pasados pasaba pasara pesada pesadas casada "
    "patada posada tarda tardo temprana templado semanal exacta exactos aproxima quintana prime trade tree "
    "fine find site "
    "mejia ocho hecho leche coche media quince quien quiere"
).split()
