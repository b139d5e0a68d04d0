"""Sentences for people that can be said in another language: written in English where they are meant."""


class Phrase(str):
    """An English sentence that remembers what it was made of, so that a page can say it in its reader's language.

    `msgid` is the sentence with its gaps ("Nothing at %(time)s."), `values` what fills them.
    """

    __slots__ = ("msgid", "values")

    msgid: str
    values: dict[str, object]


def phrase(msgid: str, **values: object) -> Phrase:
    """Return a sentence to be said to a person; `msgid` must be written out, so that it is found for translation."""
    made = Phrase(msgid % values if values else msgid)
    made.msgid, made.values = msgid, values
    return made
