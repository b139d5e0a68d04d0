"""A burst of missed calls on `ringback serve` while its processes are killed; the phone company is the witness."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2

from ringback.providers.twilio import signature
from tests.journeys.installation import free_port
from tests.sandbox.company import ACCOUNT_SID, AUTH_TOKEN, PhoneCompany, running_company

NUMBER = "+13125550100"
STAFF = "+13125550161"
PATIENCE_SECONDS = 60.0

BUSINESS = f"""
[business]
slug = "harbor-dental"
name = "Harbor Dental"
trade = "dental"
zone = "America/Chicago"
country = "US"
language = "en"

[hours]
mon = ["00:00-24:00"]
tue = ["00:00-24:00"]
wed = ["00:00-24:00"]
thu = ["00:00-24:00"]
fri = ["00:00-24:00"]
sat = ["00:00-24:00"]
sun = ["00:00-24:00"]

[text_back]
delay_seconds = 0
settle_seconds = 0
per_line_an_hour = 100000
per_business_an_hour = 100000

[[staff]]
name = "Sam"
phone = "{STAFF}"

[[lines]]
number = "{NUMBER}"
provider = "twilio"
label = "Main"
registration = "not_needed"
texts_per_second = 0
"""


@dataclass
class Product:
    """`ringback serve` with its embedded database, in a folder of its own."""

    home: Path
    company_url: str
    port: int
    process: subprocess.Popen[bytes]
    hooks: dict[str, str]

    def children(self) -> dict[str, int]:
        """Return the process ids of web, worker and database server, as far as they run."""
        found = {}
        for line in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
            name = Path(f"/proc/{line}/comm").read_text().strip()
            found[name.removeprefix("ringback ")] = int(line)
        return found

    def kill(self, name: str) -> None:
        """Kill one of its processes as a crash would."""
        pid = self.children().get(name)
        if pid is not None:
            os.kill(pid, signal.SIGKILL)


def _ringback(environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "ringback.cli", *arguments, "--json"], env=environment, capture_output=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@contextmanager
def running_product(folder: Path, business: str = BUSINESS) -> Iterator[tuple[Product, str]]:
    """Yield a product that is ready for calls, and the phone company's address."""
    with running_company(speed=50) as company_url:
        port = free_port()
        environment = {**os.environ, "RINGBACK_HOME": str(folder / "home"), "RINGBACK_PORT": str(port)}
        with (folder / "serve.log").open("ab") as log:
            command = [sys.executable, "-m", "ringback.cli", "serve"]
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}/readyz")
            settings = f"{{ account_sid = '{ACCOUNT_SID}', auth_token = '{AUTH_TOKEN}', api_url = '{company_url}' }}"
            file = folder / "harbor.toml"
            file.write_text(business + f"set = {settings}\n")
            applied = _ringback(environment, "apply", str(file))
            yield Product(folder / "home", company_url, port, process, applied["lines"][NUMBER]["hooks"]), company_url
        finally:
            process.terminate()
            process.wait(60)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if httpx2.get(url, timeout=2).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"{url} is not ready")


async def post(client: httpx2.AsyncClient, url: str, fields: dict[str, str]) -> None:
    """Deliver a callback as a phone company that was asked to retry does: until it is taken."""
    address = url.partition("#")[0]
    text = address + "".join(name + fields[name] for name in sorted(fields))
    signed = signature.signature(AUTH_TOKEN, text)
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": signed.decode(),
    }
    deadline = time.monotonic() + PATIENCE_SECONDS
    said = "nothing"
    while time.monotonic() < deadline:
        try:
            answer = await client.post(address, content=urlencode(fields), headers=headers)
            if answer.status_code == 200:
                return
            said = f"{answer.status_code} {answer.text}"
        except httpx2.TransportError as error:
            said = f"{type(error).__name__} {error}"
        await asyncio.sleep(0.2)
    raise AssertionError(f"{address} took no callback; the last answer was: {said}")


async def missed_call(client: httpx2.AsyncClient, hooks: dict[str, str], caller: str, call: str) -> None:
    """Ring, and let nobody answer; returns when both callbacks were taken."""
    fields = {
        "CallSid": call,
        "AccountSid": ACCOUNT_SID,
        "From": caller,
        "To": NUMBER,
        "CallStatus": "ringing",
        "Direction": "inbound",
    }
    await post(client, hooks["voice"], fields)
    dialed = hooks["voice"].replace("/voice", "/dialed")
    await post(client, dialed, {**fields, "CallStatus": "in-progress", "DialCallStatus": "no-answer"})


def callers_of(number: int, calls: int) -> list[str]:
    """Return the callers of a round, each another."""
    return [f"+1312{2_000_000 + number * 10_000 + n}" for n in range(calls)]


async def run_round(
    product: Product, company: PhoneCompany, number: int, calls: int, chance: random.Random
) -> Counter[str]:
    """Return texts by caller of one burst, when no more can come."""
    return await witness(company, await run_burst(product, company, number, calls, chance))


async def run_burst(
    product: Product, company: PhoneCompany, number: int, calls: int, chance: random.Random
) -> list[str]:
    """Ring from `calls` callers, killing web, worker and database meanwhile; return them when all callbacks are in."""
    callers = callers_of(number, calls)
    await company.add_number(NUMBER)
    # A phone company that answers at once is hardly ever caught in the middle of taking a text; and now and then
    # one takes a text and then fails.
    await company.clear_faults()
    await company.set_rest_fault("latency", on="messages", seconds=0.2, match={"method": "POST"})
    await company.set_rest_fault("500_after", on="messages", count=3, match={"method": "POST"})
    gate = asyncio.Semaphore(24)

    async def one(caller: str) -> None:
        async with gate:
            await missed_call(client, product.hooks, caller, f"CA{number:04d}{caller[1:]}")

    async def kill() -> None:
        for name in chance.sample(["web", "worker", "postgres"], 3):
            await asyncio.sleep(chance.uniform(0.2, 1.5))
            product.kill(name)

    async with httpx2.AsyncClient(timeout=15) as client:
        await asyncio.gather(kill(), *(one(caller) for caller in callers))
    return callers


async def witness(company: PhoneCompany, callers: list[str]) -> Counter[str]:
    """Return texts by caller. Wait until every caller has a text, then long enough for a second one to show."""
    wanted = set(callers)
    deadline = time.monotonic() + PATIENCE_SECONDS
    texts: Counter[str] = Counter()
    while time.monotonic() < deadline:
        texts = Counter(one["to"] for one in await company.messages() if one["to"] in wanted)
        if set(texts) == wanted:
            break
        await asyncio.sleep(0.5)
    # A text sent blindly again would leave with the lease of the jobs that died, 4 s, or of "sending", 15 s.
    await asyncio.sleep(20)
    return Counter(one["to"] for one in await company.messages() if one["to"] in wanted)
