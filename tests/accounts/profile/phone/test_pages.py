"""A phone number: stated, confirmed by a text where there are any, asked about after a year."""

from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone

from accounts.models import Authenticator, Phone
from accounts.profile.phone import rules
from tests.accounts import post
from tests.accounts.profile.emails.resident import Resident, text

pytestmark = pytest.mark.django_db
TYPED, NUMBER = "07700 900123", "+447700900123"


@pytest.fixture
def ann() -> Resident:
    return Resident()


@pytest.fixture
def texts() -> Iterator[list[str]]:
    """Collect the codes that are sent by text messages."""
    sent: list[str] = []
    module = "accounts.profile.phone.texting"
    with (
        mock.patch(f"{module}.reaches", rules.takes_texts),
        mock.patch(f"{module}.send", lambda _phone, code: sent.append(code)),
    ):
        yield sent


def phone() -> Phone | None:
    return Phone.objects.first()


def confirmed() -> bool:
    return Phone.objects.filter(confirmed_at__isnull=False).exists()


def test_without_texts_a_number_is_stated_by_its_owner(ann: Resident) -> None:
    assert ann.post("/account/phone", number=TYPED)["Location"] == "/account"
    assert "07700 900123 Stated by you" in text(ann.get("/account"))
    assert "Your phone number was changed" in post.newest().text
    assert not confirmed()


def test_with_texts_its_code_confirms_it(ann: Resident, texts: list[str]) -> None:
    assert ann.post("/account/phone", number=TYPED)["Location"] == "/account/phone/confirm"
    assert TYPED in text(ann.get("/account/phone/confirm"))
    ann.post("/account/phone/confirm", code=texts[-1])
    assert confirmed()
    assert "Confirmed by a text message" in text(ann.get("/account"))


def test_a_number_that_takes_no_texts_stays_stated(ann: Resident, texts: list[str]) -> None:
    assert ann.post("/account/phone", number="020 7946 0000")["Location"] == "/account"
    assert texts == []


def test_five_wrong_codes_are_the_most_and_a_new_one_starts_again(
    ann: Resident, texts: list[str]
) -> None:
    ann.post("/account/phone", number=TYPED)
    wrong = "000000" if texts[0] != "000000" else "000001"
    for _try in range(4):
        assert "Check it again" in text(ann.post("/account/phone/confirm", code=wrong))
    assert "too many wrong codes" in text(ann.post("/account/phone/confirm", code=wrong))
    assert "too many wrong codes" in text(ann.post("/account/phone/confirm", code=texts[0]))
    ann.post("/account/phone/new-code")
    ann.post("/account/phone/confirm", code=texts[1])
    assert confirmed()


@pytest.mark.parametrize("typed", ["", "12345", "\uff11" * 6, "+12345", "x" * 100, "\x00"])
def test_what_is_no_code_is_said_and_counts_as_no_try(
    ann: Resident, texts: list[str], typed: str
) -> None:
    ann.post("/account/phone", number=TYPED)
    assert "There is a problem" in text(ann.post("/account/phone/confirm", code=typed))
    assert texts
    assert Phone.objects.get().code_tries == 0


def test_a_code_is_good_for_its_own_number_and_time_alone(ann: Resident, texts: list[str]) -> None:
    ann.post("/account/phone", number=TYPED)
    ann.post("/account/phone", number="07700 900456")
    if texts[0] != texts[1]:
        ann.post("/account/phone/confirm", code=texts[0])
        assert not confirmed()
    Phone.objects.update(code_sent_at=timezone.now() - timedelta(hours=1))
    assert "too old" in text(ann.post("/account/phone/confirm", code=texts[1]))
    assert not confirmed()


def test_texts_to_one_number_and_from_one_account_are_few(ann: Resident, texts: list[str]) -> None:
    ann.post("/account/phone", number=TYPED)
    answers = [ann.post("/account/phone/new-code").status_code for _try in range(5)]
    assert answers == [303, 303, 303, 303, 429]
    assert len(texts) == 5


def test_an_unsafe_number_is_sent_nothing(ann: Resident, texts: list[str]) -> None:
    ann.post("/account/phone", number=TYPED)
    Phone.objects.update(unsafe_since=timezone.now())
    ann.post("/account/phone/new-code")
    assert len(texts) == 1
    assert "too old" in text(ann.post("/account/phone/confirm", code=texts[0]))
    assert "Unsafe: we send nothing there" in text(ann.get("/account"))


def test_after_a_year_its_owner_is_asked_again(ann: Resident) -> None:
    ann.post("/account/phone", number=TYPED)
    assert ann.get("/account/phone/check")["Location"] == "/account"
    Phone.objects.update(changed_at=timezone.now() - timedelta(days=366))
    assert "Is it still yours?" in text(ann.get("/account"))
    assert TYPED in text(ann.get("/account/phone/check"))
    ann.post("/account/phone/check")
    assert "Is it still yours?" not in text(ann.get("/account"))


def test_after_a_year_a_confirmed_number_is_confirmed_anew(ann: Resident, texts: list[str]) -> None:
    ann.post("/account/phone", number=TYPED)
    ann.post("/account/phone/confirm", code=texts[0])
    long_ago = timezone.now() - timedelta(days=366)
    Phone.objects.update(changed_at=long_ago, confirmed_at=long_ago)
    assert ann.post("/account/phone/check")["Location"] == "/account/phone/confirm"
    ann.post("/account/phone/confirm", code=texts[1])
    assert "Confirmed by a text message" in text(ann.get("/account"))


def test_a_number_can_be_removed_again(ann: Resident) -> None:
    ann.post("/account/phone", number=TYPED)
    assert TYPED in text(ann.get("/account/phone/remove"))
    ann.post("/account/phone/remove")
    assert phone() is None
    assert ann.get("/account/phone/remove")["Location"] == "/account/phone"


@pytest.mark.parametrize("page", ["phone", "phone/remove"])
def test_a_number_that_one_signs_in_with_stays(ann: Resident, page: str) -> None:
    ann.post("/account/phone", number=TYPED)
    Authenticator.objects.create(account=ann.account, kind=Authenticator.Kind.TEXT_MESSAGE)
    with mock.patch("accounts.mfa.decorators.methods_of", return_value=frozenset()):
        response = ann.post(f"/account/{page}", number="07700 900456")
    assert "You sign in with this phone number" in text(response)
    assert Phone.objects.get().number == NUMBER


@pytest.mark.parametrize("typed", ["", "12", "\x00", "x" * 500, "0" * 41])
def test_what_is_no_number_is_said(ann: Resident, typed: str) -> None:
    assert "There is a problem" in text(ann.post("/account/phone", number=typed))
    assert phone() is None
