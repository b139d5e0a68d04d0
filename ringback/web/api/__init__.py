"""The REST API for programs: /api/v1, with a business's own key."""

from fastapi import APIRouter, FastAPI

router = APIRouter(prefix="/api/v1")


def install_problems(app: FastAPI) -> None:
    """Answer every failure under /api as an RFC 9457 problem."""
