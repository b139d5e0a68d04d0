"""Files from outside: contacts are text of a known kind and size, pictures are shown as pictures or not at all."""

import gzip
import io
import zipfile

import httpx2

from ringback.store.db import business_transaction
from ringback.web.agency.uploads import LARGEST_BYTES
from tests.web.pages_cast import Site

TAKEN = ("a.csv", "A.CSV", "a.txt", "a.tsv")
NOT_TAKEN = ("a.exe", "a.html", "a.csv.svg", "a", "a.xlsx")
GOOD = b"Name,Phone\nNora,312 555 0177\n"


async def upload(browser: httpx2.AsyncClient, name: str, content: bytes, kind: str = "text/csv") -> httpx2.Response:
    """Send a file of contacts."""
    return await browser.post("/contacts/imports", files={"file": (name, content, kind)})


def _zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../../x.csv", GOOD)
    return file.getvalue()


async def test_only_text_with_the_ending_of_contacts_is_taken(site: Site) -> None:
    olga = await site.olga()

    taken = {name: (await upload(olga, name, GOOD)).status_code for name in ("a.csv", "A.CSV", "a.txt", "a.tsv")}
    endings = {
        name: (await upload(olga, name, GOOD)).status_code for name in ("a.exe", "a.html", "a.csv.svg", "a", "a.xlsx")
    }
    contents = {
        "zip": (await upload(olga, "a.csv", _zipped())).status_code,
        "gzip": (await upload(olga, "a.csv", gzip.compress(GOOD * 1000))).status_code,
        "png": (await upload(olga, "a.csv", b"\x89PNG\r\n\x1a\n\0\0")).status_code,
        "pdf": (await upload(olga, "a.csv", b"%PDF-1.7\n1,2,3")).status_code,
        "nul": (await upload(olga, "a.csv", GOOD + b"\0")).status_code,
    }

    assert set(taken.values()) == {303}
    assert set(endings.values()) == {422}
    assert set(contents.values()) == {422}


async def test_a_card_file_holds_cards(site: Site) -> None:
    olga = await site.olga()
    card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Nora\nTEL:+13125550177\nEND:VCARD\n"

    assert (await upload(olga, "a.vcf", card, "text/vcard")).status_code == 303
    assert (await upload(olga, "a.vcf", GOOD, "text/vcard")).status_code == 422


async def test_a_file_has_a_largest_size_and_a_form_a_largest_number_of_parts(site: Site) -> None:
    olga = await site.olga()

    large = await upload(olga, "a.csv", b"x," * (LARGEST_BYTES // 2 + 20_000))
    many = await olga.post("/contacts/imports", files=[("file", (f"{n}.csv", GOOD)) for n in range(3)])
    fields = await olga.post(
        "/contacts/imports", data={f"f{n}": "x" for n in range(9)}, files={"file": ("a.csv", GOOD)}
    )

    assert (large.status_code, many.status_code, fields.status_code) == (413, 400, 400)


async def test_what_a_file_is_called_is_shown_and_never_opened(site: Site) -> None:
    olga = await site.olga()

    for name in ("../../../etc/passwd.csv", "C:\\x\\a.csv", "<b>a.csv", "a\u202evsc.csv", "x" * 300 + ".csv"):
        sent = await upload(olga, name, GOOD)
        assert sent.status_code == 303, name
        page = (await olga.get(sent.headers["location"])).text
        assert "<b>a.csv" not in page
        assert "\u202e" not in page


PICTURES = (
    ("image/png", b"\x89PNG\r\n\x1a\n", "image/png"),
    ("IMAGE/JPEG; x=y", b"\xff\xd8\xff", "image/jpeg"),
    ("image/svg+xml", b"<svg onload='alert(1)'/>", None),
    ("text/html", b"<script>alert(1)</script>", None),
    ("image/png", b"<html><script>alert(1)</script>", None),
    ("application/pdf", b"%PDF-1.7", None),
    ("", b"x", None),
)


async def test_a_picture_is_shown_where_it_is_one_and_otherwise_only_saved(site: Site) -> None:
    message_id = await site.write("Look", pictures=len(PICTURES))
    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        for position, (kind, content, _) in enumerate(PICTURES):
            sql = "update pictures set bytes = $1, content_type = $2 where position = $3"
            await connection.execute(sql, content, kind, position)
    olga = await site.olga()

    for position, (_, _, shown_as) in enumerate(PICTURES):
        answer = await olga.get(f"/pictures/{message_id}/{position}")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
        how, _, name = answer.headers["content-disposition"].partition("; ")
        assert name.startswith(f'filename="picture-{position}.')
        kept_as = ("inline", shown_as) if shown_as else ("attachment", "application/octet-stream")
        assert (how, answer.headers["content-type"]) == kept_as
