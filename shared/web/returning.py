"""At which address a page stands, and where signing in leads: never to another site."""

from urllib.parse import urlencode

from flask import g, request

SIGN_IN = "/account/sign-in"


def sign_in_address() -> str:
    """Give the sign-in page's address, with the way back to this page."""
    if request.method != "GET" or "HX-Request" in request.headers:
        return SIGN_IN
    return f"{SIGN_IN}?{urlencode({'next': this_address()})}"


def stand_at(address: str) -> None:
    """Let a page that answers what was posted elsewhere stand at its own address."""
    g.own_address = address


def this_address(**without: object) -> str:
    """Give the address of this page inside the site, less some parameters."""
    if own_address := g.get("own_address"):
        return safe_path(own_address)
    path = request.script_root + "/" + request.path.lstrip("/")
    pairs = [
        (name, value)
        for name, value in request.args.items(multi=True)
        if name not in without
    ]
    return safe_path(f"{path}?{urlencode(pairs)}" if pairs else path)


def safe_path(wish: str | None, otherwise: str = "/") -> str:
    """Accept a path of this site; what could lead elsewhere becomes the fallback."""
    if not wish or not wish.startswith("/") or wish.startswith(("//", "/\\")):
        return otherwise
    if "\\" in wish or not wish.isprintable():
        return otherwise
    return wish
