"""Residents hear of a service's end in time, and it ends on its day."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.models import Account, AuditEvent, OutboundMessage
from clients.approval.retiring import operations as retiring
from clients.models import Application
from idp.models import Consent, HiddenService
from idp.retiring import operations
from tests import factories
from tests.protocol.resident import Resident, heading

pytestmark = pytest.mark.django_db
WHERE = "Use Parking Plus, or call 01234 567890"


def _ending(**columns: Any) -> Application:
    row = factories.application(**columns)
    day = timezone.localdate() + timedelta(days=20)
    return retiring.announce(application=row, day=day, where_to_go=WHERE, by=OPERATOR)


def _sharing(application: Application, **columns: Any) -> Account:
    account = factories.account(**columns)
    factories.consent(account, application)
    return account


def _told() -> set[Account | None]:
    rows = OutboundMessage.objects.filter(template="service_ends").select_related("account")
    return {row.account for row in rows}


def _retire(application: Application) -> None:
    over = timezone.now() + timedelta(days=21)
    Application.objects.filter(pk=application.pk).update(retires_at=timezone.now())
    assert retiring.retire_due(now=over) == 1
    application.refresh_from_db()


def test_those_who_use_it_are_told_once_and_nobody_else() -> None:
    application = _ending()
    account = _sharing(application)
    _sharing(factories.application())
    assert operations.tell_due(now=timezone.now()) == 1
    assert operations.tell_due(now=timezone.now()) == 0
    assert _told() == {account}


def test_another_day_is_told_anew() -> None:
    application = _ending()
    _sharing(application)
    operations.tell_due(now=timezone.now())
    day = timezone.localdate() + timedelta(days=30)
    retiring.announce(application=application, day=day, where_to_go=WHERE, by=OPERATOR)
    assert operations.tell_due(now=timezone.now()) == 1


def test_no_mail_hints_at_a_service_that_somebody_hides_or_that_is_sensitive() -> None:
    application = _ending()
    HiddenService.objects.create(account=_sharing(application), application=application)
    _sharing(_ending(is_sensitive=True))
    assert operations.tell_due(now=timezone.now()) == 0
    assert not _told()


def test_whoever_stopped_is_not_told() -> None:
    application = _ending()
    _sharing(application)
    Consent.objects.update(withdrawn_at=timezone.now())
    assert operations.tell_due(now=timezone.now()) == 0


def test_what_was_shared_ends_with_the_service() -> None:
    application = _ending()
    account = _sharing(application)
    other = _sharing(factories.application())
    assert operations.end_sharing() == 0
    _retire(application)
    assert operations.end_sharing() == 1
    assert operations.end_sharing() == 0
    assert not account.consents.filter(withdrawn_at=None).exists()
    assert other.consents.filter(withdrawn_at=None).exists()
    assert AuditEvent.objects.filter(event="account:consent:withdrawn").count() == 1


def test_whoever_comes_to_sign_in_reads_where_to_go_instead() -> None:
    application = _ending()
    browser = Resident()
    assert "no longer" not in heading(browser.ask(application))
    _retire(application)
    page = browser.ask(application)
    assert page.status_code == 400
    assert "You can no longer sign in to" in heading(page)
    assert WHERE in page.content.decode()


def test_the_page_comes_on_the_day_also_before_the_job_has_run() -> None:
    application = _ending()
    Application.objects.filter(pk=application.pk).update(retires_at=timezone.now())
    assert "You can no longer sign in to" in heading(Resident().ask(application))


def test_your_services_say_that_it_ends_and_then_that_it_has() -> None:
    application = _ending()
    account = _sharing(application)
    browser = Resident()
    browser.sign_in(account)
    assert "It ends on" in browser.get("/account/services").content.decode()
    page = f"/account/services/{application.slug}"
    assert WHERE in browser.get(page).content.decode()
    _retire(application)
    operations.end_sharing()
    over = browser.get(page).content.decode()
    assert "This service has ended" in over
    assert "You stopped on" not in over
