"""Where the link of a letter leads: no sign-in, and nothing is done by looking."""

from flask import Blueprint, render_template

from services.donors.wiring import Donors
from shared.web.auth import EVERYONE, allow, without_csrf


def letter_pages(app: Donors) -> Blueprint:
    """Make the page that ends letters; mail programs post to it too (RFC 8058)."""
    made = Blueprint("letters", __name__, template_folder="../../templates")

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
        """End regular letters; the signed link is the authority, not a session."""
        app.letters.leave(token)
        return render_template("donors/letters.html", token=token, state="ended")

    @made.post("/letters/<token>/delete")
    @allow(EVERYONE)
    @without_csrf
    def post_address_deletion(token: str) -> str:
        """Delete the address as well."""
        app.letters.leave_for_good(token)
        return render_template("donors/letters.html", token=token, state="deleted")

    return made
