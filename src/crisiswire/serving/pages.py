"""The web page's files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from starlette.types import Scope

INDEX = "index.html"
_HASHED = "assets/"  # files whose name changes with their content
_YEAR = 365 * 24 * 3600


class Pages(StaticFiles):
    """The files of a folder; an address without a suffix is a view of the page itself."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._folder = folder

    async def check_config(self) -> None:
        """Nothing to check: an installation may lack the page."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file at ``path``. Raises HTTPException 404 for what is not there."""
        if path == "api" or path.startswith("api/"):
            raise HTTPException(404, "there is no such route; see /api/openapi.json")
        if not (self._folder / INDEX).is_file():
            raise HTTPException(404, "this installation has no web page; the API is at /api/about")
        view = Path(path).suffix == ""
        response = await super().get_response(INDEX if view else path, scope)
        hashed = path.startswith(_HASHED)
        caching = f"public, max-age={_YEAR}, immutable" if hashed else "no-cache"
        response.headers["cache-control"] = caching
        return response
