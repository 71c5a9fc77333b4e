"""Agreements of before get their new columns filled from what is known."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.closing import operations as closings
from accounts.closing.operations import Reason
from accounts.models import Account
from idp.models import Consent
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Account:
    return factories.account("ann@example.org")


def write_down() -> None:
    Consent.objects.update(chose_email=False, ended_with_account=False)
    migration = import_module("idp.migrations.0018_kinds_of_agreements")
    migration.write_down(apps, connection.schema_editor())


def test_an_address_of_its_own_is_one_that_was_chosen(ann: Account) -> None:
    work = factories.email_address(ann, "ann.work@example.org", is_primary=False)
    own = factories.consent(ann, factories.application(), email=work)
    main = factories.consent(ann, factories.application())
    write_down()
    own.refresh_from_db()
    main.refresh_from_db()
    assert (own.chose_email, main.chose_email) == (True, False)


def test_what_ended_when_the_account_was_closed_was_not_stopped_by_its_owner(ann: Account) -> None:
    hour = timedelta(hours=1)
    factories.consent(ann, factories.application(), withdrawn_at=timezone.now() - hour)
    by_closing = factories.consent(ann, factories.application())
    closings.close_by_operator(account=ann, reason=Reason.RESIDENT, case="", by=OPERATOR)
    closings.reopen(account=ann, is_operator=True, by=OPERATOR)
    factories.consent(ann, factories.application(), withdrawn_at=timezone.now() + hour)
    write_down()
    assert list(Consent.objects.filter(ended_with_account=True)) == [by_closing]
