"""A recovery that a session with a recovery code begins, and the owner's own page of it."""

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Account, Authenticator, RecoveryRequest
from tests import factories
from tests.accounts import post
from tests.accounts.recovery.climber import Climber, path_of, recovery, wait_it_out
from tests.accounts.recovery.reset.forgetful import NEW
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

ADDRESS = "ann@example.org"
OWN = "/account/getting-back-in"
NOON = "2026-03-02T12:00:00+00:00"


@pytest.fixture
def ann() -> Account:
    account = factories.account(ADDRESS, password=PASSWORD)
    Authenticator.objects.create(account=account, kind=Authenticator.Kind.APP)
    return account


def test_a_recovery_code_begins_the_wait_and_opens_it_without_the_mailbox(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.sign_in_as(ann, "password", "recovery_code")
        assert "somebody else may have found your codes" in climber.client.get(OWN).content.decode()
        climber.client.post(OWN)
        assert "12:00pm on 5 March 2026" in climber.client.get(OWN).content.decode()
        assert "12:00pm on 5 March 2026" in post.newest().text
        wait_it_out(clock)
        again = Climber()
        ann.sessions.all().delete()
        again.sign_in_as(ann, "password", "recovery_code")
        assert "Choose new ways to sign in" in again.client.get(OWN).content.decode()
        shown = again.client.post(f"{OWN}/choose")
        assert path_of(again.choose(shown)) == "/get-back-in/done"
    ann.refresh_from_db()
    assert ann.check_password(NEW)


def test_it_opens_by_the_mail_and_the_password_too(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        climber = Climber()
        climber.sign_in_as(ann, "password", "recovery_code")
        climber.client.post(OWN)
        wait_it_out(clock)
        assert path_of(climber.go_on()) == "/get-back-in/choose"


@pytest.mark.parametrize(
    "methods",
    [("password",), ("password", "app"), ("password", "text_message"), ("passkey",)],
)
def test_other_proofs_begin_nothing(ann: Account, methods: tuple[str, ...]) -> None:
    climber = Climber()
    climber.sign_in_as(ann, *methods)
    assert "Ask for new ways" not in climber.client.get(OWN).content.decode()
    assert climber.client.post(OWN).status_code == 409
    assert not RecoveryRequest.objects.exists()


def test_a_session_without_a_recovery_code_opens_nothing(ann: Account) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        Climber().know_password(ADDRESS)
        wait_it_out(clock)
        climber = Climber()
        climber.sign_in_as(ann, "password")
        assert "Choose new ways" not in climber.client.get(OWN).content.decode()
        assert climber.client.post(f"{OWN}/choose").status_code == 409
    assert recovery(ann).opened_at is None


def test_whoever_can_sign_in_fully_ends_it_for_good(ann: Account) -> None:
    Climber().know_password(ADDRESS)
    owner = Climber()
    owner.sign_in_as(ann, "password", "app")
    owner.client.post(OWN, {"stop": "yes"})
    assert recovery(ann).state == "cancelled"


def test_whoever_signed_in_by_less_stops_it_as_a_link_does(ann: Account) -> None:
    Climber().know_password(ADDRESS)
    other = Climber()
    other.sign_in_as(ann, "password", "recovery_code")
    other.client.post(OWN, {"stop": "yes"})
    assert recovery(ann).state == "paused"
    other.client.post(OWN, {"stop": "yes"})
    assert recovery(ann).state == "paused"


def test_nobody_elses_recovery_is_seen_or_opened(ann: Account) -> None:
    ben = factories.account("ben@example.org", password=PASSWORD)
    with time_machine.travel(NOON, tick=False) as clock:
        Climber().know_password(ADDRESS)
        wait_it_out(clock)
        climber = Climber()
        climber.sign_in_as(ben, "password", "recovery_code")
        assert "5 March 2026" not in climber.client.get(OWN).content.decode()
        assert climber.client.post(f"{OWN}/choose").status_code == 409
    assert recovery(ann).opened_at is None


def test_a_password_from_the_mailbox_with_a_recovery_code_begins_it(ann: Account) -> None:
    """Lost the phone and forgot the password: a reset link, then one of the ten codes."""
    ann.password_from_mailbox = True
    ann.password_changed_at = timezone.now()
    ann.save()
    climber = Climber()
    climber.sign_in_as(ann, "password", "recovery_code")
    climber.client.post(OWN)
    assert recovery(ann).state == "waiting"
