"""Browser parts by the names their sources have.

``python -m shared.web.build_assets`` puts a hash of the content into each file
name, so browsers may keep a file for a year and still get the next one at once.
"""

import json
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Response, request, send_from_directory
from werkzeug.security import safe_join

from shared.web.security import mark_as_part

DIST = Path(__file__).parent / "static" / "dist"
MANIFEST = DIST / "manifest.json"
STATIC_URL = "/static"
KEPT_SECONDS = 365 * 24 * 3600


class AssetMissingError(Exception):
    """A page names a browser part that was not built."""


@lru_cache(maxsize=1)
def _manifest(changed_at: float) -> dict[str, str]:
    del changed_at
    named: dict[str, str] = json.loads(MANIFEST.read_text())
    return named


def asset_file(name: str) -> str:
    """Give the built file's name, such as ``komek-3F2A.css`` for ``komek.css``.

    Raises AssetMissingError, saying how to build.
    """
    try:
        return _manifest(MANIFEST.stat().st_mtime)[name]
    except (FileNotFoundError, KeyError) as problem:
        raise AssetMissingError(
            f"{name} is not built; run `python -m shared.web.build_assets`."
        ) from problem


def asset(name: str) -> str:
    """Give the address of a browser part; any process serves it."""
    return f"{STATIC_URL}/{asset_file(name)}"


def unnamed(kind: str) -> list[str]:
    """List the addresses of built files that only other parts name: ``.woff2``."""
    built = sorted(path.relative_to(DIST) for path in DIST.rglob(f"*{kind}"))
    return [f"{STATIC_URL}/{path.as_posix()}" for path in built]


def built_text(name: str) -> str:
    """Give the text of a browser part that a view serves at an address of its own."""
    return (DIST / asset_file(name)).read_text()


def send_built(filename: str) -> Response:
    """Serve a built file to be kept for a year; 404 for any other."""
    response = _packed(filename) or _sent(filename)
    response.cache_control.public = True
    response.cache_control.immutable = True
    mark_as_part()
    return response


def _sent(filename: str, kind: str | None = None) -> Response:
    response = send_from_directory(DIST, filename, mimetype=kind, max_age=KEPT_SECONDS)
    del response.headers["Content-Disposition"]  # it would name the packed copy
    return response


def _packed(filename: str) -> Response | None:
    """Serve the copy that was compressed when it was built, where one is read."""
    packed = safe_join(str(DIST), f"{filename}.gz")
    if packed is None or request.accept_encodings["gzip"] <= 0:
        return None
    if not Path(packed).is_file():
        return None
    response = _sent(f"{filename}.gz", mimetypes.guess_type(filename)[0])
    response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    return response
