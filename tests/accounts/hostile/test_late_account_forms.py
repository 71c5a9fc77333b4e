"""A form of an account that comes after its session: nothing is done, and nothing typed is lost."""

import re
from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.conf import settings
from django.forms import PasswordInput
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import Account, EmailChange, KeptForm, Phone, PostalAddress
from accounts.retention.operations import purge
from accounts.security import encryption
from accounts.security.browser import BrowserId
from accounts.sessions.late_forms import rules
from clients.models import Comment, Submission
from tests.accounts.hostile.late import (
    FORMS,
    GUIDE,
    NOON,
    STREET,
    TYPE,
    WAYS,
    Latecomer,
    ask_to_go_live,
)
from tests.accounts.visitor import Response, Visitor
from tests.factories import people
from tests.journeys.ledger import pages
from tests.project.test_forms import FIELDS

pytestmark = pytest.mark.django_db

every_form = pytest.mark.parametrize("page, typed, shown", FORMS.values(), ids=FORMS)


@pytest.fixture
def ann() -> Latecomer:
    account = people.account("ann@example.org", password=people.PASSWORD, former_name="Ann Before")
    ask_to_go_live(account)
    return Latecomer(account)


def _facts() -> list[object]:
    account = Account.objects.get()
    counts = [PostalAddress.objects.count(), Phone.objects.count(), EmailChange.objects.count()]
    asked = [*Submission.objects.values_list("proposal", "version"), Comment.objects.count()]
    return [account.full_name, account.is_discreet, *counts, *asked]


@every_form
def test_what_was_typed_before_the_session_ended_waits_on_its_page(
    ann: Latecomer, page: str, typed: dict[str, str], shown: str
) -> None:
    before = _facts()
    with time_machine.travel(NOON, tick=False) as clock:
        ann.sign_in()
        ann.client.post(GUIDE)
        ann.run_out(clock)
        late = ann.client.post(page, typed)
        back = ann.back(late)
        assert back.startswith(f"{page}?typed=")
        text = ann.shown(back)
    assert shown in text
    assert "Not sent yet" in text
    # Another person at the same device may have sent it.
    assert "as it was sent on" in text
    assert "If that was not you" in text
    assert _facts() == before


@every_form
def test_what_was_typed_before_the_sign_in_grew_old_waits_too(
    ann: Latecomer, page: str, typed: dict[str, str], shown: str
) -> None:
    ann.client.post(GUIDE)
    ann.grow_stale()
    late = ann.client.post(page, typed)
    if late.headers.get("Location", "").startswith("/sign-in"):
        assert shown in ann.shown(ann.back(late))
    else:
        # A page that asks for no fresh sign-in takes it as it is.
        assert not KeptForm.objects.exists()


def test_every_page_of_an_account_with_something_to_type_is_in_this_table(ann: Latecomer) -> None:
    ann.client.post(GUIDE)
    asks = {path for path in _pages() if _asks(ann.get(path))}
    # Nothing there is ever kept but by its owner's head.
    passwords = {"/account/password", f"{WAYS}/app"}
    # A box that says yes to the end of the account must not come back ticked.
    agreements = {"/account/close/confirm"}
    assert asks - passwords - agreements <= {page for page, _typed, _shown in FORMS.values()}
    assert len(asks) > 8


def _pages() -> list[str]:
    found = []
    for name in pages():
        with suppress(NoReverseMatch):
            found.append(reverse(name))
    return [path for path in found if path.startswith("/account/")]


def _asks(answer: Response) -> bool:
    text = answer.content.decode()
    main = text.partition("<main")[2].partition("</main>")[0]
    fields = re.findall(r"<input[^>]*>", main)
    return any("name=" in field and 'type="hidden"' not in field for field in fields)


def test_sent_again_it_is_done_once_and_forgotten(ann: Latecomer) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        back = _late(ann, clock)
        assert "Flat 3" in ann.shown(back)
        assert PostalAddress.objects.count() == 0
        assert ann.client.post(back, STREET)["Location"] == "/account"
    assert PostalAddress.objects.count() == 1
    assert not KeptForm.objects.exists()


def test_another_tab_that_was_opened_meanwhile_loses_nothing(ann: Latecomer) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ann.sign_in()
        ann.run_out(clock)
        ann.get("/account")
        ann.client.post("/account/stay-signed-in", headers={"accept": "application/json"})
        late = ann.client.post(TYPE, STREET)
        assert "Flat 3" in ann.shown(ann.back(late))


def test_whoever_signed_in_again_in_another_tab_sends_the_old_page_as_it_is(
    ann: Latecomer,
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ann.sign_in()
        ann.run_out(clock)
        ann.sign_in()
        assert ann.client.post(TYPE, STREET)["Location"] == "/account"


def test_who_signs_in_next_at_this_device_reads_nothing_of_it(ann: Latecomer) -> None:
    people.account("bob@example.org", password=people.PASSWORD)
    with time_machine.travel(NOON, tick=False) as clock:
        back = _late(ann, clock, name="bob@example.org")
        assert "Flat 3" not in ann.shown(back)
        assert "Not sent yet" not in ann.shown(back)


@pytest.mark.parametrize("whose", ["another browser of hers", "somebody else's account"])
def test_its_address_opens_nothing_elsewhere(ann: Latecomer, whose: str) -> None:
    people.account("eve@example.org", password=people.PASSWORD)
    with time_machine.travel(NOON, tick=False) as clock:
        back = _late(ann, clock)
        other = Visitor()
        other.submit("ann@example.org" if "browser" in whose else "eve@example.org")
        assert "Flat 3" not in other.get(back).content.decode()
        assert "Flat 3" in ann.shown(back)


def test_nobody_plants_values_in_somebody_elses_form(ann: Latecomer) -> None:
    people.account("eve@example.org", password=people.PASSWORD)
    with time_machine.travel(NOON, tick=False) as clock:
        eve = Visitor()
        eve.submit("eve@example.org")
        clock.shift(settings.SESSION_IDLE)
        planted = eve.client.post("/account/emails/add", {"email": "eve@evil.example"})
        kept = KeptForm.objects.get().pk
        assert kept in planted["Location"]
        ann.sign_in()
        # Even with her browser's id, and in a link that she follows.
        KeptForm.objects.update(browser_hash=_hash_of(ann))
        assert "evil" not in ann.shown(f"/account/emails/add?typed={kept}")


@pytest.mark.parametrize("kept", ["x", "%00", "A" * 43, "%00" * 43, "%ff"])
def test_a_form_sent_to_an_address_that_was_made_up_is_taken_as_any_other(
    ann: Latecomer, kept: str
) -> None:
    ann.sign_in()
    sent = ann.client.post(f"/account/name?typed={kept}", {"full_name": "Ann Newname"})
    assert sent.status_code == 303
    assert Account.objects.get().full_name == "Ann Newname"


@pytest.mark.parametrize("kept", ["", "x", "\x00", "A" * 43, "A" * 42 + "é"])
def test_an_address_that_was_made_up_fills_in_nothing(ann: Latecomer, kept: str) -> None:
    assert "Not sent yet" not in ann.get(f"{TYPE}?{urlencode({'typed': kept})}").content.decode()


def test_what_belongs_to_one_page_fills_in_no_other(ann: Latecomer) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        back = _late(ann, clock)
        other = back.replace(TYPE, "/account/address")
        assert "AB1 2CD" not in ann.shown(other)


def test_a_late_form_without_the_pages_own_secret_is_refused_and_not_kept() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    with time_machine.travel(NOON, tick=False) as clock:
        ann = Visitor()
        ann.submit("ann@example.org")
        clock.shift(settings.SESSION_IDLE)
        ann.client.handler.enforce_csrf_checks = True
        assert ann.client.post(TYPE, STREET).status_code == 403
    assert not KeptForm.objects.exists()


def test_a_form_of_a_session_that_is_long_over_is_not_kept(ann: Latecomer) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ann.sign_in()
        ann.run_out(clock)
        clock.shift(timedelta(hours=12))
        ann.client.post(TYPE, STREET)
    assert not KeptForm.objects.exists()


@pytest.mark.parametrize("name", ["password", "old_password", "code", "new-code", "passkey"])
def test_no_password_and_no_code_is_ever_kept(ann: Latecomer, name: str) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ann.sign_in()
        ann.run_out(clock)
        ann.client.post(TYPE, {**STREET, name: "sesame"})
    row = KeptForm.objects.get()
    assert "Flat" not in row.typed
    plain = encryption.decrypt(row.typed).decode()
    assert "Flat 3" in plain
    assert "sesame" not in plain


def test_no_field_of_any_form_that_is_a_password_or_a_code_has_a_name_that_is_kept() -> None:
    secret = {
        name.rpartition(".")[2]
        for name, field in FIELDS.items()
        if isinstance(field.widget, PasswordInput)
        or field.widget.attrs.get("autocomplete") == "one-time-code"
    }
    assert {"password", "code"} <= secret
    assert [name for name in secret if rules.is_carried(name)] == []
    assert rules.is_carried("postcode")


def test_more_than_any_form_of_ours_holds_is_not_kept(ann: Latecomer) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ann.sign_in()
        ann.run_out(clock)
        late = ann.client.post(TYPE, {"line_1": "x" * rules.LONGEST})
        assert ann.back(late) == TYPE
    assert not KeptForm.objects.exists()


def test_of_one_account_few_are_kept_and_none_for_long(ann: Latecomer) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ann.sign_in()
        ann.run_out(clock)
        for _tab in range(rules.AT_MOST + 3):
            clock.shift(timedelta(seconds=1))
            ann.client.post("/account/name", {"full_name": "Ann"})
        late = ann.client.post("/account/name", {"full_name": "Ann"})
        assert KeptForm.objects.count() == rules.AT_MOST
        clock.shift(rules.KEPT_FOR)
        assert "Not sent yet" not in ann.shown(ann.back(late))
        purge(now=timezone.now())
    assert not KeptForm.objects.exists()


def test_a_button_without_a_page_leads_back_to_the_page_that_it_was_on(ann: Latecomer) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ann.sign_in()
        ann.run_out(clock)
        late = ann.client.post(
            "/account/phone/new-code", headers={"referer": "http://testserver/account/phone"}
        )
        assert ann.back(late) == "/account/phone"
        away = {"referer": "https://evil.example/account/phone"}
        ann.run_out(clock)
        elsewhere = ann.client.post("/account/phone/new-code", headers=away)
        assert elsewhere["Location"] == "/sign-in"


def _late(ann: Latecomer, clock: time_machine.Traveller, name: str = "ann@example.org") -> str:
    """Send the address too late, sign in by this name, and return where that leads."""
    ann.sign_in()
    ann.run_out(clock)
    return ann.back(ann.client.post(TYPE, STREET), name)


def _hash_of(visitor: Visitor) -> str:
    return BrowserId(visitor.client.cookies[settings.BROWSER_COOKIE_NAME].value).hash
