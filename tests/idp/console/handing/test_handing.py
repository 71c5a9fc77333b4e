"""At a counter staff note which keys are the council's, and have sheets of codes posted."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.events import Event
from accounts.history.wording import TOLD
from accounts.limits.table import SHEET_LETTER
from accounts.models import Account, AuditEvent, Authenticator, Letter, PostalAddress
from idp.console.handing.rules import Refusal, refusal_to_post
from idp.console.helping.rules import Tier
from idp.models import HelpSession
from tests import factories
from tests.accounts import post
from tests.accounts.staffing.desk import Desk
from tests.idp.console.helping.person import helping

pytestmark = pytest.mark.django_db


def _at_counter(account: Account | None = None) -> tuple[HelpSession, Desk]:
    account = account or factories.account(password=factories.PASSWORD)
    return helping(account, Tier.OWNER, known_by="counter", channel="counter")


def _key(row: HelpSession, **columns: Any) -> Authenticator:
    assert row.account is not None
    return Authenticator.objects.create(account=row.account, kind="security_key", **columns)


def _act(desk: Desk, row: HelpSession, act: str, key: object) -> int:
    answer = desk.post(f"/staff/help/{row.pk}/keys", act=act, key=str(key))
    return int(answer.status_code)


class TestKeys:
    def test_a_key_that_its_owner_added_is_noted_as_ours(self) -> None:
        row, desk = _at_counter()
        key = _key(row)
        assert _act(desk, row, "lend", key.pk) == 303
        key.refresh_from_db()
        assert key.lent_by_council
        event = AuditEvent.objects.get(event="account:authenticator:lent")
        assert (event.actor_id, event.case_reference) == (str(row.staff_id), row.case_reference)
        assert event.detail == {"role": "support", "tier": 2}
        assert "Ours" in desk.get(f"/staff/help/{row.pk}/keys").content.decode()

    def test_its_owner_is_told_by_mail_and_in_the_history(self) -> None:
        row, desk = _at_counter()
        _act(desk, row, "lend", _key(row).pk)
        assert "we lent you" in post.newest().text
        assert Event.AUTHENTICATOR_LENT in TOLD

    def test_a_key_of_their_own_never_becomes_one_of_ours(self) -> None:
        """Else one member of staff could note it as lent, and then take it off the account."""
        row, desk = _at_counter()
        key = _key(row)
        over_an_hour = timezone.now() - timedelta(minutes=61)
        Authenticator.objects.update(created_at=over_an_hour)
        assert "This key is ours" not in desk.get(f"/staff/help/{row.pk}/keys").content.decode()
        assert _act(desk, row, "lend", key.pk) == 200
        assert _act(desk, row, "take_back", key.pk) == 200
        assert Authenticator.objects.filter(lent_by_council=False).exists()
        event = AuditEvent.objects.get(event="account:authenticator:not_lent")
        assert (event.actor_id, event.reason) == (str(row.staff_id), "added_too_long_ago")

    def test_one_that_came_back_is_taken_off(self) -> None:
        row, desk = _at_counter()
        key = _key(row, lent_by_council=True)
        assert _act(desk, row, "take_back", key.pk) == 303
        assert not Authenticator.objects.exists()
        event = AuditEvent.objects.get(event="account:authenticator:removed")
        assert (event.reason, event.case_reference) == ("taken_back", row.case_reference)

    def test_not_the_last_way_in(self) -> None:
        row, desk = _at_counter(factories.account())
        key = _key(row, lent_by_council=True)
        assert _act(desk, row, "take_back", key.pk) == 200
        assert Authenticator.objects.exists()

    def test_a_key_of_their_own_is_never_taken(self) -> None:
        row, desk = _at_counter()
        key = _key(row)
        assert _act(desk, row, "take_back", key.pk) == 200
        assert _act(desk, row, "", key.pk) == 200
        assert Authenticator.objects.filter(lent_by_council=False).exists()

    def test_nor_one_of_somebody_else(self) -> None:
        row, desk = _at_counter()
        other, _desk = _at_counter()
        key = _key(other, lent_by_council=True)
        assert _act(desk, row, "take_back", key.pk) == 200
        assert _act(desk, row, "lend", key.pk) == 200
        assert Authenticator.objects.exists()

    @pytest.mark.parametrize("key", ["", "x", "\0", "0" * 9000])
    def test_what_is_no_key_is_none(self, key: str) -> None:
        row, desk = _at_counter()
        assert _act(desk, row, "lend", key) == 200


@pytest.mark.parametrize("page", ["keys", "letters"])
def test_on_the_phone_there_is_no_such_page(page: str) -> None:
    row, desk = helping(factories.account(), Tier.OWNER)
    assert desk.get(f"/staff/help/{row.pk}/{page}").status_code == 404
    assert desk.post(f"/staff/help/{row.pk}/{page}").status_code == 404


@pytest.mark.parametrize(
    "is_active, has_address, refusal",
    [
        (True, True, None),
        (False, True, Refusal.NOT_ACTIVE),
        (True, False, Refusal.NO_ADDRESS),
    ],
)
def test_when_a_sheet_is_posted(
    *, is_active: bool, has_address: bool, refusal: Refusal | None
) -> None:
    assert refusal_to_post(is_active=is_active, has_address=has_address) is refusal


@pytest.fixture
def _letters_on(settings: Settings) -> None:
    settings.LETTERS_ADAPTER = "tests.accounts.letters.pillar_box.PillarBox"


class TestLetters:
    def _with_address(self) -> Account:
        account = factories.account()
        long_ago = timezone.now() - timedelta(days=365)
        PostalAddress.objects.create(
            account=account,
            lines="1 High Street",
            postcode="AB1 2CD",
            checked_at=timezone.now(),
            changed_at=long_ago,
        )
        return account

    @pytest.mark.usefixtures("_letters_on")
    def test_a_sheet_is_queued_and_shown_by_its_state_alone(self) -> None:
        row, desk = _at_counter(self._with_address())
        assert desk.post(f"/staff/help/{row.pk}/letters").status_code == 303
        letter = Letter.objects.get()
        assert (letter.kind, letter.account) == ("code_sheet", row.account)
        event = AuditEvent.objects.get(event="account:letter:queued")
        assert (event.actor_id, event.case_reference) == (str(row.staff_id), row.case_reference)
        page = desk.get(f"/staff/help/{row.pk}/letters").content.decode()
        assert "High Street" not in page
        assert "Sheet of codes, asked for on" in page

    @pytest.mark.usefixtures("_letters_on")
    def test_not_more_than_the_owner_could_have(self) -> None:
        row, desk = _at_counter(self._with_address())
        for _try in range(SHEET_LETTER.amount):
            assert desk.post(f"/staff/help/{row.pk}/letters").status_code == 303
        assert "four weeks" in desk.post(f"/staff/help/{row.pk}/letters").content.decode()
        assert Letter.objects.count() == SHEET_LETTER.amount

    @pytest.mark.usefixtures("_letters_on")
    def test_none_without_an_address_that_was_checked(self) -> None:
        row, desk = _at_counter()
        assert desk.post(f"/staff/help/{row.pk}/letters").status_code == 200
        assert not Letter.objects.exists()

    @pytest.mark.usefixtures("_letters_on")
    def test_none_to_an_account_that_is_stopped(self) -> None:
        account = self._with_address()
        row, desk = _at_counter(account)
        Account.objects.filter(pk=account.pk).update(status="suspended")
        assert desk.post(f"/staff/help/{row.pk}/letters").status_code == 200
        assert not Letter.objects.exists()
