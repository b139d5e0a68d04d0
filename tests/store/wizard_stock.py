"""What the set-up wizard leaves behind, for the stock of a business."""

from ringback.domain.business import Business
from ringback.store import line_tests, set_up
from ringback.store.db import Connection
from tests.cast import CARLA, NOON


async def add_wizard(connection: Connection, business: Business, word: str) -> None:
    """Add the rows; every free text contains `word`."""
    business_id = business.business_id
    await set_up.note_step(connection, business_id, f"step of {word}", NOON)
    account = {"account_sid": f"AC-{word}-new", "auth_token": f"token-{word}-new"}
    await set_up.keep_account(connection, business_id, account, NOON)
    line_id = business.lines[0].line_id
    await line_tests.open_window(connection, business_id, line_id, CARLA, f"Olga of {word}", NOON)
