"""Each request has an id, is counted and is timed."""

import re
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import structlog
from flask import Flask, Response, request
from prometheus_client import CollectorRegistry, Counter, Histogram

from shared.kernel.identity import IdSource
from shared.telemetry.correlation import Trace, tracing

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REQUEST_ID = "komek.request_id"
_ACCEPTED_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
log = structlog.get_logger()

UNMATCHED = "unmatched"
"""One label for every address that is not ours: a scanner must not fill memory."""

SECONDS_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


class HttpMetrics:
    """Counts requests of every application in the process; make one a process."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.requests = Counter(
            "http_requests_total",
            "Requests answered, by route template.",
            ["service", "route", "method", "status"],
            registry=registry,
        )
        self.seconds = Histogram(
            "http_request_duration_seconds",
            "From the request's arrival to its answer being ready.",
            ["service", "route", "method"],
            registry=registry,
            buckets=SECONDS_BUCKETS,
        )


class Traced:
    """Opens a trace around an application; a caller's ``X-Request-Id`` is kept."""

    def __init__(self, app: "WSGIApplication", ids: IdSource) -> None:
        self._app = app
        self._ids = ids

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        wished = environ.get("HTTP_X_REQUEST_ID", "")
        request_id = (
            wished if _ACCEPTED_ID.fullmatch(wished) else str(self._ids.new_id())
        )
        environ[REQUEST_ID] = request_id
        environ["komek.started"] = time.perf_counter()
        with tracing(Trace(request_id)):
            return self._app(environ, start_response)


def request_id() -> str:
    """Give the id of the request being answered."""
    return str(request.environ.get(REQUEST_ID, ""))


def observe(app: Flask, service: str, metrics: HttpMetrics, ids: IdSource) -> None:
    """Trace, count and time every request of an application."""
    wsgi_app: Any = Traced(app.wsgi_app, ids)
    app.wsgi_app = wsgi_app  # type: ignore[method-assign]  # Flask's way to wrap

    @app.after_request
    def count(response: Response) -> Response:
        rule = request.url_rule
        route = UNMATCHED if rule is None else rule.rule
        method = request.method if rule is not None else UNMATCHED
        spent = time.perf_counter() - request.environ["komek.started"]
        metrics.requests.labels(service, route, method, response.status_code).inc()
        metrics.seconds.labels(service, route, method).observe(spent)
        response.headers["X-Request-Id"] = request_id()
        log.info(
            "request_answered",
            service=service,
            route=route,
            method=method,
            status=response.status_code,
            milliseconds=round(spent * 1000, 1),
        )
        return response
