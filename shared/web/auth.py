"""Who may do what: deny by default, said at each view.

A bearer token decides alone when one is sent, even beside a session cookie. A
cookie session needs a CSRF token for every unsafe method; a bearer token does
not, because no browser sends it by itself.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any, TypeVar

from flask import Flask, current_app, g, request, session
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped]
from werkzeug.routing import Rule

from shared.identity.accounts import ROLES, Principal
from shared.identity.identity import Identity
from shared.kernel.clock import Clock
from shared.kernel.errors import DomainError, ForbiddenError

EVERYONE = "everyone"
SIGNED_IN = "signed_in"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SHARED_PHONE_IDLE = timedelta(minutes=30)
SEEN_STEP = timedelta(minutes=1)
"""How exactly idleness is measured; the cookie is written anew this often."""

SESSION_KEY = "sid"
LAST_SEEN = "seen"
MARK_DIGITS = 16
_DECLARED = "_komek_allows"
_NO_CSRF = "_komek_without_csrf"

View = TypeVar("View", bound=Callable[..., Any])


class NotSignedInError(DomainError):
    """Nobody stands behind the request; people are sent to the sign-in page."""

    code = "not_signed_in"

    def __init__(self) -> None:
        super().__init__("Sign in first, or send a valid bearer token.")


class UndeclaredRouteError(Exception):
    """A programmer forgot to say who may use a view."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What an application needs to recognise people."""

    identity: Identity
    clock: Clock


def allow(*roles: str) -> Callable[[View], View]:
    """Declare who may use a view: roles, ``SIGNED_IN`` or ``EVERYONE``.

    The auditor may also make every GET that some role may make. Stands below the
    route decorator.
    """
    unknown = set(roles) - {*ROLES, EVERYONE, SIGNED_IN}
    if unknown or not roles:
        raise ValueError(f"nobody is called {sorted(unknown)}")

    def declare(view: View) -> View:
        setattr(view, _DECLARED, frozenset(roles))
        return view

    return declare


def without_csrf(view: View) -> View:
    """Excuse a view that takes no authority from a cookie."""
    setattr(view, _NO_CSRF, True)
    return view


def current_principal() -> Principal:
    """Give the person or program behind the request; raises NotSignedInError."""
    principal = current_principal_or_none()
    if principal is None:
        raise NotSignedInError
    return principal


def current_principal_or_none() -> Principal | None:
    """Give who is signed in, on pages that are for everyone."""
    principal: Principal | None = g.get("principal")
    return principal


def session_mark() -> str:
    """Name the cookie's session without its secret; empty where there is none.

    By it a phone tells a session that was left from the same person's next one.
    """
    secret = session.get(SESSION_KEY)
    if not isinstance(secret, str):
        return ""
    return sha256(secret.encode()).hexdigest()[:MARK_DIGITS]


def is_still_allowed() -> bool:
    """Ask again whether a stream's reader is signed in as when it was opened."""
    if g.get("principal") is None:
        return True
    guard: Guard = current_app.extensions["komek_guard"]
    return _recognised(guard) is not None


def guard_routes(app: Flask, guard: Guard) -> None:
    """Check every request of an application before its view runs."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    csrf = CSRFProtect(app)
    app.extensions["komek_guard"] = guard

    @app.before_request
    def check() -> None:
        g.principal = _recognised(guard)
        if request.url_rule is None:
            return
        view = _view_of(app, request.url_rule, request.method)
        _authorise(getattr(view, _DECLARED, frozenset()))
        if _needs_csrf(view):
            csrf.protect()


def undeclared_routes(app: Flask) -> list[str]:
    """List ``METHOD rule`` of every route that says not who may use it."""
    return sorted(
        f"{method} {rule.rule}"
        for rule, method in _routes(app)
        if not getattr(_view_of(app, rule, method), _DECLARED, None)
    )


def declared_roles(app: Flask) -> dict[str, frozenset[str]]:
    """Map ``METHOD rule`` to who may use it: the permission table, for tests."""
    return {
        f"{method} {rule.rule}": getattr(
            _view_of(app, rule, method), _DECLARED, frozenset()
        )
        for rule, method in _routes(app)
    }


def refuse_undeclared(app: Flask) -> None:
    """Stop the start of an application with an undeclared route."""
    forgotten = undeclared_routes(app)
    if forgotten:
        raise UndeclaredRouteError(", ".join(forgotten))


def _routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def _view_of(app: Flask, rule: Rule, method: str) -> Any:
    """Find the function that answers; a class-based view has one per method."""
    view = app.view_functions[rule.endpoint]
    klass = getattr(view, "view_class", None)
    if klass is None:
        return view
    name = "get" if method == "HEAD" else method.lower()
    return getattr(klass, name, view)


def _authorise(allowed: frozenset[str]) -> None:
    if EVERYONE in allowed:
        return
    principal = current_principal()
    if SIGNED_IN in allowed or principal.has_role(*allowed):
        return
    if allowed and request.method in SAFE_METHODS and principal.has_role("auditor"):
        return
    raise ForbiddenError(
        "Your account may not do this. Ask a coordinator or an administrator.",
        roles=sorted(principal.roles),
    )


def _needs_csrf(view: Any) -> bool:
    if request.method in SAFE_METHODS or getattr(view, _NO_CSRF, False):
        return False
    return _bearer() is None


def _recognised(guard: Guard) -> Principal | None:
    token = _bearer()
    if token is not None:
        return guard.identity.principal_for_token(token)
    secret = session.get(SESSION_KEY)
    if not isinstance(secret, str) or not _was_seen_lately(guard.clock):
        return None
    return guard.identity.principal_for_session(secret)


def _bearer() -> str | None:
    header = request.headers.get("Authorization", "")
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.casefold() == "bearer" else None


def _was_seen_lately(clock: Clock) -> bool:
    """Sign a shared phone out after half an hour without a request."""
    seen = session.get(LAST_SEEN)
    if seen is None:
        return True
    idle = clock.now().timestamp() - float(seen)
    if idle > SHARED_PHONE_IDLE.total_seconds():
        return False
    is_stream = "text/event-stream" in request.headers.get("Accept", "")
    if idle > SEEN_STEP.total_seconds() and not is_stream:
        session[LAST_SEEN] = clock.now().timestamp()
    return True
