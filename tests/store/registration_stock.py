"""What the registration helper leaves behind, for the stock of a business."""

from ringback.domain.business import Business
from ringback.domain.registration_facts import Answered, CarrierWord
from ringback.domain.registration_pages import PageExtras, Shown
from ringback.domain.registration_steps import Answers
from ringback.store import registration
from ringback.store.db import Connection
from tests.cast import NOON


async def add_registration(connection: Connection, business: Business, word: str) -> None:
    """Add the rows; every free text contains `word`."""
    business_id, line_id = business.business_id, business.lines[0].line_id
    rejected = Answered(CarrierWord.REJECTED, f"not as {word} has it")
    await registration.save_answer(connection, business_id, line_id, rejected, NOON)
    await registration.save_answers(connection, business_id, Answers(has_tax_number=True, is_company=True), NOON)
    extras = PageExtras(legal_name=f"{word} LLC", email=f"olga@{word}.example", own_words=f"{word} says hello")
    await registration.save_extras(connection, business_id, extras, NOON)
    await registration.tick_step(connection, business_id, "profile", f"Olga of {word}", NOON)
    shown = Shown("privacy", "en", f"version of {word}", f"{word} keeps little")
    await registration.keep_version(connection, business_id, shown, NOON)
