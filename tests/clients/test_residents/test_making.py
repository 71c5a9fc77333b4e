"""An organisation has one test resident in each situation, and no two organisations share any."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.audit.events import Event
from accounts.mfa.apps import operations as apps
from accounts.models import (
    Account,
    AuditEvent,
    Authenticator,
    EmailAddress,
    OutboundMessage,
    Phone,
    Session,
)
from accounts.passwords.operations import check
from clients.models import Organisation, TestResident
from clients.test_residents import operations, queries
from clients.test_residents.cast import CAST, Situation
from idp.consent import queries as consents
from idp.models import Consent
from tests import factories
from tests.commands import refused, run

pytestmark = pytest.mark.django_db


def made(organisation: Organisation | None = None) -> dict[str, TestResident]:
    whose = organisation or factories.organisation()
    rows = operations.make_all(organisation=whose, by=OPERATOR)
    return {row.situation: row for row in rows}


def test_there_is_one_in_each_situation_and_asking_again_makes_no_more() -> None:
    whose = factories.organisation()
    first, again = made(whose), made(whose)
    assert first.keys() == CAST.keys() == set(Situation)
    assert [row.pk for row in first.values()] == [row.pk for row in again.values()]
    assert AuditEvent.objects.filter(event=Event.TEST_RESIDENT_MADE).count() == len(CAST)


def test_what_was_lost_half_way_is_made_up_for() -> None:
    whose = factories.organisation()
    lost = made(whose)[Situation.UNDER_18]
    TestResident.objects.filter(pk=lost.pk).delete()
    assert made(whose).keys() == set(Situation)


def test_they_are_made_up_people_of_that_organisation_alone() -> None:
    ours, theirs = factories.organisation(), factories.organisation()
    names = [{row.account.sign_in_name for row in made(one).values()} for one in (ours, theirs)]
    assert not names[0] & names[1]
    for row in made(ours).values():
        assert row.account.is_known_to(ours.pk)
        assert not row.account.is_known_to(theirs.pk)
        assert row.account.sign_in_name.endswith("@test.invalid")


def test_each_is_in_their_situation() -> None:
    accounts = {name: row.account for name, row in made().items()}
    phones = {account for account in accounts.values() if hasattr(account, "phone")}
    assert set(accounts.values()) - phones == {accounts[Situation.NO_PHONE]}
    assert Phone.objects.filter(confirmed_at__isnull=True).count() == 0
    assert {a for a in accounts.values() if a.shares_former_name} == {accounts[Situation.TWO_NAMES]}
    frozen = Account.objects.filter(status=Account.Status.FROZEN)
    assert set(frozen) == {accounts[Situation.FROZEN]}
    eighteen_ago = timezone.localdate() - timedelta(days=18 * 365 + 5)
    born = {name: account.date_of_birth for name, account in accounts.items()}
    young = {name for name, day in born.items() if day is not None and day > eighteen_ago}
    assert young == {Situation.UNDER_18}
    assert EmailAddress.objects.filter(confirmed_at__isnull=True).count() == 0


def test_what_the_page_shows_opens_the_account_and_the_database_holds_it_unreadably() -> None:
    row = made()[Situation.ORDINARY]
    known = queries.sign_in_with(row, now=timezone.now())
    assert check(row.account, known.password)
    assert apps.check(row.account, known.next_code) is not None
    stored = TestResident.objects.get(pk=row.pk).password
    assert known.password not in stored
    assert known.app_secret not in row.account.authenticators.get().app_secret.secret


def test_no_two_have_the_same_codes_nor_password_and_none_has_backup_codes() -> None:
    now = timezone.now()
    rows = [row for _ in range(2) for row in made(factories.organisation()).values()]
    known = [queries.sign_in_with(row, now=now) for row in rows]
    assert len({one.app_secret for one in known}) == len(rows) == 2 * len(CAST)
    assert len({one.password for one in known}) == len(rows)
    # Backup codes would be one more thing to sign in with, which two organisations might share.
    accounts = [row.account for row in rows]
    ways = Authenticator.objects.filter(account__in=accounts).values_list("kind", flat=True)
    assert set(ways) == {Authenticator.Kind.APP}


def test_the_code_of_ones_test_resident_is_none_of_anothers() -> None:
    ours, theirs = (made(factories.organisation())[Situation.ORDINARY] for _ in range(2))
    code = queries.sign_in_with(ours, now=timezone.now()).next_code
    assert apps.check(theirs.account, code) is None
    assert apps.check(ours.account, code) is not None


def test_the_codes_are_those_of_the_moment() -> None:
    row, now = made()[Situation.ORDINARY], timezone.now()
    known = queries.sign_in_with(row, now=now)
    assert now < known.until <= now + timedelta(seconds=30)
    later = queries.sign_in_with(row, now=known.until)
    assert (later.code, later.until) == (known.next_code, known.until + timedelta(seconds=30))


def test_nothing_is_ever_mailed_to_them() -> None:
    for row in made().values():
        operations.renew(resident=row, by=OPERATOR)
        operations.put_back(resident=row, by=OPERATOR)
    assert not OutboundMessage.objects.exists()


class TestRenewing:
    def test_what_opened_the_account_opens_it_no_more(self) -> None:
        row = made()[Situation.ORDINARY]
        before = queries.sign_in_with(row, now=timezone.now())
        session = factories.session(row.account)
        operations.renew(resident=row, by=OPERATOR)
        fresh = TestResident.objects.get(pk=row.pk)
        after = queries.sign_in_with(fresh, now=timezone.now())
        assert not check(fresh.account, before.password)
        assert check(fresh.account, after.password)
        assert before.app_secret != after.app_secret
        assert Session.objects.get(pk=session.pk).ended_at is not None
        event = AuditEvent.objects.get(event=Event.TEST_RESIDENT_RENEWED)
        assert (event.account_id, event.organisation_id) == (row.account_id, row.organisation_id)


class TestPuttingBack:
    def test_the_frozen_one_is_frozen_again(self) -> None:
        row = made()[Situation.FROZEN]
        Account.objects.filter(pk=row.account_id).update(status=Account.Status.ACTIVE)
        row.account.freezes.update(ended_at=timezone.now())
        operations.put_back(resident=row, by=OPERATOR)
        assert Account.objects.get(pk=row.account_id).status == Account.Status.FROZEN

    def test_any_other_is_not(self) -> None:
        row = made()[Situation.ORDINARY]
        session = factories.session(row.account)
        operations.put_back(resident=row, by=OPERATOR)
        assert Account.objects.get(pk=row.account_id).is_active
        assert Session.objects.get(pk=session.pk).ended_at is not None


class TestStoppedSharing:
    def test_they_once_agreed_and_stopped_with_each_sandbox_application_alone(self) -> None:
        whose = factories.organisation()
        live, sandbox = factories.application(of=whose), factories.sandbox(of=whose)
        factories.sandbox(of=factories.organisation())
        row = made(whose)[Situation.STOPPED_SHARING]
        assert list(Consent.objects.values_list("account", "application")) == [
            (row.account_id, sandbox.pk)
        ]
        assert consents.was_stopped(row.account, sandbox)
        assert consents.current(row.account, sandbox) is None
        assert not consents.was_stopped(row.account, live)

    def test_an_application_that_came_later_too(self) -> None:
        whose = factories.organisation()
        row = made(whose)[Situation.STOPPED_SHARING]
        sandbox = factories.sandbox(of=whose)
        made(whose)
        assert consents.was_stopped(row.account, sandbox)

    def test_who_agreed_anew_has_stopped_only_once_they_are_put_back(self) -> None:
        whose = factories.organisation()
        sandbox = factories.sandbox(of=whose)
        row = made(whose)[Situation.STOPPED_SHARING]
        agreed = factories.consent(row.account, sandbox)
        made(whose)
        assert consents.current(row.account, sandbox) == agreed
        operations.put_back(resident=row, by=OPERATOR)
        assert consents.current(row.account, sandbox) is None


def test_a_command_shows_them() -> None:
    whose = factories.organisation(slug="trust")
    rows = run("organisation", "test-residents", "trust")
    assert {row["situation"] for row in rows} == set(Situation)
    for row in rows:
        account = Account.objects.get(sign_in_name=row["sign_in_name"], test_group=whose.pk)
        assert check(account, row["password"])
    assert refused("organisation", "test-residents", "nobody")[1] == 1
