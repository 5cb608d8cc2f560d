"""Where the warehouse's papers have their templates."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Response

from shared.web import papers

TEMPLATES = Path(__file__).parents[2] / "templates" / "documents"


def paper(template: str, name: str, facts: Mapping[str, Any]) -> Response:
    """Answer a paper of the warehouse by the name of its template."""
    return papers.paper(TEMPLATES / template, name, facts)
