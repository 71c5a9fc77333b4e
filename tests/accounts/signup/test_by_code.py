"""A sign-up confirmed by the code, in the browser that asked."""

import pytest

from accounts.models import Account, EmailAddress, PendingSignUp, Session
from tests.accounts import post
from tests.accounts.signup.browser import Browser, wide
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Browser:
    browser = Browser()
    browser.begin("ann@example.org")
    return browser


def test_a_typed_code_leads_to_the_last_page(ann: Browser) -> None:
    response = ann.type_code(post.newest().code)
    assert ann.client.get(response["Location"])["Location"] == ann.page("details")


def test_the_code_may_be_typed_with_spaces_and_hyphens(ann: Browser) -> None:
    code = post.newest().code
    ann.type_code(f" {code[:3]}-{code[3:]} ")
    assert ann.standing() == "confirmed"


def test_the_last_page_makes_the_account_and_signs_in(ann: Browser) -> None:
    ann.type_code(post.newest().code)
    response = ann.finish()
    assert (response.status_code, response["Location"]) == (303, "/account")
    account = Account.objects.get(sign_in_name="ann@example.org")
    assert account.check_password(PASSWORD)
    assert account.full_name == "Ann Example"
    assert Session.objects.get(ended_at=None).account == account
    assert ann.is_signed_in()


def test_the_address_is_kept_with_the_time_it_was_confirmed(ann: Browser) -> None:
    ann.type_code(post.newest().code)
    ann.finish()
    address = EmailAddress.objects.get(address="ann@example.org")
    assert address.is_primary
    assert address.confirmed_at == PendingSignUp.objects.get().confirmed_at


def test_the_new_account_is_told_by_mail(ann: Browser) -> None:
    ann.type_code(post.newest().code)
    ann.finish()
    assert post.newest().subject == "Your account is ready"
    assert post.newest().to == "ann@example.org"


def test_a_wrong_code_says_so_and_changes_nothing(ann: Browser) -> None:
    wrong = "000000" if post.newest().code != "000000" else "000001"
    response = ann.type_code(wrong)
    assert "This is not the code in our newest email" in response.content.decode()
    assert ann.standing() == "waiting"


def test_after_five_wrong_codes_the_right_one_is_refused_too(ann: Browser) -> None:
    code = post.newest().code
    wrong = "000000" if code != "000000" else "000001"
    response = [ann.type_code(wrong) for _try in range(5)][-1]
    assert "too many wrong codes" in response.content.decode()
    assert "too many wrong codes" in ann.type_code(code).content.decode()
    assert ann.standing() == "waiting"


def test_a_new_code_gives_five_new_tries(ann: Browser) -> None:
    wrong = "000000" if post.newest().code != "000000" else "000001"
    for _try in range(5):
        ann.type_code(wrong)
    ann.send_again()
    ann.type_code(post.newest().code)
    assert ann.standing() == "confirmed"


def test_a_newer_mail_makes_the_older_code_and_link_void(ann: Browser) -> None:
    old = post.newest()
    page = ann.send_again()
    assert "Only its code works now" in ann.client.get(page["Location"]).content.decode()
    new = post.newest()
    if old.code != new.code:
        ann.type_code(old.code)
        assert ann.standing() == "waiting"
    assert "newer email" in ann.client.get(old.path("/sign-up/confirm/")).content.decode()
    ann.type_code(new.code)
    assert ann.standing() == "confirmed"


def test_no_code_works_while_the_newest_mail_is_not_sent_yet(ann: Browser) -> None:
    old = post.newest().code
    ann.send_again()
    ann.type_code(old)
    assert ann.standing() == "waiting"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "+12345", "1_2345", "-----6"])
def test_only_six_digits_are_a_code(ann: Browser, typed: str) -> None:
    post.send()
    assert "Error:" in ann.type_code(typed).content.decode()
    assert PendingSignUp.objects.get().code_tries == 0


@pytest.mark.parametrize("typed", [wide("123456"), "١٢٣٤٥٦", "१२३४५६"])
def test_digits_of_another_script_are_refused_with_what_to_do(ann: Browser, typed: str) -> None:
    page = ann.type_code(typed).content.decode()
    assert "Switch your keyboard to the numbers 0 to 9" in page


def test_another_address_ends_the_first_sign_up_of_the_tab(ann: Browser) -> None:
    first = post.newest()
    flow = PendingSignUp.objects.get().flow_id
    ann.begin("ben@example.org", flow)
    page = ann.client.get(first.path("/sign-up/confirm/"))
    assert page.status_code == 404
    ann.type_code(post.newest().code)
    ann.finish()
    assert [account.sign_in_name for account in Account.objects.all()] == ["ben@example.org"]


def test_the_last_page_sent_twice_makes_one_account(ann: Browser) -> None:
    ann.type_code(post.newest().code)
    ann.finish()
    response = ann.finish()
    assert response.status_code == 400
    assert Account.objects.count() == 1
