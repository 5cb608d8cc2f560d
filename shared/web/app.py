"""One Flask application for each service, all built the same way."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from flask import Blueprint, Flask, abort, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.middleware.proxy_fix import ProxyFix

from shared.identity.identity import SESSION_SECONDS
from shared.web.api import BODY_BYTES_MAX, ApiBlueprint, ProblemApi
from shared.web.auth import EVERYONE, Guard, allow, guard_routes, refuse_undeclared
from shared.web.bodies import limit_body
from shared.web.failures import tell_problems
from shared.web.languages import init_languages
from shared.web.observing import observe
from shared.web.operating import Check, add_operating_routes
from shared.web.pages import init_pages
from shared.web.parts import PARTS, WebParts, WebSettings
from shared.web.security import harden
from shared.web.words import LazyText

API_VERSION = "1"
OPENAPI_VERSION = "3.1.0"
SESSION_COOKIE = "komek"


def build_app(
    name: str,
    *,
    title: str,
    blueprints: Sequence[Blueprint],
    web: WebParts,
    checks: Mapping[str, Check] | None = None,
    refusal_texts: Mapping[str, LazyText] | None = None,
) -> Flask:
    """Build the application that is mounted under ``/<name>``.

    ``refusal_texts`` maps an error code to its translated sentence, in which
    ``%(fact)s`` stands for a fact of the refusal. Raises UndeclaredRouteError
    when a view does not say who may use it.
    """
    app = bare_app(name, web, refusal_texts or {})
    api = describe_api(app, title, server=f"/{name}", prefix="/api")
    for blueprint in blueprints:
        if isinstance(blueprint, ApiBlueprint):
            api.register_blueprint(blueprint)
        else:
            app.register_blueprint(blueprint)
    add_operating_routes(app, web.metrics.registry, checks or {})
    refuse_undeclared(app)
    return app


def bare_app(name: str, web: WebParts, refusal_texts: Mapping[str, LazyText]) -> Flask:
    """Build an application that guards, measures and speaks, without routes."""
    app = Flask(
        f"komek.{name}", static_folder=None, root_path=str(Path(__file__).parent)
    )
    app.extensions[PARTS] = web
    _configure(app, web)
    observe(app, name, web.metrics, web.ids)
    harden(app)
    init_languages(app)
    _begin_requests(app, web)
    guard_routes(app, Guard(web.identity, web.clock))
    init_pages(app, web)
    tell_problems(app, refusal_texts)
    return app


def _configure(app: Flask, web: WebParts) -> None:
    settings: WebSettings = web.settings
    app.config.update(
        SECRET_KEY=web.identity.secret_key(),
        MAX_CONTENT_LENGTH=BODY_BYTES_MAX,
        MAX_FORM_MEMORY_SIZE=BODY_BYTES_MAX,
        SESSION_COOKIE_NAME=SESSION_COOKIE,
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=SESSION_SECONDS,
        SESSION_COOKIE_SECURE=settings.has_secure_cookies,
        TEMPLATES_AUTO_RELOAD=False,
    )
    assert isinstance(app.json, DefaultJSONProvider)
    app.json.sort_keys = False
    if settings.proxies_max:
        count = settings.proxies_max
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's way to wrap
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )


def _begin_requests(app: Flask, web: WebParts) -> None:
    @app.before_request
    def begin() -> None:
        web.breathe()
        limit_body()
        if any("\0" in str(value) for value in (request.view_args or {}).values()):
            abort(404)
        fields = request.args if request.is_json else request.values
        if any("\0" in value for value in fields.values()):
            abort(422, "A field holds a character that cannot be kept.")


def describe_api(app: Flask, title: str, *, server: str, prefix: str) -> ProblemApi:
    """Publish OpenAPI 3.1 at ``<prefix>/openapi.json`` for blueprints to come."""
    app.config.update(
        API_TITLE=f"Komek: {title}",
        API_VERSION=API_VERSION,
        OPENAPI_VERSION=OPENAPI_VERSION,
        OPENAPI_URL_PREFIX=prefix,
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={
            "servers": [{"url": server}],
            "components": {
                "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}
            },
            "security": [{"bearer": []}],
        },
    )
    api = ProblemApi(app)
    document = partial(app.view_functions["api-docs.openapi_json"])
    app.view_functions["api-docs.openapi_json"] = allow(EVERYONE)(document)
    return api
