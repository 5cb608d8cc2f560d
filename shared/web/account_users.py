"""``/account/users``: an administrator keeps the accounts."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from shared.identity.accounts import Profile, normal_email
from shared.identity.passwords import generated_password
from shared.kernel.errors import DomainError
from shared.web.auth import allow, current_principal
from shared.web.pages import toast
from shared.web.parts import parts
from shared.web.problems import problem_text, status_of
from shared.web.roles import ROLE_NAMES
from shared.web.words import _

users = Blueprint("users", __name__, url_prefix="/account/users")


class OwnAccountError(DomainError):
    """An administrator would lock the door from outside."""

    code = "own_account"

    def __init__(self) -> None:
        super().__init__(
            "This is your own account. Ask another administrator to disable it."
        )


@users.get("")
@allow("admin")
def list_users() -> str:
    """Show every account."""
    return _page()


@users.post("")
@allow("admin")
def add_user() -> tuple[str, int]:
    """Open an account with a made-up password, shown this once."""
    password = generated_password()
    try:
        account = parts().identity.create_account(_profile_from_form(), password)
    except DomainError as refusal:
        return _page(error=problem_text(refusal)), status_of(refusal)
    return _page(secret=password, secret_for=account.profile.email), 201


@users.post("/disable")
@allow("admin")
def disable_user() -> Response:
    """Lock an account out at once; it can be undone."""
    email = normal_email(request.form.get("email", ""))
    if email == current_principal().email:
        raise OwnAccountError
    parts().identity.disable(email)
    toast(
        _("%(email)s is locked out.", email=email),
        undo_url="/account/users/enable",
        undo_fields={"email": email},
    )
    return redirect("/account/users", 303)


@users.post("/enable")
@allow("admin")
def enable_user() -> Response:
    """Let an account in again."""
    email = normal_email(request.form.get("email", ""))
    parts().identity.enable(email)
    toast(_("%(email)s may sign in again.", email=email))
    return redirect("/account/users", 303)


@users.post("/reset-password")
@allow("admin")
def reset_user_password() -> str:
    """Give a new password, shown this once; old sessions end."""
    email = normal_email(request.form.get("email", ""))
    password = generated_password()
    parts().identity.reset_password(email, password)
    return _page(secret=password, secret_for=email)


def _profile_from_form() -> Profile:
    form = request.form
    return Profile(
        email=form.get("email", ""),
        display_name=form.get("display_name", ""),
        roles=tuple(form.getlist("roles")),
        units=tuple(form.get("units", "").replace(",", " ").split()),
        donor_code=form.get("donor_code", "").strip() or None,
        language=form.get("language", "ru"),
    )


def _page(error: str = "", secret: str = "", secret_for: str = "") -> str:
    return render_template(
        "account/users.html",
        accounts=parts().identity.accounts(),
        role_names=ROLE_NAMES,
        form=request.form,
        error=error,
        secret=secret,
        secret_for=secret_for,
    )
