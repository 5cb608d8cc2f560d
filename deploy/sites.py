"""A service's web application, put together from its entrypoints."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from flask import Flask

from shared.web.app import build_app
from shared.web.navigation import NavigationEntry
from shared.web.operating import Check
from shared.web.parts import WebParts

HOMES_FIRST = ("distribution", "inventory", "donors")


def build_site(
    name: str, service: Any, parts: WebParts, checks: Mapping[str, Check] | None = None
) -> Flask:
    """Build the application of one service."""
    site = import_module(f"services.{name}.entrypoints.site")
    return build_app(
        name,
        title=site.TITLE,
        blueprints=site.blueprints(service, parts),
        web=parts,
        checks=checks,
        refusal_texts=site.REFUSAL_TEXTS,
    )


def navigation_of(names: list[str]) -> list[NavigationEntry]:
    """Put the menus of some services together; homes come first.

    A coordinator's day begins in distribution, everybody else is of one service.
    """
    in_order = sorted(names, key=HOMES_FIRST.index)
    sites = (import_module(f"services.{name}.entrypoints.site") for name in in_order)
    return [entry for site in sites for entry in site.NAVIGATION]
