"""Agreements: what a new one does to the former, and to what was issued on it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit.actor import SYSTEM
from accounts.models import Account, AuditEvent, Session
from clients.models import Application
from idp.consent import operations, queries
from idp.consent.rules import Agreed, Shown, renewed
from idp.models import AccessToken, AuthorizationRequest, Consent, Grant
from tests import factories

NOW = timezone.now()
YEAR = timedelta(days=365)


def agreed(*scopes: str, until: timedelta = YEAR) -> Agreed:
    return Agreed(frozenset(scopes), frozenset(scopes), NOW + until)


def test_the_first_agreement_is_what_was_shown() -> None:
    assert renewed(asked=agreed("openid"), former=None, now=NOW) == agreed("openid")


def test_what_was_shown_again_lasts_anew() -> None:
    former = agreed("openid", until=timedelta(days=1))
    asked = agreed("openid", "email")
    assert renewed(asked=asked, former=former, now=NOW) == asked


def test_what_was_not_shown_stays_agreed_but_for_no_longer() -> None:
    former = agreed("openid", "email", until=timedelta(days=1))
    new = renewed(asked=agreed("openid"), former=former, now=NOW)
    assert new == agreed("openid", "email", until=timedelta(days=1))


def test_what_had_expired_does_not_come_back() -> None:
    former = agreed("openid", "email", until=timedelta(0))
    assert renewed(asked=agreed("openid"), former=former, now=NOW) == agreed("openid")


@pytest.fixture
def account(db: None) -> Account:
    del db
    return factories.account()


@pytest.fixture
def application(db: None) -> Application:
    del db
    return factories.application()


def grant(account: Account, application: Application, *scopes: str) -> Consent:
    """Agree in answer to a new request."""
    return operations.grant(
        request=factories.authorization_request(application),
        session=factories.session(account),
        scopes=scopes,
        claims=[],
        shown=Shown(application.name, application.organisation.name),
        by=SYSTEM,
    )


def test_a_new_agreement_supersedes_the_former(account: Account, application: Application) -> None:
    former = grant(account, application, "openid")
    new = grant(account, application, "openid", "email")
    former.refresh_from_db()
    assert former.superseded_at is not None
    assert queries.current(account, application) == new


def test_what_was_issued_goes_on_under_the_new_agreement(
    account: Account, application: Application
) -> None:
    issued = factories.grant(application, account=account)
    new = grant(account, application, *factories.OFFLINE)
    assert Grant.objects.get(pk=issued.grant.pk).consent == new


def test_two_current_agreements_cannot_be_stored(
    account: Account, application: Application
) -> None:
    factories.consent(account, application)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.consent(account, application)


class TestTheSameRequest:
    """A second answer to the same request."""

    def answer(self, request: AuthorizationRequest, session: Session, name: str) -> Consent:
        shown = Shown(name, request.application.organisation.name)
        about = {"request": request, "session": session, "shown": shown, "by": SYSTEM}
        return operations.grant(scopes=["openid"], claims=[], **about)  # type: ignore[arg-type]

    @pytest.fixture
    def request_row(self, application: Application) -> AuthorizationRequest:
        return factories.authorization_request(application)

    def test_changes_nothing(self, account: Account, request_row: AuthorizationRequest) -> None:
        session = factories.session(account)
        first = self.answer(request_row, session, "Council Tax")
        assert self.answer(request_row, session, "Council Tax") == first

    def test_counts_where_the_first_covers_it_no_more(
        self, account: Account, request_row: AuthorizationRequest
    ) -> None:
        session = factories.session(account)
        first = self.answer(request_row, session, "Council Tax")
        assert self.answer(request_row, session, "Local Tax") != first
        assert Consent.objects.get(superseded_at=None).application_name == "Local Tax"


def test_withdrawing_nothing_changes_nothing(account: Account, application: Application) -> None:
    operations.withdraw(account=account, application=application, by=SYSTEM)
    assert not AuditEvent.objects.exists()


def test_withdrawing_ends_the_agreement(account: Account, application: Application) -> None:
    grant(account, application, "openid")
    operations.withdraw(account=account, application=application, by=SYSTEM)
    assert queries.current(account, application) is None
    assert not AccessToken.objects.filter(revoked_at=None).exists()
