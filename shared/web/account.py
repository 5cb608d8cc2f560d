"""``/``, ``/account`` and ``/static``: answered by every service process."""

from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    redirect,
    render_template,
    request,
    session,
)
from marshmallow import Schema, fields, validate
from werkzeug.wrappers import Response as AnyResponse

from shared.identity.accounts import LANGUAGES
from shared.identity.errors import TooManyAttemptsError, WrongCredentialsError
from shared.identity.passwords import check_strength
from shared.kernel.errors import DomainError
from shared.web.account_users import users
from shared.web.api import ApiBlueprint
from shared.web.app import bare_app, describe_api
from shared.web.assets import STATIC_URL, send_built
from shared.web.auth import (
    EVERYONE,
    LAST_SEEN,
    SESSION_KEY,
    SIGNED_IN,
    allow,
    current_principal,
    current_principal_or_none,
    refuse_undeclared,
    without_csrf,
)
from shared.web.navigation import home_of
from shared.web.operating import add_operating_routes
from shared.web.pages import toast
from shared.web.parts import WebParts, parts
from shared.web.problems import problem_text, status_of
from shared.web.returning import safe_path
from shared.web.roles import REFUSAL_TEXTS, ROLE_NAMES
from shared.web.trust import trust
from shared.web.words import _

pages = Blueprint("account_pages", __name__)
api = ApiBlueprint("account", "account_api", url_prefix="/account/api/v1")


def build_account_app(web: WebParts) -> Flask:
    """Build the application that answers what no service claims.

    It is mounted at the root, so the browser finds it whichever process answers.
    """
    app = bare_app("account", web, REFUSAL_TEXTS)
    documented = describe_api(app, "accounts", server="/", prefix="/account/api")
    documented.register_blueprint(api)
    app.register_blueprint(pages)
    app.register_blueprint(users)
    app.register_blueprint(trust)
    add_operating_routes(app, web.metrics.registry, {"identity": web.identity.is_ready})
    refuse_undeclared(app)
    return app


class Credentials(Schema):
    """What a program proves itself with."""

    email = fields.String(required=True, validate=validate.Length(max=320))
    password = fields.String(required=True, validate=validate.Length(max=1024))


class Token(Schema):
    """A bearer token and what it is good for."""

    access_token = fields.String(required=True)
    token_type = fields.Constant("Bearer")
    expires_in = fields.Integer(required=True, metadata={"description": "seconds"})
    roles = fields.List(fields.String(), required=True)
    units = fields.List(fields.String(), required=True)
    donor_code = fields.String(required=True, allow_none=True)


class Me(Schema):
    """Who the caller is."""

    email = fields.String(required=True)
    display_name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))


@api.route("/tokens", methods=["POST"])
@api.arguments(Credentials)
@api.response(200, Token)
@allow(EVERYONE)
@without_csrf
def issue_token(credentials: dict[str, str]) -> dict[str, Any]:
    """Give a program its token, for twelve hours."""
    granted = parts().identity.issue_token(**credentials)
    return {
        "access_token": granted.secret,
        "expires_in": granted.expires_in_seconds,
        "roles": sorted(granted.principal.roles),
        "units": granted.principal.units,
        "donor_code": granted.principal.donor_code,
    }


@api.route("/me")
@api.response(200, Me)
@allow(SIGNED_IN)
def me() -> dict[str, Any]:
    """Say who the caller is."""
    principal = current_principal()
    return {
        "email": principal.email,
        "display_name": principal.display_name,
        "roles": sorted(principal.roles),
        "language": principal.language,
    }


@pages.get("/")
@allow(EVERYONE)
def front() -> AnyResponse | str:
    """Lead to one's work, or say what this is."""
    principal = current_principal_or_none()
    if principal is not None:
        return redirect(home_of(parts().navigation, principal), 303)
    return render_template("account/front.html")


@pages.get("/account")
@allow(SIGNED_IN)
def account() -> AnyResponse:
    """Lead from the short address to the profile."""
    return redirect("/account/profile", 303)


@pages.get("/account/sign-in")
@allow(EVERYONE)
def sign_in_page() -> AnyResponse | str:
    """Show the form; whoever is signed in already goes on."""
    if current_principal_or_none() is not None:
        return redirect(_way_on(), 303)
    return _sign_in_form("")


@pages.post("/account/sign-in")
@allow(EVERYONE)
def sign_in() -> AnyResponse | tuple[str, int]:
    """Open a session; a session that was open before it ends with its cookie."""
    email = request.form.get("email", "")
    password = request.form.get("password", "")
    try:
        granted = parts().identity.sign_in(email, password)
    except (WrongCredentialsError, TooManyAttemptsError) as refusal:
        return _sign_in_form(email, refusal), status_of(refusal)
    session.clear()
    session[SESSION_KEY] = granted.secret
    session.permanent = "shared" not in request.form
    if "shared" in request.form:
        session[LAST_SEEN] = parts().clock.now().timestamp()
    home = home_of(parts().navigation, granted.principal)
    return redirect(safe_path(request.form.get("next"), home), 303)


@pages.post("/account/sign-out")
@allow(SIGNED_IN)
def sign_out() -> AnyResponse:
    """End this session everywhere it was copied to."""
    parts().identity.sign_out(str(session.get(SESSION_KEY, "")))
    session.clear()
    return redirect("/account/sign-in", 303)


@pages.get("/account/profile")
@allow(SIGNED_IN)
def profile() -> str:
    """Show one's own account."""
    return _profile_page()


@pages.post("/account/password")
@allow(SIGNED_IN)
def change_password() -> AnyResponse | tuple[str, int]:
    """Set a new password; every session ends, this one too."""
    principal = current_principal()
    try:
        check_strength(request.form.get("new", ""))
        parts().identity.sign_in(principal.email, request.form.get("old", ""))
    except DomainError as refusal:
        page = _profile_page(problem_text(refusal))
        return page, status_of(refusal)
    parts().identity.reset_password(principal.email, request.form["new"])
    session.clear()
    toast(_("The password is changed. Sign in with the new one."))
    return redirect("/account/sign-in", 303)


@pages.get("/account/not-stored")
@allow(EVERYONE)
def not_stored() -> str:
    """Say what this system does not know about anybody."""
    return render_template("account/not_stored.html")


@pages.get(f"{STATIC_URL}/<path:filename>")
@allow(EVERYONE)
def static_file(filename: str) -> Response:
    """Serve a built browser part."""
    return send_built(filename)


def _way_on() -> str:
    home = home_of(parts().navigation, current_principal())
    return safe_path(request.args.get("next"), home)


def _sign_in_form(email: str, refusal: DomainError | None = None) -> str:
    typed = request.form.get("password", "")
    return render_template(
        "account/sign_in.html",
        email=email,
        next_path=safe_path(request.values.get("next"), ""),
        refusal=problem_text(refusal) if refusal else "",
        is_cyrillic=any("\u0400" <= letter <= "\u052f" for letter in typed),
    )


def _profile_page(error: str = "") -> str:
    return render_template("account/profile.html", error=error, role_names=ROLE_NAMES)
