"""Signing in from the sign-in page with a passkey, without Chromium."""

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings

from accounts.assurance import Level
from accounts.limits import operations as limits
from accounts.limits.table import KNOWN_BROWSER, PASSKEY_NETWORK
from accounts.models import Account, AuditEvent, Challenge, PendingSignIn, Session
from accounts.security.browser import BrowserId
from tests.accounts.visitor import Response, Visitor
from tests.factories import people
from tests.factories.authenticators import Manner, SoftwareKey, key_of

pytestmark = pytest.mark.django_db

NOT_RIGHT = "That passkey did not work"


@pytest.fixture
def ann() -> Account:
    return people.account("ann@example.org")


def _ask(visitor: Visitor) -> dict[str, Any]:
    options: dict[str, Any] = visitor.client.post("/sign-in/passkey/options").json()
    return options


def _sign_in(visitor: Visitor, key: SoftwareKey, manner: Manner | None = None) -> Response:
    flow = visitor.begin("/help/privacy")
    return _send(visitor, flow, key.get(_ask(visitor), manner))


def _send(visitor: Visitor, flow: str, answer: str, **typed: str) -> Response:
    return visitor.client.post("/sign-in", {"flow": flow, "passkey": answer, **typed})


def test_a_passkey_signs_in_alone_at_the_highest_level(ann: Account) -> None:
    visitor = Visitor()
    assert _sign_in(visitor, key_of(ann))["Location"] == "/help/privacy"
    session = visitor.session
    assert session is not None
    assert (session.account, session.level) == (ann, Level.PHISHING_RESISTANT)
    assert session.proofs[0]["method"] == "passkey"
    assert session.proofs[0]["authenticator"] == str(ann.authenticators.get().pk)


def test_a_password_beside_it_is_not_asked_for(ann: Account) -> None:
    ann.set_password(people.PASSWORD)
    ann.save()
    visitor = Visitor()
    assert _sign_in(visitor, key_of(ann)).status_code == 303


def test_an_answer_is_not_taken_twice(ann: Account) -> None:
    key, visitor = key_of(ann), Visitor()
    flow = visitor.begin()
    answer = key.get(_ask(visitor))
    _send(visitor, flow, answer)
    again = _send(visitor, visitor.begin(), answer)
    assert NOT_RIGHT in again.content.decode()
    assert Session.objects.count() == 1


def test_an_answer_stolen_on_its_way_is_no_use_in_another_browser(ann: Account) -> None:
    owner, thief = Visitor(), Visitor()
    owner.begin()
    answer = key_of(ann).get(_ask(owner))
    assert NOT_RIGHT in _send(thief, thief.begin(), answer).content.decode()
    assert thief.session is None


@pytest.mark.parametrize(
    "manner", [Manner(origin="https://evil.example"), Manner(verified=False), Manner(counter=0)]
)
def test_every_refusal_reads_the_same(ann: Account, manner: Manner) -> None:
    key = key_of(ann, sign_count=5) if manner.counter == 0 else key_of(ann)
    known = _sign_in(Visitor(), key, manner)
    unknown = _sign_in(Visitor(), SoftwareKey(user_handle=key.user_handle))
    assert known.status_code == unknown.status_code == 200
    for page in (known, unknown):
        assert page.context["form"].errors == {
            "__all__": [f"{NOT_RIGHT}. Try again, or sign in another way"]
        }
    assert not Session.objects.exists()


def test_what_was_typed_stays_after_a_refusal() -> None:
    visitor = Visitor()
    page = _send(visitor, visitor.begin(), "{}", sign_in_name="ann@example.org", password="secret")
    assert 'value="ann@example.org"' in page.content.decode()
    assert "secret" not in page.content.decode().replace("secret-key", "")


@pytest.mark.parametrize("answer", ["x", "[]", "{" * 9000, "\x00", "\ud800", '{"id": "é"}'])
def test_what_no_browser_sends_is_refused(answer: str) -> None:
    visitor = Visitor()
    answer = answer.encode(errors="surrogatepass").decode(errors="replace")
    assert _send(visitor, visitor.begin(), answer).status_code == 200
    assert not Session.objects.exists()


def test_the_question_is_the_same_for_everybody(ann: Account) -> None:
    key_of(ann)
    visitor = Visitor()
    named = visitor.client.post("/sign-in/passkey/options", {"sign_in_name": "ann@example.org"})
    nobody = visitor.client.post("/sign-in/passkey/options", {"sign_in_name": "no@example.org"})
    first, second = named.json(), nobody.json()
    assert first.pop("challenge") != second.pop("challenge")
    assert first == second
    assert not first["allowCredentials"]
    assert first["userVerification"] == "required"


def test_a_question_is_asked_of_a_form_of_ours_alone() -> None:
    assert Visitor(csrf=True).client.post("/sign-in/passkey/options").status_code == 403
    assert Visitor().get("/sign-in/passkey/options").status_code == 405
    assert not Challenge.objects.exists()


@pytest.mark.parametrize("status, words", [("suspended", "is suspended"), ("closed", "is closed")])
def test_a_stopped_account_is_told_so(ann: Account, status: str, words: str) -> None:
    key = key_of(ann)
    Account.objects.update(status=status)
    page = _sign_in(Visitor(), key)
    assert (page.status_code, words in page.content.decode()) == (403, True)
    assert AuditEvent.objects.get().reason == f"sign_in_account_{status}"


def test_whoever_was_signed_in_before_is_not_any_more(ann: Account) -> None:
    people.account("ben@example.org", password=people.PASSWORD)
    visitor = Visitor()
    visitor.submit("ben@example.org")
    before = visitor.cookie
    _sign_in(visitor, key_of(ann))
    assert visitor.cookie != before
    assert Session.objects.get(ended_at=None).account == ann


def test_a_flow_leads_to_one_session_by_passkey_too(ann: Account) -> None:
    key, visitor = key_of(ann), Visitor()
    flow = visitor.begin()
    _send(visitor, flow, key.get(_ask(visitor)))
    assert _send(visitor, flow, key.get(_ask(visitor))).status_code == 400
    assert PendingSignIn.objects.get().done_at is not None


def test_far_too_many_tries_from_one_network_have_to_wait(
    ann: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(PASSKEY_NETWORK, amount=5)
    monkeypatch.setattr("accounts.signin.passkeys.operations.PASSKEY_NETWORK", few)
    visitor = Visitor()
    flow = visitor.begin()
    for _try in range(few.amount):
        _send(visitor, flow, "x")
    assert _sign_in(visitor, key_of(ann)).status_code == 429


def test_the_name_field_offers_passkeys() -> None:
    visitor = Visitor()
    page = visitor.get(f"/sign-in?flow={visitor.begin()}").content.decode()
    assert 'autocomplete="username webauthn"' in page


def test_a_device_that_others_use_is_noted_and_not_known_afterwards(ann: Account) -> None:
    visitor, key = Visitor(), key_of(ann)
    flow = visitor.begin()
    _send(visitor, flow, key.get(_ask(visitor)), shared_device="on")
    assert visitor.session is not None
    assert visitor.session.is_shared_device
    browser = BrowserId(visitor.client.cookies[settings.BROWSER_COOKIE_NAME].value)
    assert not limits.is_known(KNOWN_BROWSER, ann.sign_in_key, browser.hash)
