"""What a proxy, an orchestrator and Prometheus ask of every service."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Flask, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from shared.web.auth import EVERYONE, allow

Check = Callable[[], bool]


def add_operating_routes(
    app: Flask, registry: CollectorRegistry, checks: Mapping[str, Check]
) -> None:
    """Add ``/metrics``, ``/healthz`` (alive) and ``/readyz`` (may be sent work).

    A check that is false or raises makes ``/readyz`` answer 503 and is named; why
    it failed is in the log, not in the answer.
    """
    routes = Blueprint("operating", __name__)

    @routes.get("/metrics")
    @allow(EVERYONE)
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    @routes.get("/healthz")
    @allow(EVERYONE)
    def healthz() -> Response:
        return jsonify(status="alive")

    @routes.get("/readyz")
    @allow(EVERYONE)
    def readyz() -> tuple[Response, int]:
        found = {name: _passes(check) for name, check in checks.items()}
        is_ready = all(found.values())
        status = "ready" if is_ready else "not_ready"
        return jsonify(status=status, checks=found), 200 if is_ready else 503

    app.register_blueprint(routes)


def _passes(check: Check) -> bool:
    try:
        return check()
    except Exception:  # noqa: BLE001  any failure means the same: not ready
        return False
