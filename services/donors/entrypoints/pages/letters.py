"""Where the links of letters lead: no sign-in, and nothing is done by looking."""

from flask import Blueprint, render_template

from services.donors.wiring import Donors
from shared.web.auth import EVERYONE, allow, without_csrf


def letter_pages(app: Donors) -> Blueprint:
    """Make the pages; what a signed link allows needs no session."""
    made = Blueprint("letters", __name__, template_folder="../../templates")
    _add_ending(made, app)
    _add_confirming(made, app)
    return made


def _add_ending(made: Blueprint, app: Donors) -> None:
    """Add the page that ends letters; mail programs post to it too (RFC 8058)."""

    @made.get("/letters/<token>")
    @allow(EVERYONE)
    def letters(token: str) -> str:
        """Ask whether letters shall end; programs that open links change nothing."""
        app.letters.reader_of(token)
        return render_template("donors/letters.html", token=token, state="asked")

    @made.post("/letters/<token>")
    @allow(EVERYONE)
    @without_csrf
    def post_letters_end(token: str) -> str:
        """End regular letters."""
        app.letters.leave(token)
        return render_template("donors/letters.html", token=token, state="ended")

    @made.post("/letters/<token>/delete")
    @allow(EVERYONE)
    @without_csrf
    def post_address_deletion(token: str) -> str:
        """Delete the address as well."""
        app.letters.leave_for_good(token)
        return render_template("donors/letters.html", token=token, state="deleted")


def _add_confirming(made: Blueprint, app: Donors) -> None:
    @made.get("/address/<token>")
    @allow(EVERYONE)
    def address(token: str) -> str:
        """Ask whether an address is right; programs that open links change nothing."""
        email, is_confirmed = app.addresses.look(token)
        asking = None if is_confirmed else token
        return render_template("donors/address.html", token=asking, email=email)

    @made.post("/address/<token>")
    @allow(EVERYONE)
    @without_csrf
    def post_address_confirmation(token: str) -> str:
        """Write to the address from now on; a second press changes nothing."""
        email = app.addresses.confirm(token)
        return render_template("donors/address.html", token=None, email=email)
