"""Each request to a protocol endpoint leaves a record for the application that it names."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from accounts.limits.table import AUTHORIZATION_NETWORK
from accounts.models import Account
from idp.trail import noting
from idp.trail.entry import Entry
from tests import factories
from tests.accounts.limits.filling import fill
from tests.protocol.partner import FORM, Partner, body
from tests.protocol.resident import Resident, parameters
from tests.serving.provider import Served

SECRET_WORDS = "a-secret-that-nobody-may-read"


@pytest.fixture
def trail(monkeypatch: pytest.MonkeyPatch) -> list[Entry]:
    """Return what would be queued, in order."""
    entries: list[Entry] = []
    monkeypatch.setattr(noting.writer, "put", entries.append)
    return entries


def _last(trail: list[Entry]) -> tuple[str, int, str, str, bool]:
    entry = trail[-1]
    return entry.endpoint, entry.status, entry.outcome, entry.reason, entry.is_authenticated


class TestPrograms:
    def test_an_exchange_is_noted_with_the_library_that_sent_it(
        self, partner: Partner, trail: list[Entry]
    ) -> None:
        partner.post("/token", {"grant_type": "none"}, **{"User-Agent": "some-client/1.2 (x)"})
        assert _last(trail)[:3] == ("token", 400, "unsupported_grant_type")
        assert trail[-1].is_authenticated
        assert trail[-1].client_library == "some-client/1.2"
        partner.exchange(factories.grant(partner.application))
        assert _last(trail) == ("token", 200, "ok", "", True)
        assert trail[-1].client_id == partner.application.client_id
        assert 0 < trail[-1].duration < 60_000_000

    def test_a_wrong_secret_is_noted_as_what_anybody_could_have_sent(
        self, partner: Partner, trail: list[Entry]
    ) -> None:
        partner.secret = SECRET_WORDS
        answer = partner.exchange(factories.grant(partner.application))
        assert _last(trail)[:3] == ("token", 401, "invalid_client")
        assert not trail[-1].is_authenticated
        assert trail[-1].help_code in answer.json()["error_description"]

    def test_a_public_application_proves_itself_by_what_it_brings(
        self, public_partner: Partner, trail: list[Entry]
    ) -> None:
        public_partner.post("/token", {"grant_type": "authorization_code", "code": "no"})
        assert not trail[-1].is_authenticated
        public_partner.exchange(factories.grant(public_partner.application))
        assert trail[-1].is_authenticated

    def test_an_exchange_says_what_bound_its_code(
        self, partner: Partner, trail: list[Entry]
    ) -> None:
        partner.exchange(factories.grant(partner.application, nonce="n-0S6_WzA2Mj"))
        assert trail[-1].protected_by == "pkce nonce"
        partner.exchange(factories.grant(partner.application, nonce=""))
        assert trail[-1].protected_by == "pkce"
        tokens = partner.tokens()
        partner.post(
            "/token",
            {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]},
        )
        assert (trail[-1].outcome, trail[-1].protected_by) == ("ok", "")

    def test_userinfo_and_revocation_are_noted(self, partner: Partner, trail: list[Entry]) -> None:
        tokens = partner.tokens()
        partner.userinfo(tokens["access_token"])
        assert _last(trail) == ("userinfo", 200, "ok", "", True)
        partner.revoke(tokens["access_token"])
        assert _last(trail) == ("revoke", 200, "ok", "", True)

    def test_a_token_that_ended_is_noted_as_what_anybody_could_have_brought(
        self, partner: Partner, trail: list[Entry]
    ) -> None:
        token = partner.tokens()["access_token"]
        partner.revoke(token)
        partner.userinfo(token)
        assert _last(trail) == ("userinfo", 401, "invalid_token", "access_token_revoked", False)

    def test_each_refusal_says_which_section_has_the_rule(
        self, partner: Partner, public_partner: Partner, trail: list[Entry]
    ) -> None:
        issued, client_id = factories.grant(partner.application), partner.application.client_id
        tokens = partner.tokens()
        badly: list[Callable[[], Any]] = [
            lambda: partner.http.put("/token"),
            lambda: partner.raw("/token", "a=1&a=2", Authorization="Basic eA=="),
            lambda: partner.raw("/token", f"client_id={client_id}&client_secret=x"),
            lambda: partner.raw("/token", f"client_id={client_id}", Authorization="Basic eDp5"),
            lambda: partner.post("/token", {}),
            lambda: partner.post("/token", {"grant_type": "none"}),
            lambda: partner.post("/token", {"grant_type": "client_credentials"}),
            lambda: partner.exchange(issued, redirect_uri="https://evil.example/cb"),
            lambda: partner.exchange(issued, code_verifier="x" * 43),
            lambda: partner.exchange(issued, code="unknown"),
            lambda: partner.exchange(issued, resource="https://unknown.example.org"),
            lambda: partner.refresh("unknown"),
            lambda: partner.refresh(tokens["refresh_token"], scope="openid more"),
            lambda: public_partner.revoke(tokens["access_token"]),
            lambda: partner.post("/revoke", {}),
            lambda: partner.post("/introspect", {}),
            lambda: public_partner.post("/introspect", {"token": "x"}),
            lambda: partner.post("/par", {}),
            lambda: partner.post("/par", {"request_uri": "urn:x"}),
            lambda: partner.userinfo(partner.tokens(scopes=["profile"])["access_token"]),
        ]
        for ask in badly:
            del trail[:]
            assert 400 <= ask().status_code < 500
            assert all(entry.section and entry.reason for entry in trail[-1:]), trail

    def test_why_an_agreement_ended_is_kept_from_the_organisation(
        self, partner: Partner, account: Account, trail: list[Entry]
    ) -> None:
        issued = factories.grant(partner.application, account=account)
        Account.objects.filter(pk=account.pk).update(status=Account.Status.SUSPENDED)
        partner.exchange(issued)
        assert _last(trail)[2:4] == ("invalid_grant", "ended")

    def test_what_names_no_application_leaves_nothing(
        self, partner: Partner, trail: list[Entry]
    ) -> None:
        partner.http.get("/jwks")
        partner.http.get("/.well-known/openid-configuration")
        partner.raw("/token", "grant_type=authorization_code")
        assert trail == []

    def test_an_error_of_ours_is_noted_too(
        self, partner: Partner, trail: list[Entry], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def breaks(*_: Any) -> None:
            raise RuntimeError(SECRET_WORDS)

        monkeypatch.setattr("idp.oidc.codes.redeem", breaks)
        partner.exchange(factories.grant(partner.application))
        assert _last(trail)[:3] == ("token", 500, "server_error")

    def test_no_secret_code_or_token_is_in_any_record(
        self, partner: Partner, trail: list[Entry]
    ) -> None:
        issued = factories.grant(partner.application)
        tokens = partner.exchange(issued).json()
        partner.exchange(issued)
        partner.refresh(tokens["refresh_token"])
        partner.userinfo(tokens["access_token"] + "x")
        partner.raw("/token", f"client_id={partner.application.client_id}&code={SECRET_WORDS}")
        secrets = {issued.code, partner.secret, SECRET_WORDS, *map(str, tokens.values())}
        secrets -= {"Bearer", "300"}
        kept = " ".join(repr(entry) for entry in trail)
        assert [secret for secret in secrets if secret in kept] == []


class TestBrowsers:
    def test_a_refused_request_says_which_parameter_and_which_section(
        self, resident: Resident, partner: Partner, trail: list[Entry]
    ) -> None:
        resident.ask(partner.application, code_challenge=None)
        entry = trail[-1]
        assert (entry.endpoint, entry.outcome) == ("authorize", "invalid_request")
        assert (entry.parameter, entry.section) == ("code_challenge_method", "RFC 7636 §4.4.1")
        assert not entry.is_authenticated

    def test_a_request_that_goes_on_with_a_page_is_noted_once(
        self, resident: Resident, partner: Partner, trail: list[Entry]
    ) -> None:
        resident.ask(partner.application)
        assert [(entry.endpoint, entry.outcome, entry.reason) for entry in trail] == [
            ("authorize", "begun", "")
        ]
        assert trail[0].client_id == partner.application.client_id

    def test_a_pushed_one_and_a_posted_one_too(
        self, resident: Resident, partner: Partner, trail: list[Entry]
    ) -> None:
        asked = parameters(partner.application)
        uri = body(partner.post("/par", asked))["request_uri"]
        named = {"client_id": partner.application.client_id, "request_uri": uri}
        resident.get(f"/authorize?{urlencode(named)}")
        resident.client.post("/authorize", urlencode(asked), content_type=FORM)
        assert [(entry.endpoint, entry.outcome) for entry in trail] == [
            *(("par", "ok"), ("authorize", "begun"), ("authorize", "begun"))
        ]

    def test_one_too_many_of_a_network_is_noted(
        self, resident: Resident, partner: Partner, trail: list[Entry]
    ) -> None:
        fill(AUTHORIZATION_NETWORK, "127.0.0.1")
        assert resident.ask(partner.application).status_code == 429
        assert _last(trail)[2:4] == ("temporarily_unavailable", "limited_authorization_network")

    def test_a_sign_out_is_noted_with_what_became_of_it(
        self, resident: Resident, partner: Partner, account: Account, trail: list[Entry]
    ) -> None:
        resident.sign_in(account)
        client_id = partner.application.client_id
        resident.get(f"/logout?client_id={client_id}")
        assert _last(trail) == ("logout", 200, "begun", "logout_hint_missing", False)
        resident.client.cookies.clear()
        resident.get(f"/logout?client_id={client_id}")
        assert _last(trail) == ("logout", 200, "ok", "logout_shown", False)

    def test_an_answer_is_noted_and_nothing_about_the_browser(
        self, resident: Resident, partner: Partner, account: Account, trail: list[Entry]
    ) -> None:
        resident.sign_in(account)
        resident.client.defaults["HTTP_USER_AGENT"] = "Browser/1.0"
        resident.answer(partner.application)
        assert _last(trail) == ("authorize", 303, "ok", "", False)
        assert trail[-1].client_library == ""

    def test_a_silent_request_that_cannot_be_answered_says_why(
        self, resident: Resident, partner: Partner, trail: list[Entry]
    ) -> None:
        resident.ask(partner.application, prompt="none")
        assert _last(trail)[2:4] == ("login_required", "no_session")

    def test_a_resident_who_shares_nothing_is_noted(
        self, resident: Resident, partner: Partner, account: Account, trail: list[Entry]
    ) -> None:
        resident.sign_in(account)
        page = resident.press(resident.ask(partner.application), "refuse")
        resident.press(page, "leave")
        assert _last(trail)[2:4] == ("access_denied", "resident_did_not_share")


@pytest.mark.served
def test_a_served_provider_has_written_within_two_seconds(
    served: Served, ask: Callable[..., dict[str, Any]]
) -> None:
    issued = ask("issue")
    for secret in (issued["secret"], "wrong"):
        httpx.post(
            f"{served.issuer}/token",
            data={"grant_type": "authorization_code", "code": "unknown", "redirect_uri": "x"},
            auth=(str(issued["client_id"]), str(secret)),
        )
    until = time.monotonic() + 2
    while (found := ask("trail", str(issued["client_id"])))["records"] < 2:
        assert time.monotonic() < until, found
        time.sleep(0.1)
    assert found == {"records": 2, "authenticated": 1, "outcomes": "invalid_grant invalid_client"}
