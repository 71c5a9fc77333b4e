"""OAuth 2.0 Form Post Response Mode: answers that travel in a form, never in an address."""

import re
from urllib.parse import urlencode

import pytest

from accounts.models import Account
from idp.models import RequestTrail
from idp.trail import noting
from idp.trail.entry import Entry
from tests import factories
from tests.protocol.forms import Form, forms
from tests.protocol.partner import Partner
from tests.protocol.resident import (
    FORM,
    Resident,
    Response,
    heading,
    main_text,
    parameters,
    path,
)

MODE = {"response_mode": "form_post"}


def answer_form(page: Response) -> Form:
    """Return the one form of the page, which is no redirect."""
    assert (page.status_code, page["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "Location" not in page
    (form,) = forms(page.content.decode())
    return form


def policy(page: Response) -> dict[str, str]:
    """Return the directives of the page's Content-Security-Policy."""
    directives = page["Content-Security-Policy"].split(";")
    return dict(directive.strip().partition(" ")[::2] for directive in directives)


class TestSection2:
    """§2: the parameters are the fields of a form that is posted to the redirect URI."""

    def test_a_code_is_posted(self, resident: Resident, partner: Partner, account: Account) -> None:
        resident.sign_in(account)
        page = resident.press(resident.ask(partner.application, **MODE), "share")
        form = answer_form(page)
        assert (form.method, form.action) == ("post", factories.REDIRECT_URI)
        assert form.values.keys() == {"code", "state", "iss"}
        assert form.values["state"] == "state-1"
        assert form.values["iss"] == "http://localhost:8000"
        exchange = {
            "grant_type": "authorization_code",
            "code": form.values["code"],
            "redirect_uri": factories.REDIRECT_URI,
            "code_verifier": factories.VERIFIER,
        }
        assert partner.post("/token", exchange).status_code == 200

    @pytest.mark.parametrize(
        "changes,error",
        [
            ({"prompt": "none"}, "login_required"),
            ({"scope": "profile"}, "invalid_scope"),
            ({"response_type": "token"}, "unsupported_response_type"),
            ({"code_challenge": "short"}, "invalid_request"),
            ({"prompt": "none login"}, "invalid_request"),
        ],
    )
    def test_an_error_is_posted(
        self, resident: Resident, partner: Partner, changes: dict[str, str], error: str
    ) -> None:
        form = answer_form(resident.ask(partner.application, **MODE, **changes))
        assert form.action == factories.REDIRECT_URI
        assert form.values.keys() == {"error", "error_description", "state", "iss"}
        assert (form.values["error"], form.values["state"]) == (error, "state-1")

    def test_so_is_a_state_that_cannot_come_back(
        self, resident: Resident, partner: Partner
    ) -> None:
        form = answer_form(resident.ask(partner.application, **MODE, state="é"))
        assert form.values.keys() == {"error", "error_description", "iss"}

    def test_so_is_a_refusal_by_the_resident(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        page = resident.press(resident.ask(partner.application, **MODE), "refuse")
        form = answer_form(resident.press(page, "leave"))
        assert form.values["error"] == "access_denied"

    def test_a_silent_success_is_posted(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        resident.answer(partner.application)
        page = resident.ask(partner.application, **MODE, prompt="none")
        assert "code" in answer_form(page).values

    def test_a_query_of_the_redirect_uri_stays_in_the_address(
        self, resident: Resident, account: Account
    ) -> None:
        uri = "https://service.example.org/callback?bar=foo&x=%3B"
        application = factories.application(redirect_uris=uri)
        resident.sign_in(account)
        page = resident.ask(application, **MODE, redirect_uri=uri)
        form = answer_form(resident.press(page, "share"))
        assert form.action == uri
        assert "bar" not in form.values

    def test_what_the_application_sent_cannot_leave_its_field(
        self, resident: Resident, partner: Partner
    ) -> None:
        state = "\"><script>alert(1)</script><a href='x"
        page = resident.ask(partner.application, **MODE, prompt="none", state=state)
        assert "<script>alert" not in page.content.decode()
        (form,) = forms(page.content.decode())
        assert form.values["state"] == state

    def test_an_error_that_may_be_sent_nowhere_is_a_page(
        self, resident: Resident, partner: Partner
    ) -> None:
        page = resident.ask(partner.application, **MODE, redirect_uri="https://evil.example/")
        assert page.status_code == 400
        assert not forms(page.content.decode())
        assert heading(page) == "There is a problem with the service you came from"

    def test_an_unknown_mode_is_an_error_that_names_the_known(
        self, resident: Resident, partner: Partner
    ) -> None:
        page = resident.ask(partner.application, response_mode="fragment.jwt")
        assert page.status_code == 303
        assert "error=invalid_request" in page["Location"]
        assert "query+form_post" in page["Location"]
        assert "state=state-1" in page["Location"]

    def test_a_request_posted_from_another_site_is_answered_by_post(
        self, resident: Resident, partner: Partner, account: Account
    ) -> None:
        resident.sign_in(account)
        resident.answer(partner.application)
        kept, resident.client.cookies = resident.client.cookies, type(resident.client.cookies)()
        query = urlencode(parameters(partner.application, **MODE))
        response = resident.client.post("/authorize", query, content_type=FORM)
        resident.client.cookies = kept
        assert "code" in answer_form(resident.follow(response)).values

    def test_a_refused_one_too(self, resident: Resident, partner: Partner) -> None:
        query = urlencode(parameters(partner.application, **MODE, scope="profile"))
        response = resident.client.post("/authorize", query, content_type=FORM)
        assert answer_form(response).values["error"] == "invalid_scope"


class TestPage:
    """§2, §4: it sends itself, works without a script, and leaves no trace of the answer."""

    @pytest.fixture
    def page(self, resident: Resident, partner: Partner) -> Response:
        return resident.ask(partner.application, **MODE, prompt="none")

    def test_a_button_in_plain_words_is_there_for_whoever_runs_no_scripts(
        self, page: Response
    ) -> None:
        assert heading(page) == "Go back to Council Tax"
        assert "If nothing happens, select Continue." in main_text(page)
        assert answer_form(page).buttons == {"continue": {}}

    def test_the_only_scripts_are_files_of_ours(self, page: Response) -> None:
        scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page.content.decode())
        assert all(attributes.strip() and not text for attributes, text in scripts)
        assert any("idp/form_post.js" in attributes for attributes, _text in scripts)
        assert policy(page)["script-src"] == "'self'"

    def test_its_form_may_go_to_the_redirect_uri_alone(self, page: Response) -> None:
        assert policy(page)["form-action"] == factories.REDIRECT_URI

    @pytest.mark.parametrize(
        "uri,source",
        [
            ("https://a.example/cb?x=1", "https://a.example/cb"),
            ("https://a.example:8443/a;b,c", "https://a.example:8443/a%3Bb%2Cc"),
            ("https://a.example/%41b", "https://a.example/%41b"),
            ("https://a.example", "https://a.example"),
            ("http://[::1]:3000/cb", "http:"),
        ],
    )
    def test_the_policy_cannot_be_written_into(
        self, resident: Resident, uri: str, source: str
    ) -> None:
        application = factories.application(redirect_uris=uri)
        page = resident.ask(application, **MODE, redirect_uri=uri, prompt="none")
        assert policy(page)["form-action"] == source

    def test_nothing_keeps_it(self, page: Response) -> None:
        assert page["Cache-Control"] == "no-store"
        assert page["Pragma"] == "no-cache"

    def test_the_service_is_told_our_origin_and_not_our_address(self, page: Response) -> None:
        assert page["Referrer-Policy"] == "strict-origin"

    def test_it_is_in_no_frame(self, page: Response) -> None:
        assert policy(page)["frame-ancestors"] == "'none'"
        assert page["X-Frame-Options"] == "DENY"

    def test_the_answer_is_in_no_address(self, page: Response) -> None:
        assert path(page) == "/authorize"
        addresses = re.findall(r'(?:href|src|action)="([^"]*)"', page.content.decode())
        assert not [address for address in addresses if "login_required" in address]


class TestTrail:
    """The record of a form says that it was a page."""

    def test_its_status_is_200(
        self, resident: Resident, partner: Partner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entries: list[Entry] = []
        monkeypatch.setattr(noting.writer, "put", entries.append)
        resident.ask(partner.application, **MODE, prompt="none")
        resident.ask(partner.application, **MODE, scope="profile")
        assert [(entry.status, entry.outcome) for entry in entries] == [
            (200, "login_required"),
            (200, "invalid_scope"),
        ]
        assert not RequestTrail.objects.exists()
