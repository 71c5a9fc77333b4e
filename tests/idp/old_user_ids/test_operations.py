"""What registering old user ids leaves behind, and what becomes of them."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.actor import SYSTEM, resident
from accounts.audit.events import Event
from accounts.closing import operations as closing
from accounts.models import Account, AuditEvent, OutboundMessage
from accounts.retention.operations import empty, purge
from accounts.signals import account_joined
from clients.models import Application
from idp.held.sharing import OLD_IDS_WAIT
from idp.models import OldUserId
from idp.old_user_ids import operations, queries, rules
from tests import factories

pytestmark = pytest.mark.django_db
IDS = ("ann.1970", "ben.1971", "cy.1972")


@pytest.fixture
def application() -> Application:
    return factories.application()


@pytest.fixture
def ann() -> Account:
    return factories.account("ann@example.org", password=factories.PASSWORD)


def register(application: Application, *ids: str) -> int:
    return operations.register(application=application, ids=ids or IDS, by=SYSTEM)


def counts(application: Application) -> tuple[int, int, int]:
    found = queries.counts(application)
    return found.registered, found.claimed, found.waiting


def claim(application: Application, account: Account, old_id: str = IDS[0]) -> OldUserId:
    return operations.claim(account=account, application=application, old_id=old_id, by=SYSTEM)


class TestRegistering:
    def test_leaves_hashes_and_one_event_with_their_number(self, application: Application) -> None:
        assert register(application) == 3
        assert counts(application) == (3, 0, 3)
        event = AuditEvent.objects.get(event=Event.OLD_USER_IDS_REGISTERED)
        assert event.detail == {"number": "3"}
        kept = f"{list(OldUserId.objects.values())}{event.__dict__}"
        assert [old_id for old_id in IDS if old_id in kept] == []

    def test_makes_nothing_else_at_all(self, application: Application) -> None:
        """No account, name, password, mailbox or subject to sign in by; no mail."""
        before = _rows()
        register(application)
        after = _rows()
        new = {name: after[name] - before[name] for name in after if after[name] != before[name]}
        assert new == {"OldUserId": 3, "AuditEvent": 1}

    def test_twice_changes_nothing(self, application: Application) -> None:
        register(application)
        rows = list(OldUserId.objects.order_by("pk").values())
        assert register(application) == 0
        assert register(application, *IDS, "dee.1973", "dee.1973") == 1
        assert list(OldUserId.objects.order_by("pk").values())[:3] == rows
        assert AuditEvent.objects.count() == 2

    def test_what_was_hashed_with_an_earlier_key_is_known(
        self, application: Application, ann: Account, settings: Settings
    ) -> None:
        register(application)
        settings.HASH_KEYS = {"new": "n" * 43, **settings.HASH_KEYS}
        assert register(application) == 0
        assert claim(application, ann).account == ann
        assert register(application, "dee.1973") == 1

    def test_of_two_applications_nothing_shows_that_they_know_the_same(
        self, application: Application
    ) -> None:
        register(application)
        register(factories.application(of=application.organisation))
        hashes = OldUserId.objects.values_list("id_hash", flat=True)
        assert len(set(hashes)) == 6

    def test_has_an_end(self, application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(operations, "MOST_REGISTERED", 4)
        register(application)
        with pytest.raises(operations.TooManyRegisteredError):
            register(application, "dee", "eve")
        assert counts(application) == (3, 0, 3)
        assert register(application, *IDS, "dee") == 1

    def test_takes_as_many_at_once_as_a_list_has(self, application: Application) -> None:
        many = [f"user-{number}" for number in range(1200)]
        assert register(application, *many) == 1200
        assert register(application, *many, "one more") == 1


def _rows() -> dict[str, int]:
    return {
        model.__name__: model._default_manager.count()  # noqa: SLF001
        for name in ("accounts", "clients", "idp")
        for model in apps.get_app_config(name).get_models()
    }


class TestDeleting:
    def test_takes_those_that_nobody_has(self, application: Application, ann: Account) -> None:
        register(application)
        register(other := factories.application())
        claim(application, ann)
        assert operations.delete(application=application, by=SYSTEM) == 2
        assert counts(application) == (1, 1, 0)
        assert counts(other) == (3, 0, 3)
        event = AuditEvent.objects.get(event=Event.OLD_USER_IDS_DELETED)
        assert event.detail == {"number": "2"}
        assert operations.delete(application=application, by=SYSTEM) == 0

    def test_of_a_sandbox_takes_test_residents_theirs_too(self) -> None:
        sandbox = factories.sandbox()
        register(sandbox)
        claim(sandbox, factories.test_resident(sandbox.organisation))
        assert operations.delete(application=sandbox, by=SYSTEM) == 3


class TestSeparating:
    def test_it_waits_anew_as_a_hash_alone_and_the_owner_is_told(
        self, application: Application, ann: Account
    ) -> None:
        register(application)
        long_ago = timezone.now() - OLD_IDS_WAIT
        OldUserId.objects.update(registered_at=long_ago)
        row = claim(application, ann)
        operations.separate(row=row, account=ann, by=resident(ann))
        row.refresh_from_db()
        assert (row.account, row.claimed_at, row.sealed) == (None, None, "")
        assert row.registered_at > long_ago
        news = [item["news"] for item in OutboundMessage.objects.get().news]
        assert news == ["earlier_account_linked", "earlier_account_separated"]
        assert AuditEvent.objects.filter(event=Event.OLD_USER_ID_SEPARATED).count() == 1
        # Another than before, if the service proves them for it.
        assert claim(application, factories.account()).pk == row.pk

    def test_twice_or_by_another_changes_nothing(
        self, application: Application, ann: Account
    ) -> None:
        register(application)
        row = claim(application, ann)
        ben = factories.account()
        operations.separate(row=row, account=ben, by=resident(ben))
        row.refresh_from_db()
        assert row.account == ann
        for _time in range(2):
            operations.separate(row=row, account=ann, by=resident(ann))
        assert AuditEvent.objects.filter(event=Event.OLD_USER_ID_SEPARATED).count() == 1


class TestWhatBecomesOfThem:
    def test_a_closed_account_has_them_again_when_it_is_opened_again(
        self, application: Application, ann: Account
    ) -> None:
        register(application)
        row = claim(application, ann)
        reason = closing.Reason.RESIDENT
        closing.close_by_operator(account=ann, reason=reason, case="", by=SYSTEM)
        row.refresh_from_db()
        assert row.account == ann
        closing.reopen(account=ann, by=resident(ann))
        assert queries.of_account(ann, application).get() == row

    def test_of_one_closed_for_good_a_hash_is_left_that_waits(
        self, application: Application, ann: Account
    ) -> None:
        register(application)
        row = claim(application, ann)
        empty(account=ann)
        row.refresh_from_db()
        assert (row.account, row.claimed_at, row.sealed) == (None, None, "")
        assert claim(application, factories.account()).pk == row.pk

    def test_joined_accounts_keep_them(self, application: Application, ann: Account) -> None:
        register(application)
        row = claim(application, ann)
        kept = factories.account()
        account_joined.send(sender=None, closed=ann, kept=kept)
        row.refresh_from_db()
        assert row.account == kept
        assert queries.opened(row.sealed) == IDS[0]

    def test_one_that_nobody_has_goes_after_two_years(
        self, application: Application, ann: Account
    ) -> None:
        register(application)
        claim(application, ann)
        with time_machine.travel(timezone.now() + OLD_IDS_WAIT, tick=False):
            purge(now=timezone.now())
        assert counts(application) == (1, 1, 0)

    @pytest.mark.parametrize("status", ["retired", "closed"])
    def test_all_go_with_the_application(
        self, application: Application, ann: Account, status: str
    ) -> None:
        register(application)
        register(going_on := factories.application())
        claim(application, ann)
        assert operations.delete_of_ended() == 0
        Application.objects.filter(pk=application.pk).update(status=status)
        assert operations.delete_of_ended() == 1
        assert operations.delete_of_ended() == 0
        assert counts(application) == (0, 0, 0)
        assert counts(going_on) == (3, 0, 3)

    def test_suspended_it_keeps_them(self, application: Application) -> None:
        register(application)
        Application.objects.update(status="suspended")
        assert operations.delete_of_ended() == 0


@pytest.mark.parametrize("status", [Account.Status.SUSPENDED, Account.Status.FROZEN])
def test_who_was_locked_a_moment_ago_claims_nothing(
    application: Application, ann: Account, status: str
) -> None:
    register(application)
    stale: Any = Account.objects.get(pk=ann.pk)
    Account.objects.filter(pk=ann.pk).update(status=status)
    with pytest.raises(operations.NotActiveError):
        claim(application, stale)
    assert counts(application) == (3, 0, 3)


def test_the_most_of_one_person_is_a_short_list() -> None:
    assert rules.MOST_OF_ONE_PERSON * (rules.LONGEST + 3) < 4_000
    assert timedelta(days=365) <= OLD_IDS_WAIT
