"""Every rule on one page: hours, caps, notices, with citation, date and how well it is known."""

from starlette.responses import Response

from ringback.domain.law.files import disclosure_rules, recording_rules, texting_rules
from ringback.web.pages.visits import Visit


async def show_rules(visit: Visit) -> Response:
    """List the rules that this version of the program keeps."""
    async with visit.desk() as desk:
        return await visit.page(
            desk,
            "law/rules.html",
            texting=[rule for versions in texting_rules().values() for rule in versions],
            recording=[rule for versions in recording_rules().values() for rule in versions],
            disclosure=[rule for versions in disclosure_rules().values() for rule in versions],
        )
