"""A phone number: stated, confirmed by a text where there are any, asked about after a year."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar
from unittest import mock

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Authenticator, Phone, TextCode
from accounts.texts.jobs import send_text
from tests.accounts import post
from tests.accounts.profile.emails.resident import Resident, text

pytestmark = pytest.mark.django_db
TYPED, NUMBER = "07700 900123", "+447700900123"


@pytest.fixture
def ann() -> Resident:
    return Resident()


class Pocket:
    """A phone in somebody's pocket: keeps what is sent to it."""

    read: ClassVar[list[str]] = []

    def send(self, number: str, text: str, *, reference: str) -> None:
        del number, reference
        self.read.append(text)


class Texts:
    """The codes in the messages that were sent, the newest last."""

    def __getitem__(self, place: int) -> str:
        found = re.search(r"\b[0-9]{6}\b", self.all()[place])
        assert found, self.all()
        return found[0]

    def all(self) -> list[str]:
        for row in TextCode.objects.filter(state="queued").order_by("created_at"):
            send_text.call(str(row.pk))
        return Pocket.read


@pytest.fixture
def texts(settings: Settings) -> Iterator[Texts]:
    settings.TEXTS_ADAPTER = f"{__name__}.Pocket"
    Pocket.read.clear()
    with mock.patch("accounts.texts.outgoing.import_string", return_value=Pocket):
        yield Texts()


def phone() -> Phone | None:
    return Phone.objects.first()


def confirmed() -> bool:
    return Phone.objects.filter(confirmed_at__isnull=False).exists()


def test_without_texts_a_number_is_stated_by_its_owner(ann: Resident) -> None:
    assert ann.post("/account/phone", number=TYPED)["Location"] == "/account"
    assert "07700 900123 You told us this" in text(ann.get("/account"))
    assert "Your phone number was changed" in post.newest().text
    assert not confirmed()


def test_with_texts_its_code_confirms_it(ann: Resident, texts: Texts) -> None:
    assert ann.post("/account/phone", number=TYPED)["Location"] == "/account/phone/confirm"
    assert TYPED in text(ann.get("/account/phone/confirm"))
    ann.post("/account/phone/confirm", code=texts[-1])
    assert confirmed()
    assert "Confirmed by a text message" in text(ann.get("/account"))


def test_a_number_that_takes_no_texts_stays_stated(ann: Resident, texts: Texts) -> None:
    assert ann.post("/account/phone", number="020 7946 0000")["Location"] == "/account"
    assert texts.all() == []


def test_three_wrong_codes_are_the_most_and_a_new_one_starts_again(
    ann: Resident, texts: Texts
) -> None:
    ann.post("/account/phone", number=TYPED)
    wrong = "000000" if texts[0] != "000000" else "000001"
    for code in (wrong, wrong, wrong, texts[0]):
        assert "This is not the code" in text(ann.post("/account/phone/confirm", code=code))
    ann.post("/account/phone/new-code")
    ann.post("/account/phone/confirm", code=texts[1])
    assert confirmed()


@pytest.mark.parametrize("typed", ["", "12345", "\uff11" * 6, "+12345", "x" * 100, "\x00"])
def test_what_is_no_code_is_said_and_counts_as_no_try(
    ann: Resident, texts: Texts, typed: str
) -> None:
    ann.post("/account/phone", number=TYPED)
    assert "There is a problem" in text(ann.post("/account/phone/confirm", code=typed))
    assert texts[0]
    assert TextCode.objects.get().tries == 0


def test_a_code_is_good_for_its_own_number_and_time_alone(ann: Resident, texts: Texts) -> None:
    ann.post("/account/phone", number=TYPED)
    ann.post("/account/phone", number="07700 900456")
    if texts[0] != texts[1]:
        ann.post("/account/phone/confirm", code=texts[0])
        assert not confirmed()
    TextCode.objects.update(expires_at=timezone.now())
    assert "too old" in text(ann.post("/account/phone/confirm", code=texts[1]))
    assert not confirmed()


def test_texts_to_one_number_and_from_one_account_are_few(ann: Resident, texts: Texts) -> None:
    ann.post("/account/phone", number=TYPED)
    answers = [ann.post("/account/phone/new-code").status_code for _try in range(5)]
    assert answers == [303, 303, 303, 303, 429]
    assert len(texts.all()) == 5


def test_an_unsafe_number_is_sent_nothing(ann: Resident, texts: Texts) -> None:
    ann.post("/account/phone", number=TYPED)
    Phone.objects.update(unsafe_since=timezone.now())
    assert ann.post("/account/phone/new-code")["Location"] == "/account"
    assert ann.post("/account/phone/confirm", code="123456")["Location"] == "/account"
    assert texts.all() == []
    assert "Unsafe: we send nothing there" in text(ann.get("/account"))


def test_after_a_year_its_owner_is_asked_again(ann: Resident) -> None:
    ann.post("/account/phone", number=TYPED)
    assert ann.get("/account/phone/check")["Location"] == "/account"
    Phone.objects.update(changed_at=timezone.now() - timedelta(days=366))
    assert "Is it still yours?" in text(ann.get("/account"))
    assert TYPED in text(ann.get("/account/phone/check"))
    ann.post("/account/phone/check")
    assert "Is it still yours?" not in text(ann.get("/account"))


def test_after_a_year_a_confirmed_number_is_confirmed_anew(ann: Resident, texts: Texts) -> None:
    ann.post("/account/phone", number=TYPED)
    ann.post("/account/phone/confirm", code=texts[0])
    long_ago = timezone.now() - timedelta(days=366)
    Phone.objects.update(changed_at=long_ago, confirmed_at=long_ago, last_used_at=long_ago)
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
