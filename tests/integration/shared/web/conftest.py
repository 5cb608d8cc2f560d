"""An application as a service builds it, with one account of each role."""

from datetime import UTC, datetime

import flask
import pytest
from flask import Blueprint, render_template_string
from marshmallow import Schema, fields, validate
from prometheus_client import CollectorRegistry
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from shared.database.database import Database
from shared.identity.accounts import ROLES, Profile
from shared.identity.identity import Identity
from shared.identity.passwords import Passwords
from shared.kernel.clock import FrozenClock
from shared.kernel.errors import DomainError, NotFoundError
from shared.kernel.identity import SeededIdSource
from shared.web.account import build_account_app
from shared.web.api import ApiBlueprint
from shared.web.app import build_app
from shared.web.auth import EVERYONE, allow, current_principal
from shared.web.navigation import entry
from shared.web.observing import HttpMetrics
from shared.web.parts import WebParts
from shared.web.words import _l

PASSWORD = "four unrelated words"


class ShortError(DomainError):
    code = "not_enough_stock"


class LostError(NotFoundError):
    code = "unknown_thing"


class Wish(Schema):
    name = fields.String(required=True)
    quantity = fields.Integer(
        required=True, strict=True, validate=validate.Range(1, 1_000_000)
    )


def a_service():
    api = ApiBlueprint("things", "things", url_prefix="/api/v1")
    pages = Blueprint("pages", __name__)

    @api.route("/things", methods=["POST"])
    @api.arguments(Wish)
    @api.response(200, Wish)
    @allow("volunteer")
    def add(wish):
        return wish

    @api.route("/things")
    @api.response(200)
    @allow("coordinator")
    def look():
        return {"who": current_principal().email}

    @api.route("/things/<code>/<kind>", methods=["POST"])
    @api.response(200)
    @allow("volunteer")
    def fail(code, kind):
        errors = {
            "rule": ShortError("Only 1200 are free.", available=1200, status="odd"),
            "lost": LostError(f"There is no {code}."),
            "bug": ZeroDivisionError("secret details"),
        }
        raise errors[kind]

    @pages.get("/hello")
    @allow(EVERYONE)
    def hello():
        return render_template_string(
            "{% extends 'shared/public.html' %}{% block title %}t{% endblock %}"
            "{% block content %}<p>{{ name }}</p>{% endblock %}",
            name=flask.request.args.get("name", ""),
        )

    @pages.post("/form")
    @allow("volunteer")
    def form():
        return "kept"

    @pages.get("/inside")
    @allow("coordinator")
    def inside():
        return render_template_string(
            "{% extends 'shared/layout.html' %}{% block title %}t{% endblock %}"
        )

    return [api, pages]


@pytest.fixture
def clock():
    return FrozenClock(datetime(2026, 11, 22, 6, tzinfo=UTC))


@pytest.fixture(scope="session")
def password_hash():
    return Passwords().hashed(PASSWORD)


@pytest.fixture
def identity(tmp_path, clock, monkeypatch, password_hash):
    database = Database(f"sqlite:///{tmp_path / 'identity.db'}")
    identity = Identity(database, clock, SeededIdSource(clock, 7))
    identity.ensure_schema()
    with monkeypatch.context() as patched:
        # hashing seven equal passwords is seven times 20 ms for nothing
        patched.setattr(identity._passwords, "hashed", lambda _: password_hash)
        for role in ROLES:
            identity.create_account(
                Profile(
                    email=f"{role}@demo.example",
                    display_name=role.title(),
                    roles=(role,),
                    donor_code="D-1" if role == "donor" else None,
                    language="en",
                ),
                PASSWORD,
            )
    yield identity
    database.close()


@pytest.fixture
def parts(identity, clock):
    return WebParts(
        identity=identity,
        clock=clock,
        ids=SeededIdSource(clock, 9),
        metrics=HttpMetrics(CollectorRegistry()),
        navigation=(
            entry("/things/inside", _l("Accounts"), "coordinator", "auditor"),
            entry("/account/users", _l("Accounts"), "admin"),
        ),
    )


@pytest.fixture
def app(parts):
    texts = {"not_enough_stock": _l("Free: %(available)s, you asked for more.")}
    return build_app(
        "things", title="Things", blueprints=a_service(), web=parts, refusal_texts=texts
    )


@pytest.fixture
def site(app, parts):
    """The whole process as a browser sees it."""
    return DispatcherMiddleware(build_account_app(parts), {"/things": app})


class Browser(Client):
    """A client with a cookie jar that can sign in and call with a token."""

    def csrf(self, path="/account/sign-in"):
        page = self.get(path).get_data(as_text=True)
        return page.partition('name="csrf-token" content="')[2].partition('"')[0]

    def sign_in(self, role, **more):
        form = {"email": f"{role}@demo.example", "password": PASSWORD}
        return self.post(
            "/account/sign-in", data=form | more | {"csrf_token": self.csrf()}
        )


@pytest.fixture
def browser(site):
    return Browser(site)


@pytest.fixture
def bearer(identity):
    def headers(role):
        token = identity.issue_token(f"{role}@demo.example", PASSWORD).secret
        return {"Authorization": f"Bearer {token}"}

    return headers
