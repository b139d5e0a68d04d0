"""Count the segments a text is billed for: GSM 03.38 where every character fits it, else UCS-2."""

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("\f^{}\\[~]|€")


def count_segments(body: str) -> int:
    """Return the number of segments, at least 1."""
    if all(character in GSM_BASIC or character in GSM_EXTENDED for character in body):
        units = sum(2 if character in GSM_EXTENDED else 1 for character in body)
        return _parts(units, single=160, joined=153)
    # UTF-16 code units, not characters: a phone counts an emoji twice.
    return _parts(len(body.encode("utf-16-be")) // 2, single=70, joined=67)


def _parts(units: int, single: int, joined: int) -> int:
    # A text in parts loses room in each to the header that joins them.
    return 1 if units <= single else -(-units // joined)
