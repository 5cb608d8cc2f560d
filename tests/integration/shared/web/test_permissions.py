"""Who may do what, and what happens to everybody else."""

import pytest
from flask import Blueprint

from shared.identity.accounts import ROLES
from shared.web.app import build_app
from shared.web.auth import (
    UndeclaredRouteError,
    allow,
    declared_roles,
    undeclared_routes,
)

WISH = {"name": "soap", "quantity": 3}


def test_an_application_with_an_undeclared_view_does_not_start(parts):
    pages = Blueprint("pages", __name__)
    pages.add_url_rule("/open", view_func=lambda: "open")

    with pytest.raises(UndeclaredRouteError, match="GET /open"):
        build_app("things", title="Things", blueprints=[pages], web=parts)


def test_a_view_added_later_is_found_and_refused(app, browser, bearer):
    app.add_url_rule("/late", view_func=lambda: "late")

    assert undeclared_routes(app) == ["GET /late"]
    for role in ROLES:
        assert browser.get("/things/late", headers=bearer(role)).status_code == 403


def test_the_permission_table_can_be_read(app):
    assert declared_roles(app)["POST /api/v1/things"] == {"volunteer"}
    assert declared_roles(app)["GET /healthz"] == {"everyone"}


@pytest.mark.parametrize("roles", [(), ("volunter",)])
def test_a_role_nobody_has_cannot_be_allowed(roles):
    with pytest.raises(ValueError, match="nobody is called"):
        allow(*roles)


@pytest.mark.parametrize("role", ROLES)
def test_a_write_is_for_the_roles_it_names(browser, bearer, role):
    answer = browser.post("/things/api/v1/things", json=WISH, headers=bearer(role))

    assert answer.status_code == (200 if role == "volunteer" else 403)


@pytest.mark.parametrize("role", ROLES)
def test_the_auditor_may_also_read(browser, bearer, role):
    answer = browser.get("/things/api/v1/things", headers=bearer(role))

    assert answer.status_code == (200 if role in {"coordinator", "auditor"} else 403)


def test_a_program_without_a_token_is_told_how_to_bring_one(browser):
    answer = browser.get("/things/api/v1/things")

    assert answer.status_code == 401
    assert answer.json["code"] == "not_signed_in"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer x", "bearer \ud7ff", "Basic YTpi", "xyz"]
)
def test_a_token_cannot_be_guessed(browser, bearer, header):
    bearer("coordinator")

    answer = browser.get("/things/api/v1/things", headers={"Authorization": header})

    assert answer.status_code == 401


def test_half_of_a_token_is_no_token(browser, bearer):
    whole = bearer("coordinator")["Authorization"]

    answer = browser.get("/things/api/v1/things", headers={"Authorization": whole[:-1]})

    assert answer.status_code == 401


def test_a_wrong_token_is_not_helped_by_a_session(browser):
    browser.sign_in("coordinator")

    answer = browser.get("/things/api/v1/things", headers={"Authorization": "Bearer x"})

    assert answer.status_code == 401


def test_a_disabled_account_stops_within_five_seconds(browser, bearer, identity, clock):
    headers = bearer("coordinator")
    browser.sign_in("coordinator")
    assert browser.get("/things/inside").status_code == 200

    identity.disable("coordinator@demo.example")
    clock.advance(seconds=5)

    refused = browser.get("/things/api/v1/things", headers=headers)
    assert refused.status_code == 401
    assert browser.get("/things/inside").status_code == 303


def test_people_are_led_to_the_sign_in_page_and_back(browser):
    refused = browser.get("/things/inside?cursor=a%26b")
    assert refused.status_code == 303
    assert (
        refused.location
        == "/account/sign-in?next=%2Fthings%2Finside%3Fcursor%3Da%2526b"
    )

    page = browser.get(refused.location).get_data(as_text=True)
    assert 'value="/things/inside?cursor=a%26b"' in page


def test_a_part_of_a_page_asks_the_whole_page_to_sign_in(browser):
    refused = browser.get("/things/inside", headers={"HX-Request": "true"})

    assert refused.status_code == 401
    assert refused.headers["HX-Redirect"] == "/account/sign-in"


def test_a_form_without_the_csrf_token_is_refused(browser):
    browser.sign_in("volunteer")

    refused = browser.post("/things/form", headers={"Accept": "application/json"})

    assert refused.status_code == 403
    assert refused.json["code"] == "csrf_failed"


@pytest.mark.parametrize("place", ["form", "header"])
def test_a_form_with_the_csrf_token_is_taken(browser, place):
    browser.sign_in("volunteer")
    token = browser.csrf("/account/profile")

    if place == "form":
        answer = browser.post("/things/form", data={"csrf_token": token})
    else:
        answer = browser.post("/things/form", headers={"X-CSRFToken": token})

    assert answer.status_code == 200


def test_the_csrf_token_of_another_browser_does_not_do(browser, site):
    browser.sign_in("volunteer")
    other = type(browser)(site)
    other.sign_in("volunteer")

    refused = browser.post(
        "/things/form", data={"csrf_token": other.csrf("/account/profile")}
    )

    assert refused.status_code == 403


def test_signing_in_needs_the_form_that_was_shown(browser):
    form = {"email": "volunteer@demo.example", "password": "four unrelated words"}

    assert browser.post("/account/sign-in", data=form).status_code == 403


def test_a_forged_cookie_opens_nothing(browser):
    browser.sign_in("coordinator")
    signed, _, signature = browser.get_cookie("komek").value.rpartition(".")
    other = "B" if signature[0] == "A" else "A"
    browser.set_cookie("komek", f"{signed}.{other}{signature[1:]}")

    assert browser.get("/things/inside").status_code == 303
