"""No step is skipped by its address, an empty form, an old session or another tab."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.models import (
    Account,
    Authenticator,
    EmailAddress,
    Phone,
    PostalAddress,
    Session,
)
from accounts.sessions.operations import end_everything
from tests.accounts import post
from tests.accounts.hostile.late import FORMS, NOON, ask_to_go_live
from tests.accounts.mfa.owner import ANN, Owner
from tests.accounts.signup.browser import Browser
from tests.accounts.visitor import Visitor
from tests.factories import people, ways

pytestmark = pytest.mark.django_db

WAYS = "/account/ways-to-sign-in"
NEW = "violet lantern orchard"
# Each page that ends something which begins on another one, and what somebody might send it.
LAST_STEPS = {
    "app": f"{WAYS}/app",
    "printed sheet": f"{WAYS}/code-sheet/check",
    "passkey": f"{WAYS}/passkey",
    "security key": f"{WAYS}/security-key",
    "recovery codes": f"{WAYS}/recovery-codes",
    "text messages": f"{WAYS}/text-message",
    "phone": "/account/phone/confirm",
    "phone, asked again": "/account/phone/check",
    "address from a look-up": "/account/address/choose",
    "password": "/account/password",
    "leaving": "/account/someone-has-left/check",
    "joining": "/account/join/choose",
    "getting back in": "/account/getting-back-in/choose",
}
SENT: dict[str, dict[str, str]] = {
    "nothing": {},
    "empty fields": dict.fromkeys(("code", "app", "sheet", "passkey", "password", "uprn"), ""),
    "made up": {"code": "123456", "app": "x", "sheet": "x", "passkey": "{}", "uprn": "1"},
    "word from elsewhere": {"decision": "use", "keep": "other", "wanted": "unsafe"},
}


def _held() -> dict[str, Any]:
    """Return all that these steps could change."""
    account = Account.objects.get(sign_in_name=ANN)
    return {
        "ways": sorted(Authenticator.objects.values_list("kind", "pk")),
        "addresses": sorted(EmailAddress.objects.values_list("address", "is_primary")),
        "phones": list(Phone.objects.values_list("number", "confirmed_at")),
        "homes": list(PostalAddress.objects.values_list("lines")),
        "account": (account.status, account.password, account.full_name, account.is_discreet),
    }


@pytest.mark.parametrize("sent", SENT.values(), ids=SENT)
@pytest.mark.parametrize("page", LAST_STEPS.values(), ids=LAST_STEPS)
def test_a_last_step_alone_does_nothing(page: str, sent: dict[str, str]) -> None:
    ann = Owner()
    before = _held()
    assert ann.get(page).status_code < 500
    assert ann.client.post(page, sent).status_code < 500
    assert _held() == before


def test_an_address_is_not_added_by_going_past_its_code() -> None:
    ann = Owner()
    change = ann.client.post("/account/emails/add", {"email": "new@example.org"})["Location"]
    for sent in ({}, {"decision": "use"}, {"code": ""}, {"code": "000000"}):
        ann.client.post(change, sent)
        ann.client.post(f"{change}/cannot-read", sent)
    assert _held()["addresses"] == [(ANN, True)]


def test_a_sign_up_is_not_finished_by_going_past_its_mail() -> None:
    ann = Browser()
    ann.begin("new@example.org")
    assert ann.finish()["Location"] == ann.waiting
    assert ann.client.post(ann.page("passkey"), {"full_name": "Ann", "passkey": "{}"}).status_code
    assert not Account.objects.exists()


@pytest.mark.parametrize("page, typed", [form[:2] for form in FORMS.values()], ids=list(FORMS))
def test_a_session_from_before_a_password_change_changes_nothing(
    page: str, typed: dict[str, str]
) -> None:
    thief = Owner(people.account(ANN, password=people.PASSWORD, former_name="Ann Before"))
    ask_to_go_live(thief.account)
    owner = Owner(thief.account)
    before = _held()
    values = {"password": NEW}
    assert owner.client.post("/account/password", values)["Location"] == WAYS
    late = thief.client.post(page, typed)
    assert late["Location"].startswith("/sign-in")
    # Nor does it stand in the owner's form afterwards.
    assert "typed" not in late["Location"]
    after = _held()
    assert {**after, "account": 0} == {**before, "account": 0}
    assert owner.session is not None


def test_a_half_sign_in_from_before_a_password_change_leads_nowhere() -> None:
    account = people.account(ANN, password=people.PASSWORD)
    secret = ways.app(account)
    thief = Visitor()
    flow = thief.begin("/account")
    thief.submit(ANN, flow=flow)
    account.set_password(NEW)
    account.password_changed_at = timezone.now()
    account.save()
    thief.client.post("/sign-in/app", {"flow": flow, "code": ways.code_of(secret)})
    assert thief.session is None


def test_a_code_typed_in_one_tab_finishes_no_sign_in_of_another() -> None:
    secret = ways.app(people.account(ANN, password=people.PASSWORD))
    browser = Visitor()
    first, second = browser.begin("/help/contact"), browser.begin("/help/privacy")
    browser.submit(ANN, flow=first)
    code = {"flow": second, "code": ways.code_of(secret)}
    browser.client.post("/sign-in/app", code)
    assert browser.session is None
    done = browser.client.post("/sign-in/app", {**code, "flow": first})
    assert done["Location"] == "/help/contact"


def test_two_tabs_that_add_an_app_each_keep_their_own_square() -> None:
    ann = Owner()
    first, second = (ann.hidden(f"{WAYS}/app", "app") for _tab in range(2))
    assert first != second
    wrong = ann.client.post(f"{WAYS}/app", {"app": second, "code": "000000"})
    page = wrong.content.decode()
    assert second in page
    assert first not in page


def test_two_tabs_that_change_addresses_do_not_take_each_others_codes() -> None:
    ann = Owner()
    tabs = []
    for address in ("one@example.org", "two@example.org"):
        tab = ann.client.post("/account/emails/add", {"email": address})["Location"]
        tabs.append((tab, post.newest().code))
    (one, code_of_one), (two, _code) = tabs
    ann.client.post(two, {"code": code_of_one})
    assert _held()["addresses"] == [(ANN, True)]
    assert one != two


def test_two_sign_ups_in_one_browser_do_not_take_each_others_codes() -> None:
    browser = Browser()
    browser.begin("one@example.org")
    first, code = browser.waiting, post.newest().code
    browser.begin("two@example.org")
    browser.type_code(code)
    assert browser.standing() == "waiting"
    browser.waiting = first
    browser.type_code(code)
    assert browser.standing() == "confirmed"


@pytest.mark.parametrize("ran_out", [True, False])
def test_a_page_that_one_person_left_open_is_not_sent_as_the_next(*, ran_out: bool) -> None:
    people.account(ANN, password=people.PASSWORD)
    people.account("bob@example.org", password=people.PASSWORD)
    browser = Visitor(csrf=True)
    with time_machine.travel(NOON, tick=False) as clock:
        _sign_in(browser, ANN)
        left_open = _secret(browser, "/account/name")
        if ran_out:
            clock.shift(settings.SESSION_IDLE)
        _sign_in(browser, "bob@example.org")
        _assert_refused(browser, left_open)


def _ended_from_elsewhere() -> None:
    session = Session.objects.select_related("account").get()
    end_everything(account=session.account, by=OPERATOR)


def _ran_out_long_ago() -> None:
    Session.objects.update(last_seen_at=NOON - timedelta(days=2), expires_at=NOON)


# What becomes of a session while its page is left open, so that its cookie says nothing any more.
OVER: dict[str, Callable[[], object]] = {
    "ended from elsewhere": _ended_from_elsewhere,
    "ran out long ago": _ran_out_long_ago,
    "its row is gone": lambda: Session.objects.all().delete(),
}
# What is opened in the same browser before the next person signs in.
BETWEEN: dict[str, tuple[str, ...]] = {
    "nothing": (),
    "a page": ("/help/contact",),
    "no page": ("/nothing-here", "/account"),
    "what pages ask for": ("/account/stay-signed-in", "/manifest.webmanifest"),
}


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("over", OVER)
def test_nor_is_a_page_of_a_session_that_was_ended_or_forgotten(over: str, between: str) -> None:
    people.account(ANN, password=people.PASSWORD)
    people.account("bob@example.org", password=people.PASSWORD)
    browser = Visitor(csrf=True)
    with time_machine.travel(NOON, tick=False):
        _sign_in(browser, ANN)
        left_open = _secret(browser, "/account/name")
        OVER[over]()
        for path in BETWEEN[between]:
            browser.get(path)
        _sign_in(browser, "bob@example.org")
        _assert_refused(browser, left_open)


def test_a_sign_in_page_that_was_open_when_a_session_was_ended_still_signs_in() -> None:
    people.account(ANN, password=people.PASSWORD)
    people.account("bob@example.org", password=people.PASSWORD)
    browser = Visitor(csrf=True)
    _sign_in(browser, ANN)
    left_open = _secret(browser, "/account/name")
    values = _sign_in_form(browser, "bob@example.org")
    _ended_from_elsewhere()
    assert browser.client.post("/sign-in", values)["Location"] == "/account"
    _assert_refused(browser, left_open)


def _assert_refused(browser: Visitor, left_open: str) -> None:
    values = {"full_name": "Ann As Bob", "csrfmiddlewaretoken": left_open}
    assert browser.client.post("/account/name", values).status_code == 403
    assert not Account.objects.filter(full_name="Ann As Bob").exists()


def _sign_in(browser: Visitor, name: str) -> None:
    answer = browser.client.post("/sign-in", _sign_in_form(browser, name))
    assert answer["Location"] == "/account"


def _sign_in_form(browser: Visitor, name: str) -> dict[str, str]:
    flow = browser.begin("/account", as_someone_else=True)
    secret = _secret(browser, f"/sign-in?flow={flow}")
    values = {"sign_in_name": name, "password": people.PASSWORD, "flow": flow}
    return {**values, "csrfmiddlewaretoken": secret}


def _secret(browser: Visitor, path: str) -> str:
    page = browser.get(path).content.decode()
    return str(page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0])
