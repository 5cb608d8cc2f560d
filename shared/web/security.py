"""Headers that keep a page to itself."""

from http import HTTPStatus

from flask import Flask, Response, g, request

from shared.web.parts import parts

_POLICY = (
    "default-src 'self'; script-src 'self'{wasm}; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
POLICY = _POLICY.format(wasm="")
POLICY_WITH_WASM = _POLICY.format(wasm=" 'wasm-unsafe-eval'")
PART_POLICY = "default-src 'none'; frame-ancestors 'none'"

PART_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HEADERS = {
    **PART_HEADERS,
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SECURE_SECONDS = 180 * 24 * 3600


def allow_wasm() -> None:
    """Let this one answer's page compile WebAssembly: the camera decoder."""
    g.allows_wasm = True


def mark_as_part() -> None:
    """Say that this one answer is a style, script, font or picture and no page.

    What holds for pages is left out: on a slow phone every part would carry it.
    Opened by itself it may do nothing.
    """
    g.is_part = True


def allow_embedding(seconds: int) -> None:
    """Let other web sites show this one answer, and keep it for a while.

    Only for what is public: the reader's sign-in must not have changed it.
    """
    g.embedded_seconds = seconds


def harden(app: Flask) -> None:
    """Put the headers on every answer, errors included.

    Answers are not stored unless a view says otherwise: phones are shared.
    """

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _policy()
        response.headers.update(PART_HEADERS if g.get("is_part") else HEADERS)
        if g.get("embedded_seconds") and response.status_code == HTTPStatus.OK:
            _open_to_others(response, g.embedded_seconds)
        response.headers.setdefault("Cache-Control", "no-store")
        if request.is_secure and parts().settings.may_pin_https:
            response.headers["Strict-Transport-Security"] = f"max-age={SECURE_SECONDS}"
        return response


def _policy() -> str:
    if g.get("is_part"):
        return PART_POLICY
    return POLICY_WITH_WASM if g.get("allows_wasm") else POLICY


def _open_to_others(response: Response, seconds: int) -> None:
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    response.headers["Vary"] = "Accept-Language, Authorization, Cookie"
