"""How failures are told to programs and to people."""

import pytest
from werkzeug.test import Client

from shared.web.app import build_app

THINGS = "/things/api/v1/things"


@pytest.fixture
def send(browser, bearer):
    def post(path=THINGS, **said):
        return browser.post(
            path, headers=bearer("volunteer") | said.pop("headers", {}), **said
        )

    return post


def test_a_rule_that_refuses_is_409_with_its_facts(send):
    answer = send(f"{THINGS}/soap/rule")

    assert answer.status_code == 409
    assert answer.content_type == "application/problem+json"
    assert answer.json == {
        "type": "/problems/not_enough_stock",
        "title": "A rule stands against it",
        "status": 409,
        "detail": "Free: 1,200, you asked for more.",
        "code": "not_enough_stock",
        "transient": False,
        "available": 1200,
        "fact_status": "odd",
    }


def test_the_title_speaks_the_callers_language(send):
    answer = send(f"{THINGS}/soap/rule", headers={"Accept-Language": "ru"})
    english = send(f"{THINGS}/soap/rule?lang=en")

    assert answer.json["title"] == english.json["title"]
    russian = send(f"{THINGS}/soap/rule?lang=ru")
    assert russian.json["title"] == "Правило не позволяет"


def test_a_refinement_of_not_found_is_404_and_keeps_its_code(send):
    answer = send(f"{THINGS}/soap/lost")

    assert (answer.status_code, answer.json["code"]) == (404, "unknown_thing")
    assert answer.json["detail"] == "There is no soap."


def test_a_bug_is_500_with_a_number_and_without_its_details(send):
    answer = send(f"{THINGS}/soap/bug", headers={"X-Request-Id": "request-0001"})

    assert answer.status_code == 500
    assert answer.json["code"] == "internal_error"
    assert answer.json["request_id"] == "request-0001"
    assert "secret" not in answer.get_data(as_text=True)


def test_wrong_fields_are_named(send):
    answer = send(json={"quantity": 0, "colour": "red"})

    assert answer.status_code == 422
    assert answer.json["code"] == "malformed"
    assert set(answer.json["errors"]) == {"name", "quantity", "colour"}
    assert "quantity" in answer.json["detail"]


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "[1, 2]",
        '"text"',
        "null",
        "7",
        "",
        "{",
        '{"name": "a", "quantity": NaN}',
        '{"name": "a", "quantity": 1e999}',
        '{"name": "a", "quantity": ' + "9" * 10_000 + "}",
        '{"name": "a", "quantity": "3"}',
        '{"name": "a", "quantity": true}',
        '{"name": {"a": 1}, "quantity": 3}',
        "[" * 100_000,
        b"\xff\xfe{}",
    ],
)
def test_a_body_that_is_not_the_object_asked_for_is_422(send, body):
    answer = send(data=body, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json["code"] == "malformed"


def test_signs_no_database_keeps_are_replaced_not_refused(send):
    answer = send(
        data=r'{"name": "a\u0000b\ud800c\u001dd", "quantity": 3}',
        content_type="application/json",
    )

    assert answer.json["name"] == "a\ufffdb\ufffdc\x1dd"


def test_a_body_of_ten_megabytes_is_refused_clearly(send):
    answer = send(data=b"x" * 10_000_000, content_type="application/json")

    assert answer.status_code == 413
    assert answer.json["code"] == "too_large"
    assert answer.json["megabytes_max"] == 2


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/things/api/v1/nothing", 404),
        ("GET", "/nothing", 404),
        ("DELETE", THINGS, 405),
        ("POST", f"{THINGS}/so%00ap/rule", 404),
    ],
)
def test_addresses_that_do_nothing_say_so(browser, bearer, method, path, status):
    answer = browser.open(
        path,
        method=method,
        headers=bearer("volunteer") | {"Accept": "application/json"},
    )

    assert answer.status_code == status
    assert answer.json["status"] == status


def test_people_get_a_page(browser):
    answer = browser.get("/things/nothing", headers={"Accept": "text/html"})

    assert answer.status_code == 404
    assert "<h1>Not found</h1>" in answer.get_data(as_text=True)


def test_what_was_typed_is_never_markup(browser):
    page = browser.get("/things/hello?name=<script>alert(1)</script>")

    assert "<script>alert" not in page.get_data(as_text=True)
    assert "&lt;script&gt;alert" in page.get_data(as_text=True)


@pytest.mark.parametrize(
    "path",
    ["/", "/account/sign-in", "/things/hello", THINGS, "/nothing", "/things/metrics"],
)
def test_every_answer_carries_the_policy(browser, path):
    headers = browser.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/account/sign-in", "/things/hello", "/nothing"])
def test_no_page_has_inline_script_or_style(browser, path):
    page = browser.get(path).get_data(as_text=True)

    assert " style=" not in page
    assert "<style" not in page
    assert page.count("<script") == page.count('<script type="module" src="/static/')


def test_requests_are_counted_by_template_not_by_address(browser, bearer):
    browser.get("/things/api/v1/things", headers=bearer("coordinator"))
    browser.post(f"{THINGS}/soap/rule", headers=bearer("volunteer"))
    browser.get("/things/what/ever")

    told = browser.get("/things/metrics").get_data(as_text=True)

    assert (
        'http_requests_total{method="POST",route="/api/v1/things/<code>/<kind>",'
        'service="things",status="409"} 1.0' in told
    )
    assert 'route="unmatched"' in told
    assert "soap" not in told


def test_openapi_describes_the_service(browser):
    told = browser.get("/things/api/openapi.json").json

    assert told["openapi"] == "3.1.0"
    assert told["servers"] == [{"url": "/things"}]
    assert "/api/v1/things" in told["paths"]
    assert told["components"]["schemas"]["Problem"]["properties"]["code"]


def test_readiness_names_what_is_missing(parts, app):
    def broken():
        raise OSError("no route to host")

    unready = build_app(
        "other",
        title="Other",
        blueprints=[],
        web=parts,
        checks={
            "database": lambda: True,
            "broker": broken,
            "migrations": lambda: False,
        },
    )

    answer = Client(unready).get("/readyz")

    assert answer.status_code == 503
    assert answer.json["checks"] == {
        "database": True,
        "broker": False,
        "migrations": False,
    }
    assert Client(app).get("/readyz").status_code == 200
    assert Client(unready).get("/healthz").status_code == 200
