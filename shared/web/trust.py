"""How a phone comes to trust this computer: once, by installing its certificate.

Camera and offline pages need an address the browser can check. The computer in the
store room is its own authority, so each phone is told once to trust it. The
certificate itself has to be fetched over plain HTTP: that is all a small second
listener answers; whatever else is asked of it goes to the secure address.
"""

import zxingcpp
from flask import Blueprint, Flask, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from shared.web.app import bare_app
from shared.web.assets import STATIC_URL, send_built
from shared.web.auth import EVERYONE, allow, refuse_undeclared
from shared.web.parts import WebParts, parts
from shared.web.trust_offer import CERTIFICATE, Trust
from shared.web.words import _

PROFILE = "komek.mobileconfig"
CERTIFICATE_TYPE = "application/x-x509-ca-cert"
PROFILE_TYPE = "application/x-apple-aspen-config"
QR_SCALE = 6

trust = Blueprint("trust", __name__, url_prefix="/account/trust")
plain = Blueprint("plain", __name__)


def build_trust_app(web: WebParts) -> Flask:
    """Build what the plain listener answers."""
    app = bare_app("trust", web, {})
    app.register_blueprint(plain)
    refuse_undeclared(app)
    return app


def _offer() -> Trust:
    found = parts().trust
    if found is None:
        abort(404)
    return found


def _host() -> str:
    """Choose the address to show: the one by which this page was reached, if ours."""
    asked = request.host.rsplit(":", 1)[0].strip("[]")
    hosts = _offer().hosts()
    return asked if asked in hosts or not hosts else hosts[0]


def _phone() -> str:
    """Guess which steps to open; the others stay one tap away."""
    agent = request.user_agent.string
    if "iPhone" in agent or "iPad" in agent:
        return "iphone"
    return "android" if "Android" in agent else "computer"


def _shown(offer: Trust) -> dict[str, object]:
    host = _host()
    return {
        "secure_address": offer.secure_address(host),
        "plain_address": offer.plain_address(host),
        "fingerprint": offer.fingerprint(),
        "root_name": offer.root_name,
        "phone": _phone(),
    }


def _certificate() -> Response:
    answer = Response(_offer().root_der, content_type=CERTIFICATE_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{CERTIFICATE}"'
    return answer


def _profile() -> Response:
    offer = _offer()
    purpose = _("Lets this phone check the computer of the store room.")
    content = offer.profile(offer.root_name, purpose)
    return Response(content, content_type=PROFILE_TYPE)


@trust.get("")
@allow("coordinator", "admin")
def show() -> str:
    """Show the code that leads a phone to its steps."""
    offer = parts().trust
    if offer is None:
        return render_template("account/trust_none.html")
    return render_template("account/trust.html", **_shown(offer))


@trust.get("/qr.svg")
@allow("coordinator", "admin")
def qr() -> Response:
    """Draw the plain address."""
    address = _offer().plain_address(_host()) + "/"
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode)
    return Response(code.to_svg(scale=QR_SCALE), content_type="image/svg+xml")


@trust.get(f"/{CERTIFICATE}")
@allow(EVERYONE)
def certificate() -> Response:
    """Give the root certificate: the secret is its key, not this."""
    return _certificate()


@trust.get(f"/{PROFILE}")
@allow(EVERYONE)
def profile() -> Response:
    """Give the root certificate as an iPhone takes it."""
    return _profile()


@trust.get("/check")
@allow(EVERYONE)
def check() -> str:
    """Tell whether this phone is ready; the page's script finds out."""
    return render_template("account/trust_check.html")


@trust.get("/worker.js")
@allow(EVERYONE)
def worker() -> Response:
    """Give a service worker that does nothing.

    A browser registers one only where it trusts the certificate; after a warning
    that was waved away it does not, though the page calls itself secure.
    """
    return Response("// nothing to do\n", content_type="text/javascript")


@plain.get("/")
@allow(EVERYONE)
def begin() -> str:
    """Show a phone its steps."""
    return render_template("account/trust_plain.html", **_shown(_offer()))


@plain.get(f"/{CERTIFICATE}")
@allow(EVERYONE)
def plain_certificate() -> Response:
    """Give the root certificate as Android and computers take it."""
    return _certificate()


@plain.get(f"/{PROFILE}")
@allow(EVERYONE)
def plain_profile() -> Response:
    """Give the root certificate as an iPhone takes it."""
    return _profile()


@plain.get(f"{STATIC_URL}/<path:filename>")
@allow(EVERYONE)
def static_file(filename: str) -> Response:
    """Serve what the page looks like."""
    return send_built(filename)


@plain.get("/<path:elsewhere>")
@allow(EVERYONE)
def lead(elsewhere: str) -> AnyResponse:
    """Lead to the same page at the secure address."""
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    address = _offer().secure_address(_host())
    return redirect(f"{address}/{elsewhere.lstrip('/')}{query}", 307)
