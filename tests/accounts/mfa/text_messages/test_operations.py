"""Codes by text message: six digits, ten minutes, once, three tries, and worth less."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts.assurance import Level, Method, lasting_level_of, level_of
from accounts.audit.actor import resident
from accounts.mfa.text_messages import operations
from accounts.mfa.text_messages.operations import NotPossibleError
from accounts.models import Account, Authenticator, Phone, TextCode
from accounts.safety import cutting_off
from accounts.texts.jobs import send_text
from accounts.texts.outgoing import NotSentError
from tests import factories
from tests.accounts.mfa.owner import WAYS, Owner
from tests.accounts.texts import phone

pytestmark = pytest.mark.django_db

NUMBER = "+447700900123"
HERE = "this browser"


@pytest.fixture
def ann(settings: Settings) -> Account:
    settings.TEXTS_ADAPTER = "tests.accounts.texts.phone.PhoneInHand"
    phone.received.clear()
    phone.broken.clear()
    account = factories.account(password=factories.PASSWORD)
    Authenticator.objects.create(account=account, kind=Authenticator.Kind.APP)
    Authenticator.objects.create(account=account, kind=Authenticator.Kind.TEXT_MESSAGE)
    Phone.objects.create(account=account, number=NUMBER, confirmed_at=timezone.now())
    return account


def code_for(account: Account) -> str:
    operations.send(account=account, browser=HERE, by=resident(account))
    return phone.newest_code()


def test_a_code_proves_the_way_once(ann: Account) -> None:
    code = code_for(ann)
    assert phone.received[-1][0] == NUMBER
    way = operations.check(ann, code, browser=HERE)
    assert way is not None
    assert way.kind == "text_message"
    assert operations.check(ann, code, browser=HERE) is None
    assert Phone.objects.get(account=ann).last_used_at is not None


def test_it_reaches_services_and_changes_nothing() -> None:
    given = {Method.PASSWORD, Method.TEXT_MESSAGE}
    assert level_of(given) is Level.TWO_FACTORS
    assert lasting_level_of(given) is Level.ONE_FACTOR


def test_a_code_is_kept_as_a_hash_and_only_the_newest_works(ann: Account) -> None:
    older, newer = code_for(ann), code_for(ann)
    kept = str(list(TextCode.objects.values()))
    assert older not in kept or older in NUMBER
    assert older == newer or operations.check(ann, older, browser=HERE) is None
    assert operations.check(ann, newer, browser=HERE) is not None


def test_a_code_works_for_ten_minutes(ann: Account) -> None:
    code = code_for(ann)
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        assert operations.check(ann, code, browser=HERE) is None


def test_three_wrong_codes_end_the_right_one(ann: Account) -> None:
    code = code_for(ann)
    wrong = "000000" if code != "000000" else "111111"
    for _try in range(3):
        assert operations.check(ann, wrong, browser=HERE) is None
    assert operations.check(ann, code, browser=HERE) is None


@pytest.mark.parametrize(
    "columns",
    [{"unsafe_since": timezone.now()}, {"confirmed_at": None}, {"number": "+447700900999"}],
)
def test_a_code_is_void_once_the_number_is_no_longer_good(
    ann: Account, columns: dict[str, object]
) -> None:
    code = code_for(ann)
    Phone.objects.update(**columns)
    assert operations.check(ann, code, browser=HERE) is None


def test_nothing_is_sent_to_a_number_marked_unsafe_meanwhile(ann: Account) -> None:
    operations.send(account=ann, browser=HERE, by=resident(ann))
    Phone.objects.update(unsafe_since=timezone.now())
    with pytest.raises(IndexError):
        phone.newest_code()
    assert TextCode.objects.get().state == "dropped"


def test_nothing_is_sent_where_texts_are_off(ann: Account, settings: Settings) -> None:
    settings.TEXTS_ADAPTER = ""
    operations.send(account=ann, browser=HERE, by=resident(ann))
    assert not TextCode.objects.exists()


def test_pages_offer_none_where_texts_are_off(settings: Settings) -> None:
    settings.TEXTS_ADAPTER = ""
    owner = Owner()
    Authenticator.objects.create(account=owner.account, kind=Authenticator.Kind.TEXT_MESSAGE)
    assert owner.get(f"{WAYS}/text-message").status_code == 404
    page = owner.get(WAYS).content.decode()
    assert f"{WAYS}/text-message" not in page
    assert "we cannot send texts to your number" in page


def test_a_message_that_did_not_leave_is_tried_again(ann: Account) -> None:
    phone.broken.append(True)
    operations.send(account=ann, browser=HERE, by=resident(ann))
    with pytest.raises(IndexError):
        phone.newest_code()
    row = TextCode.objects.get()
    assert (row.state, row.attempts, row.last_error) == ("queued", 1, "NoSignal")
    phone.broken.clear()
    assert operations.check(ann, phone.newest_code(), browser=HERE) is not None


def test_a_message_that_did_not_leave_to_a_number_just_removed_is_not_tried_again(
    ann: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever took the number off must not have it hear of the next sign-in."""

    def remove(*_given: object, **_named: object) -> None:
        cutting_off.phones(ann)
        raise NotSentError

    monkeypatch.setattr(phone.PhoneInHand, "send", remove)
    operations.send(account=ann, browser=HERE, by=resident(ann))
    row = TextCode.objects.get()
    send_text.call(str(row.pk))
    row.refresh_from_db()
    assert row.state == "dropped"


def test_it_stands_only_beside_another_second_step(ann: Account) -> None:
    Authenticator.objects.all().delete()
    session = factories.session(ann)
    with pytest.raises(NotPossibleError):
        operations.add(session=session, by=resident(ann))
    Authenticator.objects.create(account=ann, kind=Authenticator.Kind.APP)
    added = operations.add(session=session, by=resident(ann))
    assert operations.add(session=session, by=resident(ann)) == added
