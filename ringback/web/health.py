"""Is it alive, is it ready, and in figures: for load balancers, monitors and people with curl."""

from datetime import UTC, datetime, timedelta

from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from ringback.store.jobs import count_jobs
from ringback.store.migrate import pending_migrations
from ringback.store.people import last_beat
from ringback.web.hooks import DATABASE_TROUBLE
from ringback.web.metrics import JOBS, REGISTRY, WORKER_BEAT_AGE
from ringback.workflows.context import Context
from ringback.workflows.resealing import find_locked

_BEAT_MAY_BE_OLD = timedelta(seconds=30)
_PARKED = "keep failing and were set aside"


async def healthz(_: Request) -> Response:
    """Answer that this process runs; nothing else is asked."""
    return PlainTextResponse("ok\n")


async def readyz(request: Request) -> Response:
    """Answer 200 when calls can be taken and texted, else 503 with sentences."""
    problems = await find_problems(request.app.state.context)
    # Work set aside is for a person to look at; calls are taken and texted all the same.
    ready = all(_PARKED in problem for problem in problems)
    return JSONResponse({"ready": ready, "problems": problems}, 200 if ready else 503)


async def find_problems(context: Context) -> list[str]:
    """Return what keeps this installation from working, each as a sentence; empty when all is well."""
    try:
        waiting = await pending_migrations(context.pool)
        if waiting:
            return [f"The database lacks {len(waiting)} migration(s). Run `ringback migrate`."]
        beat = await last_beat(context.pool)
        locked = await find_locked(context.pool, context.sealer)
        parked = sum(row["count"] for row in await count_jobs(context.pool) if row["status"] == "failed")
    except DATABASE_TROUBLE as error:
        return [f"The database does not answer ({type(error).__name__}). Calls are refused with 503 until it does."]
    if beat is None or datetime.now(UTC) - beat > _BEAT_MAY_BE_OLD:
        return ["No worker is running: calls are stored, but nobody is texted. Start `ringback worker`."]
    return locked + ([f"{parked} job(s) {_PARKED}. See `ringback jobs list`."] if parked else [])


async def metrics(request: Request) -> Response:
    """Answer the figures for Prometheus."""
    context: Context = request.app.state.context
    try:
        await _measure(context)
    except DATABASE_TROUBLE:
        # The counters of this process are true all the same, and a gap in the gauges is what an alert looks for.
        JOBS.clear()
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)


async def _measure(context: Context) -> None:
    JOBS.clear()
    for row in await count_jobs(context.pool):
        JOBS.labels(row["entrypoint"], row["status"]).set(row["count"])
    beat = await last_beat(context.pool)
    WORKER_BEAT_AGE.set((datetime.now(UTC) - beat).total_seconds() if beat else float("inf"))
