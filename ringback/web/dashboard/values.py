"""What a job is worth: the owner's values, what a person confirms of one job, and who gets the weekly report."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import Phrase, phrase
from ringback.domain.recovery import ServiceValue, Values
from ringback.store import report_queries
from ringback.store.audit import Change
from ringback.web.dashboard.amounts import read_cents, read_millicents, read_percent
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.workflows.reports import confirm_job

_BAD_MONEY = phrase("Write an amount like 450 or 450.50, at most 10 million.")
_BAD_PERCENT = phrase("Write a whole number from 0 to 100.")
_BAD_PRICE = phrase("Write cents like 1.1, at most 100.")
_NOTHING = phrase("Write a number.")


@dataclass
class Form:
    """What was typed, and what is wrong with it, by field. `whose` is the service it is about, if any."""

    typed: Mapping[str, str]
    whose: str | None = None
    troubles: dict[str, Phrase] = field(default_factory=dict)

    def read(self, name: str, read: Callable[[str], int], trouble: Phrase) -> int | None:
        """Return the number of a field; None where it is empty, or is none."""
        text = self.typed.get(name, "").strip()
        try:
            return read(text) if text else None
        except ValueError:
            self.troubles[name] = trouble
            return None


async def show_values(visit: Visit) -> Response:
    """Show what jobs and texts are worth."""
    async with visit.desk() as desk:
        return await _page(visit, desk, None)


async def _page(visit: Visit, desk: Desk, form: Form | None) -> Response:
    values = await report_queries.load_values(desk.connection, desk.business_id)
    readers = await report_queries.list_readers(desk.connection, desk.business_id)
    own = [service.name for service in desk.business.services]
    # A service that was renamed keeps its value for the jobs that were booked under the old name.
    former = sorted(set(values.services) - set(own))
    reads = any(reader.person_id == visit.signed_in.person_id for reader in readers)
    shown = {"values": values, "service_names": [*own, *former], "reads": reads, "form": form}
    return await visit.page(desk, "dashboard/values.html", 422 if form else 200, **shown)


async def save(visit: Visit) -> Response:
    """Set the business's own values."""
    form = Form(await read_form(visit.request))
    job, close = form.read("job", read_cents, _BAD_MONEY), form.read("close", read_percent, _BAD_PERCENT)
    segment = form.read("segment", read_millicents, _BAD_PRICE)
    for name, value in (("close", close), ("segment", segment)):
        if value is None:
            form.troubles.setdefault(name, _NOTHING)
    async with visit.desk() as desk:
        if form.troubles or close is None or segment is None:
            return await _page(visit, desk, form)
        before = await report_queries.load_values(desk.connection, desk.business_id)
        after = replace(before, job_value_cents=job, close_percent=close, segment_millicents=segment)
        await _keep(visit, desk, "the business", before, after)
    return RedirectResponse("/dashboard/values", 303)


async def save_service(visit: Visit) -> Response:
    """Set or clear the values of one service."""
    typed = await read_form(visit.request)
    form = Form(typed, typed.get("service", ""))
    job, close = form.read("job", read_cents, _BAD_MONEY), form.read("close", read_percent, _BAD_PERCENT)
    async with visit.desk() as desk:
        before = await report_queries.load_values(desk.connection, desk.business_id)
        if form.whose not in {service.name for service in desk.business.services} | set(before.services):
            raise HTTPException(404, "There is no such service. Nothing was changed.")
        if form.troubles:
            return await _page(visit, desk, form)
        services = {**before.services, form.whose: ServiceValue(job, close)}
        kept = {name: value for name, value in services.items() if value != ServiceValue()}
        await _keep(visit, desk, form.whose, before, replace(before, services=kept))
    return RedirectResponse("/dashboard/values", 303)


async def _keep(visit: Visit, desk: Desk, subject: str, before: Values, after: Values) -> None:
    # Saved twice is changed once: the audit log tells of changes only.
    if before == after:
        return
    await report_queries.save_values(desk.connection, desk.business_id, after)
    await visit.note(desk, Change("dashboard.values", subject, asdict(before), asdict(after)))


async def choose_report(visit: Visit) -> Response:
    """Send the person who is signed in the weekly report, or no more."""
    wanted = (await read_form(visit.request)).get("wanted") == "yes"
    who = visit.signed_in
    async with visit.desk() as desk:
        await report_queries.set_reader(desk.connection, desk.business_id, who.person_id, desk.now, wanted=wanted)
        await visit.note(desk, Change("dashboard.weekly_report", who.name, not wanted, wanted))
    return RedirectResponse("/dashboard/values", 303)


async def confirm(visit: Visit) -> Response:
    """Note what the job of a missed call has brought; an empty field takes it back."""
    call_id, form = visit.path_id("call_id"), Form(await read_form(visit.request))
    cents = form.read("value", read_cents, _BAD_MONEY)
    if form.troubles:
        raise HTTPException(422, _BAD_MONEY)
    async with visit.desk() as desk:
        row = await report_queries.get_row(desk.connection, desk.business_id, call_id)
        if row is None or not await confirm_job(
            desk.connection, desk.business, call_id, cents, visit.signed_in.name, desk.now
        ):
            raise HTTPException(404, "There is no such job. Nothing was changed.")
        await visit.note(desk, Change("dashboard.job_value", str(call_id), row["confirmed_cents"], cents))
    return RedirectResponse(_back(form.typed.get("back", ""), str(call_id)), 303)


def _back(path: str, call_id: str) -> str:
    """Return the list that the form stood in; only a list of ours is gone back to."""
    parts = urlsplit(path)
    known = parts.path in ("/dashboard/rows", "/dashboard/recovered") and not parts.scheme and not parts.netloc
    plain = path.isascii() and path.isprintable() and " " not in path and len(path) <= 500
    return f"{parts.path}?{parts.query}#j-{call_id}" if known and plain else "/dashboard"
