"""Signing in, languages and an administrator's page."""

import pytest

from shared.identity.throttle import FAILURES_MAX
from tests.integration.shared.web.conftest import PASSWORD

TOKENS = "/account/api/v1/tokens"


def test_a_program_gets_a_token_and_may_ask_who_it_is(browser):
    answer = browser.post(
        TOKENS, json={"email": "donor@demo.example", "password": PASSWORD}
    )

    assert answer.status_code == 200
    token = answer.json.pop("access_token")
    assert answer.json == {
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": 43_200,
        "roles": ["donor"],
        "units": [],
        "donor_code": "D-1",
    }
    me = browser.get("/account/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert me.json == {
        "email": "donor@demo.example",
        "display_name": "Donor",
        "roles": ["donor"],
        "language": "en",
    }


def test_a_wrong_password_is_401_and_too_many_are_429(browser):
    wish = {"email": "donor@demo.example", "password": "guess"}

    told = [browser.post(TOKENS, json=wish) for _ in range(FAILURES_MAX + 1)]

    assert {answer.status_code for answer in told[:-1]} == {401}
    assert told[0].json["code"] == "wrong_credentials"
    assert told[-1].status_code == 429
    assert int(told[-1].headers["Retry-After"]) > 0


def test_signing_in_leads_to_the_roles_own_page(browser):
    assert browser.sign_in("coordinator").location == "/things/inside"
    assert browser.get("/").location == "/things/inside"
    page = browser.get("/things/inside").get_data(as_text=True)
    assert '<a href="/things/inside" aria-current="page">' in page


def test_a_role_without_pages_lands_on_its_profile(browser):
    assert browser.sign_in("reviewer").location == "/account/profile"


@pytest.mark.parametrize(
    ("wish", "leads_to"),
    [
        ("/things/inside?a=1", "/things/inside?a=1"),
        ("//evil.example/x", "/account/users"),
        ("https://evil.example", "/account/users"),
        ("/\\evil.example", "/account/users"),
        ("/a\r\nSet-Cookie: x=y", "/account/users"),
    ],
)
def test_the_way_back_never_leaves_the_site(browser, wish, leads_to):
    assert browser.sign_in("admin", next=wish).location == leads_to


def test_the_page_says_when_the_keyboard_was_the_likely_cause(browser):
    answer = browser.sign_in("admin", password="пароль")

    page = answer.get_data(as_text=True)
    assert answer.status_code == 401
    assert "Cyrillic letters" in page
    assert 'value="admin@demo.example"' in page
    assert "пароль" not in page


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(browser):
    cookie = browser.sign_in("admin").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_signing_out_ends_copies_of_the_session_too(browser, site):
    browser.sign_in("admin")
    copy = type(browser)(site)
    copy.set_cookie("komek", browser.get_cookie("komek").value)
    assert copy.get("/account/users").status_code == 200

    browser.post(
        "/account/sign-out", data={"csrf_token": browser.csrf("/account/profile")}
    )

    assert browser.get("/account/users").status_code == 303
    assert copy.get("/account/users").status_code == 303


def test_a_shared_phone_is_signed_out_after_half_an_idle_hour(browser, clock):
    browser.sign_in("admin", shared="on")
    for _ in range(3):
        clock.advance(minutes=29)
        assert browser.get("/account/users").status_code == 200

    clock.advance(minutes=31)

    assert browser.get("/account/users").status_code == 303


def test_an_open_stream_does_not_keep_a_shared_phone_signed_in(browser, clock):
    browser.sign_in("admin", shared="on")
    clock.advance(minutes=29)
    browser.get("/account/users", headers={"Accept": "text/event-stream"})

    clock.advance(minutes=2)

    assert browser.get("/account/users").status_code == 303


def test_a_language_is_kept_by_the_browser_and_the_account(browser, identity):
    browser.sign_in("admin")

    kept = browser.get("/account/users?cursor=x&lang=kk")

    assert kept.status_code == 303
    assert kept.location == "/account/users?cursor=x"
    assert "Тіркелгілер" in browser.get("/account/users").get_data(as_text=True)
    assert identity.account("admin@demo.example").profile.language == "kk"


@pytest.mark.parametrize(
    ("accepted", "heading"),
    [("kk-KZ,ru;q=0.8", "Кіру"), ("ru", "Вход"), ("de", "Sign in"), ("", "Sign in")],
)
def test_the_browsers_language_is_the_first_guess(browser, accepted, heading):
    page = browser.get("/account/sign-in", headers={"Accept-Language": accepted})

    assert f"<h1>{heading}</h1>" in page.get_data(as_text=True)


def test_a_person_chooses_the_dark(browser):
    browser.get("/account/sign-in?theme=dark")
    assert 'data-theme="dark"' in browser.get("/account/sign-in").get_data(as_text=True)

    browser.get("/account/sign-in?theme=neon")
    assert 'data-theme="dark"' in browser.get("/account/sign-in").get_data(as_text=True)


def test_a_new_password_is_proved_with_the_old_one(browser):
    browser.sign_in("volunteer")

    def change(old, new):
        token = browser.csrf("/account/profile")
        form = {"old": old, "new": new, "csrf_token": token}
        return browser.post("/account/password", data=form).status_code

    assert change("wrong", "another four words") == 401
    assert change(PASSWORD, "short") == 422
    assert change(PASSWORD, "another four words") == 303
    assert browser.get("/account/profile").status_code == 303
    assert (
        browser.sign_in("volunteer", password="another four words").status_code == 303
    )


class TestUsers:
    @pytest.fixture
    def post(self, browser):
        browser.sign_in("admin")

        def post(path="", **form):
            form["csrf_token"] = browser.csrf("/account/profile")
            return browser.post(f"/account/users{path}", data=form)

        return post

    def test_a_new_account_gets_a_password_that_works(self, post, identity):
        answer = post(
            email="New@demo.example",
            display_name="<b>New</b>",
            roles=["outreach", "volunteer"],
            units="U-01, U-02",
            language="kk",
        )

        page = answer.get_data(as_text=True)
        secret = page.partition('<p class="secret">')[2].partition("<")[0]
        assert answer.status_code == 201
        assert "<b>New" not in page
        principal = identity.sign_in("new@demo.example", secret).principal
        assert principal.units == ("U-01", "U-02")
        assert principal.roles == {"outreach", "volunteer"}

    @pytest.mark.parametrize(
        ("form", "status"),
        [
            ({"email": "donor@demo.example", "roles": "auditor"}, 409),
            ({"email": "x@demo.example", "roles": "king"}, 422),
            ({"email": "x@demo.example"}, 422),
            ({"email": "no address", "roles": "auditor"}, 422),
        ],
    )
    def test_what_no_account_can_be_is_said_on_the_page(self, post, form, status):
        answer = post(display_name="X", **form)

        assert answer.status_code == status
        assert "The account was not opened" in answer.get_data(as_text=True)

    def test_locking_out_can_be_undone(self, post, browser, identity):
        post("/disable", email="donor@demo.example")
        page = browser.get("/account/users").get_data(as_text=True)

        assert identity.account("donor@demo.example").is_disabled
        assert 'action="/account/users/enable"' in page
        assert "Undo" in page
        post("/enable", email="donor@demo.example")
        assert not identity.account("donor@demo.example").is_disabled

    def test_nobody_locks_themselves_out(self, post, identity):
        assert post("/disable", email="ADMIN@demo.example").status_code == 409
        assert not identity.account("admin@demo.example").is_disabled

    def test_a_reset_password_is_shown_once(self, post, browser, identity):
        page = post("/reset-password", email="donor@demo.example").get_data(
            as_text=True
        )

        secret = page.partition('<p class="secret">')[2].partition("<")[0]
        assert identity.sign_in("donor@demo.example", secret)
        assert secret not in browser.get("/account/users").get_data(as_text=True)

    def test_the_auditor_reads_and_changes_nothing(self, browser):
        browser.sign_in("auditor")
        token = browser.csrf("/account/profile")

        assert browser.get("/account/users").status_code == 200
        refused = browser.post(
            "/account/users/disable",
            data={"email": "donor@demo.example", "csrf_token": token},
        )
        assert refused.status_code == 403


def test_a_browser_part_may_be_kept_for_a_year(browser):
    page = browser.get("/account/sign-in").get_data(as_text=True)
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]

    answer = browser.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)

    assert answer.status_code == 200
    assert answer.content_encoding == "gzip"
    assert answer.mimetype == "text/css"
    kept = {"max-age=31536000", "public", "immutable"}
    assert set(answer.headers["Cache-Control"].split(", ")) == kept
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "Permissions-Policy" not in answer.headers
    assert browser.get(address, buffered=True).content_encoding is None


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "nothing.css", "stamp/x"])
def test_only_built_files_are_served(browser, name):
    assert browser.get(f"/static/{name}").status_code == 404
