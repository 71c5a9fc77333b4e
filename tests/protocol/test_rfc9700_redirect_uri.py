"""RFC 9700 §4.1.3 and RFC 8252: an answer goes to a registered address, character by character."""

from urllib.parse import parse_qs, urlsplit

import pytest

from clients.models import Application
from idp.oidc.authorize.redirect_uri import form_action, is_registered, with_parameters
from tests import factories
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, heading, sent

REGISTERED = "https://service.example.org/callback"
TRICKS = [
    "https://service.example.org/callback/",
    "https://service.example.org/callback/random",
    "https://service.example.org/callback2",
    "https://service.example.org/callbac",
    "https://service.example.org/Callback",
    "https://SERVICE.example.org/callback",
    "HTTPS://service.example.org/callback",
    "http://service.example.org/callback",
    "https://service.example.org:443/callback",
    "https://service.example.org./callback",
    "https://service.example.org/callback?x=1",
    "https://service.example.org/callback?",
    "https://service.example.org/callback#",
    "https://service.example.org/callback#x",
    "https://service.example.org/x/../callback",
    "https://service.example.org/./callback",
    "https://service.example.org//callback",
    "https://service.example.org/%63allback",
    "https://service.example.org/callback%2f..",
    "https://service.example.org/callback;x",
    "https://service.example.org\\callback",
    "https://service.example.org@evil.example/callback",
    "https://user:secret@service.example.org/callback",
    "https://evil.example/callback",
    "https://evil.example?https://service.example.org/callback",
    "https://evil.example#https://service.example.org/callback",
    "https://service.example.org.evil.example/callback",
    "https://evilservice.example.org/callback",
    "https://xn--service-.example.org/callback",
    "https://service.example.org%00.evil.example/callback",
    "//service.example.org/callback",
    "/callback",
    "javascript:alert(1)",
    "data:text/html,x",
    " https://service.example.org/callback",
    "https://service.example.org/callback ",
    "https://service.example.org/callback https://service.example.org/callback",
    "https://service.example.org/callback\n",
    "https://service.example.org/callb\u0430ck",
    "x" * 5000,
]


class TestSection413ExactMatch:
    """RFC 9700 §4.1.3: simple string comparison."""

    @pytest.mark.parametrize("uri", TRICKS)
    def test_anything_but_the_registered_characters_is_an_error_page(
        self, resident: Resident, partner: Partner, uri: str
    ) -> None:
        page = resident.ask(partner.application, redirect_uri=uri)
        assert page.status_code == 400
        assert "Location" not in page
        assert heading(page) == "There is a problem with the service you came from"

    @pytest.mark.parametrize("uri", TRICKS)
    def test_a_native_application_gets_no_more_leeway(self, uri: str) -> None:
        assert not is_registered(uri, [REGISTERED], native=True)

    def test_an_address_of_another_application_is_refused(
        self, resident: Resident, partner: Partner
    ) -> None:
        other = factories.application(redirect_uris="https://library.example/callback")
        page = resident.ask(partner.application, redirect_uri=other.redirect_uris)
        assert page.status_code == 400

    def test_one_of_several_registered_is_used(self, resident: Resident) -> None:
        second = "https://service.example.org/second"
        application = factories.application(redirect_uris=f"{REGISTERED} {second}")
        answer = resident.ask(application, redirect_uri=second, prompt="none")
        assert sent(answer, second)["error"] == "login_required"

    def test_the_only_one_registered_is_no_default(
        self, resident: Resident, partner: Partner
    ) -> None:
        assert resident.ask(partner.application, redirect_uri=None).status_code == 400


class TestRegisteredQuery:
    """RFC 6749 §3.1.2: a registered query is kept."""

    def test_the_answer_is_added_to_it(self, resident: Resident) -> None:
        uri = "https://service.example.org/callback?bar=foo"
        application = factories.application(redirect_uris=uri)
        resident.sign_in(factories.account())
        page = resident.ask(application, redirect_uri=uri)
        location = resident.press(page, "share")["Location"]
        query = parse_qs(urlsplit(location).query)
        assert query["bar"] == ["foo"]
        assert len(query["code"]) == 1

    @pytest.mark.parametrize("query", ["", "?bar=fo", "?bar=foo&x=1", "?x=1&bar=foo", "?BAR=foo"])
    def test_another_one_is_an_error_page(self, resident: Resident, query: str) -> None:
        uri = "https://service.example.org/callback"
        application = factories.application(redirect_uris=f"{uri}?bar=foo")
        assert resident.ask(application, redirect_uri=uri + query).status_code == 400

    def test_values_are_escaped(self) -> None:
        assert with_parameters("https://a.example/?x=1", {"state": "a&b=c#d é"}) == (
            "https://a.example/?x=1&state=a%26b%3Dc%23d+%C3%A9"
        )


class TestRfc8252Loopback:
    """RFC 8252 §7.3: a native application may use any port on a loopback address."""

    @pytest.mark.parametrize(
        "asked,registered",
        [
            ("http://127.0.0.1:49152/callback", "http://127.0.0.1/callback"),
            ("http://127.0.0.1/callback", "http://127.0.0.1:8000/callback"),
            ("http://[::1]:61023/callback", "http://[::1]/callback"),
            ("http://127.0.0.1:1?x=1", "http://127.0.0.1?x=1"),
        ],
    )
    def test_the_port_alone_may_differ(self, asked: str, registered: str) -> None:
        assert is_registered(asked, [registered], native=True)
        assert not is_registered(asked, [registered], native=False)

    @pytest.mark.parametrize(
        "asked",
        [
            "http://127.0.0.1:49152/other",
            "http://127.0.0.1:49152/callback/",
            "http://127.0.0.1:65536/callback",
            "http://127.0.0.1:/callback",
            "http://127.0.0.1:80a/callback",
            "http://127.0.0.1:80@evil.example/callback",
            "http://127.0.0.1@evil.example/callback",
            "http://127.0.0.1.evil.example/callback",
            "http://127.0.0.1:80\\@evil.example/callback",
            "http://127.0.0.2:80/callback",
            "http://localhost:80/callback",
            "https://127.0.0.1:80/callback",
            "http://[::1]:80/callback",
            "http://127.1:80/callback",
            "http://2130706433:80/callback",
            "http://127.0.0.1:٨٠/callback",
        ],
    )
    def test_nothing_else_may(self, asked: str) -> None:
        assert not is_registered(asked, ["http://127.0.0.1/callback"], native=True)

    @pytest.mark.parametrize("kind,status", [("native", 303), ("web", 400)])
    def test_only_what_is_registered_as_native_may(
        self, resident: Resident, kind: str, status: int
    ) -> None:
        application = factories.application(
            public=True,
            application_type=Application.Type(kind),
            redirect_uris="http://127.0.0.1/callback",
        )
        uri = "http://127.0.0.1:53124/callback"
        response = resident.ask(application, redirect_uri=uri, prompt="none")
        assert response.status_code == status
        if status == 303:
            assert sent(response, uri)["error"] == "login_required"

    def test_section_71_a_private_scheme_is_redirected_to(self, resident: Resident) -> None:
        uri = "org.example.app:/callback"
        application = factories.application(
            public=True, application_type=Application.Type.NATIVE, redirect_uris=uri
        )
        response = resident.ask(application, redirect_uri=uri, prompt="none")
        assert response["Location"].startswith("org.example.app:/callback?error=login_required")


class TestSection412Redirect:
    """RFC 9700 §4.12: 303, so that no form of ours is posted on; and the page allows the way."""

    def test_an_answer_after_a_form_is_303(self, resident: Resident, partner: Partner) -> None:
        resident.sign_in(factories.account())
        page = resident.ask(partner.application)
        assert resident.send(page, "share").status_code == 303
        assert resident.get(page.wsgi_request.get_full_path()).status_code == 303

    @pytest.mark.parametrize(
        "uri,source",
        [
            ("https://service.example.org/callback?x=1", "https://service.example.org"),
            ("https://service.example.org:8443/cb", "https://service.example.org:8443"),
            ("http://127.0.0.1:8001/cb", "http://127.0.0.1:8001"),
            ("http://[::1]:8001/cb", "http:"),
            ("org.example.app:/cb", "org.example.app:"),
            ("https://a.example;script-src%20*/cb", ""),
        ],
    )
    def test_the_policy_names_the_origin_and_no_more(self, uri: str, source: str) -> None:
        assert form_action(uri) == source

    def test_the_sharing_page_may_lead_to_the_service(
        self, resident: Resident, partner: Partner
    ) -> None:
        resident.sign_in(factories.account())
        policy = resident.ask(partner.application)["Content-Security-Policy"]
        assert "form-action 'self' https://service.example.org" in policy
