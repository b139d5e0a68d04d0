"""Pictures of inbound texts: bytes from a stranger, so only as an image and nothing else."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from ringback.store import threads
from ringback.store.db import business_transaction
from ringback.web.pages.visits import Visit

# SVG is left out on purpose: it is a document that can hold a script.
SHOWN_TYPES = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
}
# How each of them begins; a page that calls itself a picture begins otherwise.
_MARKS = {"jpg": (b"\xff\xd8\xff",), "png": (b"\x89PNG",), "gif": (b"GIF87a", b"GIF89a"), "webp": (b"RIFF",)}


async def show_picture(visit: Visit) -> Response:
    """Answer with the picture; what is no image of a known type may only be saved."""
    message_id, position = visit.path_id("message_id"), visit.request.path_params["position"]
    async with business_transaction(visit.context.pool, visit.business_id) as connection:
        picture = await threads.get_picture(connection, visit.business_id, message_id, position)
    if picture is None:
        raise HTTPException(404, "There is no such picture, or it has not been fetched yet.")
    content_type, content = picture
    kind = content_type.partition(";")[0].strip().lower()
    ending = SHOWN_TYPES.get(kind)
    if ending is not None and not bytes(content).startswith(_MARKS[ending]):
        ending = None
    how = "inline" if ending else "attachment"
    headers = {
        "content-disposition": f'{how}; filename="picture-{position}.{ending or "bin"}"',
        # Even opened alone, it can load and run nothing.
        "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "cache-control": "private, max-age=86400",
    }
    return Response(content, media_type=kind if ending else "application/octet-stream", headers=headers)
