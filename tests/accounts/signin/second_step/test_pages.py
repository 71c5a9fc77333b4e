"""The second step, way by way."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.assurance import Level
from accounts.models import Account, AuditEvent, Authenticator, PendingSignIn
from tests.accounts import post
from tests.accounts.signin.second_step.two_steps import TwoSteps, ann
from tests.accounts.visitor import Visitor
from tests.factories import people, ways

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return ann()


def _redirects(visitor: Visitor, address: str) -> str:
    """Follow redirects and return the last address."""
    for _step in range(5):
        response = visitor.get(address)
        if response.status_code not in {302, 303}:
            return address
        address = response["Location"]
    raise AssertionError(address)


def test_whoever_has_no_second_way_is_asked_for_none(account: Account) -> None:
    visitor = TwoSteps()
    assert visitor.first_step()["Location"] == "/help/contact"
    assert visitor.session is not None
    assert visitor.session.account == account


def test_a_password_is_followed_by_the_code_of_the_app(account: Account) -> None:
    secret, visitor = ways.app(account), TwoSteps()
    address = visitor.first_step()["Location"]
    assert not visitor.cookie
    assert _redirects(visitor, address) == f"/sign-in/app?flow={visitor.flow}"
    response = visitor.type("app", ways.code_of(secret))
    assert (response.status_code, response["Location"]) == (303, "/help/contact")
    session = visitor.session
    assert session is not None
    assert session.level == Level.TWO_FACTORS
    assert [proof["method"] for proof in session.proofs] == ["password", "app"]
    app = Authenticator.objects.get()
    assert session.proofs[1]["authenticator"] == str(app.pk)
    assert app.last_used_at is not None


def test_a_wrong_code_asks_again_and_is_recorded(account: Account) -> None:
    ways.app(account)
    visitor = TwoSteps()
    visitor.first_step()
    response = visitor.type("app", "000000")
    assert response.status_code == 200
    assert "The code is not right or was used already" in response.content.decode()
    assert visitor.session is None
    refused = AuditEvent.objects.get(event="account:second_step:refused")
    assert (refused.account_id, refused.object_kind) == (account.pk, "app")


def test_a_code_works_once_in_its_window(account: Account) -> None:
    secret, code = ways.app(account), ""
    with time_machine.travel(timezone.now(), tick=False):
        code = ways.code_of(secret)
        first, second = TwoSteps(), TwoSteps()
        first.first_step()
        second.first_step()
        assert first.type("app", code).status_code == 303
        assert second.type("app", code).status_code == 200
    assert second.session is None


@pytest.mark.parametrize(
    "code", ["", "+12345", "\uff11\uff12\uff13\uff14\uff15\uff16", "12345\x00"]
)
def test_what_is_no_code_is_refused_before_it_counts(account: Account, code: str) -> None:
    ways.app(account)
    visitor = TwoSteps()
    visitor.first_step()
    assert "Enter the 6 numbers" in visitor.type("app", code).content.decode()
    assert not AuditEvent.objects.filter(event="account:second_step:refused").exists()


def test_a_sheet_asks_for_its_lowest_unused_code(account: Account) -> None:
    codes, visitor = ways.sheet(account, label="KTM"), TwoSteps()
    visitor.first_step()
    assert "Code 1 of sheet KTM" in visitor.page("code-sheet").content.decode()
    assert visitor.type("code-sheet", codes[1]).status_code == 200
    assert visitor.type("code-sheet", codes[0]).status_code == 303
    again = TwoSteps()
    again.first_step()
    assert "Code 2 of sheet KTM" in again.page("code-sheet").content.decode()
    assert again.type("code-sheet", codes[0]).status_code == 200
    assert again.type("code-sheet", f"{codes[1][:4]} {codes[1][4:]}").status_code == 303


def test_a_sheet_that_is_nearly_used_up_says_so(account: Account) -> None:
    ways.sheet(account)
    account.authenticators.get().codes.filter(number__lte=49).update(used_at=timezone.now())
    visitor = TwoSteps()
    visitor.first_step()
    assert "nearly used up" not in visitor.page("code-sheet").content.decode()
    account.authenticators.get().codes.filter(number=50).update(used_at=timezone.now())
    assert "nearly used up" in visitor.page("code-sheet").content.decode()


def test_a_recovery_code_stands_for_one_second_step_and_is_told_of(account: Account) -> None:
    ways.app(account)
    codes, visitor = ways.recovery_codes(account), TwoSteps()
    visitor.first_step()
    assert visitor.type("recovery-code", codes[0].lower()).status_code == 303
    assert visitor.session is not None
    assert visitor.session.level == Level.TWO_FACTORS
    assert "A recovery code was used" in post.newest().text
    again = TwoSteps()
    again.first_step()
    assert again.type("recovery-code", codes[0]).status_code == 200
    assert again.session is None


def test_the_way_used_last_comes_first_and_the_others_are_in_reach(account: Account) -> None:
    now = timezone.now()
    ways.app(account, last_used_at=now - timedelta(days=2))
    ways.sheet(account, last_used_at=now - timedelta(days=1))
    ways.recovery_codes(account, last_used_at=now)
    visitor = TwoSteps()
    address = _redirects(visitor, visitor.first_step()["Location"])
    assert address.startswith("/sign-in/code-sheet")
    page = visitor.get(address).content.decode()
    assert page.index("Use a code from your app") < page.index("Use a recovery code")
    assert "Use your printed sheet" not in page


def test_a_way_of_somebody_else_or_set_aside_proves_nothing(account: Account) -> None:
    ways.app(account)
    aside = ways.app(account, suspect_since=timezone.now())
    theirs = ways.app(people.account("bob@example.org", password=people.PASSWORD))
    visitor = TwoSteps()
    visitor.first_step()
    for secret in (aside, theirs):
        assert visitor.type("app", ways.code_of(secret)).status_code == 200
    assert visitor.session is None


def test_a_way_that_the_account_lacks_has_no_page(account: Account) -> None:
    ways.app(account)
    visitor = TwoSteps()
    visitor.first_step()
    for way in ("code-sheet", "recovery-code"):
        assert visitor.page(way)["Location"] == f"/sign-in/second-step?flow={visitor.flow}"
        assert visitor.type(way, "12345678")["Location"].startswith("/sign-in/second-step")


@pytest.mark.parametrize("way", ["app", "code-sheet", "recovery-code", "second-step"])
@pytest.mark.parametrize("begun", ["nothing", "password"])
def test_no_step_is_skipped_by_its_address_or_an_empty_form(
    account: Account, way: str, begun: str
) -> None:
    ways.app(account)
    ways.sheet(account)
    ways.recovery_codes(account)
    visitor = TwoSteps()
    visitor.flow = visitor.begin()
    if begun == "password":
        visitor.first_step()
    for response in (
        visitor.page(way),
        visitor.client.post(f"/sign-in/{way}", {"flow": visitor.flow}),
        visitor.client.post(f"/sign-in/{way}"),
        visitor.get(f"/sign-in/go-on?flow={visitor.flow}"),
    ):
        assert response.status_code < 500
        assert not response.get("Location", "").startswith("/help/contact")
    assert visitor.session is None


def test_a_code_without_the_password_is_none(account: Account) -> None:
    secret, visitor = ways.app(account), TwoSteps()
    visitor.flow = visitor.begin()
    response = visitor.type("app", ways.code_of(secret))
    assert response["Location"] == f"/sign-in/go-on?flow={visitor.flow}"
    assert visitor.session is None


def test_half_a_sign_in_is_over_after_a_quarter_of_an_hour(account: Account) -> None:
    secret, visitor = ways.app(account), TwoSteps()
    visitor.first_step()
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        response = visitor.type("app", ways.code_of(secret))
        assert _redirects(visitor, response["Location"]) == f"/sign-in?flow={visitor.flow}"
    assert visitor.session is None


def test_a_password_changed_between_the_steps_undoes_the_first(account: Account) -> None:
    secret, visitor = ways.app(account), TwoSteps()
    visitor.first_step()
    Account.objects.update(password_changed_at=timezone.now())
    response = visitor.type("app", ways.code_of(secret))
    assert response["Location"] == f"/sign-in?flow={visitor.flow}"
    assert visitor.session is None
    # Typing it once more, in the same tab, is all that it takes.
    visitor.submit("ann@example.org", flow=visitor.flow)
    with time_machine.travel(timezone.now() + timedelta(seconds=31)):
        assert visitor.type("app", ways.code_of(secret))["Location"] == "/help/contact"


def test_a_way_removed_between_the_steps_is_gone(account: Account) -> None:
    secret, visitor = ways.app(account), TwoSteps()
    visitor.first_step()
    Authenticator.objects.all().delete()
    assert visitor.type("app", ways.code_of(secret)).status_code == 302
    assert "app" not in str(PendingSignIn.objects.get(pk=visitor.flow).proofs)


def test_a_second_step_is_another_browsers_as_little_as_the_first(account: Account) -> None:
    secret, visitor, stranger = ways.app(account), TwoSteps(), TwoSteps()
    visitor.first_step()
    stranger.flow = visitor.flow
    assert stranger.type("app", ways.code_of(secret)).status_code == 400
    assert stranger.page("app").status_code == 400


def test_two_tabs_at_different_steps_do_not_mix(account: Account) -> None:
    secret, first = ways.app(account), TwoSteps()
    first.first_step("/help/privacy")
    other = first.begin("/help/cookies")
    assert first.get(f"/sign-in?flow={other}").status_code == 200
    assert first.type("app", ways.code_of(secret))["Location"] == "/help/privacy"


def test_a_mailed_password_is_its_owners_once_used_with_a_second_step(account: Account) -> None:
    secret = ways.app(account)
    codes = ways.recovery_codes(account)
    Account.objects.update(password_from_mailbox=True)
    visitor = TwoSteps()
    visitor.first_step()
    visitor.type("recovery-code", codes[0])
    account.refresh_from_db()
    assert account.password_from_mailbox
    visitor.first_step()
    visitor.type("app", ways.code_of(secret))
    account.refresh_from_db()
    assert not account.password_from_mailbox


def test_a_second_step_does_not_vouch_for_a_password_that_was_mailed_since(
    account: Account,
) -> None:
    secret, owner = ways.app(account), TwoSteps()
    owner.first_step()
    # Whoever reads the mail chooses a password while the owner is between the two steps.
    Account.objects.update(password_from_mailbox=True, password_changed_at=timezone.now())
    owner.type("app", ways.code_of(secret))
    account.refresh_from_db()
    assert owner.session is None
    assert account.password_from_mailbox
