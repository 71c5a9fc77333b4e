"""Whatever ends is over at the next request: at exchange, at refresh and at userinfo."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Account, Session
from clients.models import Application, Organisation
from idp.models import Consent, Participant
from tests import factories
from tests.protocol.partner import Partner, body, refused

Ending = Callable[[], object]


WHOLE = {
    "account suspended": lambda: Account.objects.update(status=Account.Status.SUSPENDED),
    "account closed": lambda: Account.objects.update(status=Account.Status.CLOSED),
    "consent withdrawn": lambda: Consent.objects.update(withdrawn_at=timezone.now()),
    "consent superseded": lambda: Consent.objects.update(superseded_at=timezone.now()),
    "consent expired": lambda: Consent.objects.update(expires_at=timezone.now()),
}
APPLICATION = {
    "application": lambda: Application.objects.update(status=Application.Status.SUSPENDED),
    "organisation": lambda: Organisation.objects.update(status=Organisation.Status.SUSPENDED),
}
SIGN_IN = {
    "session ended": lambda: Session.objects.update(ended_at=timezone.now()),
    "session expired": lambda: Session.objects.update(expires_at=timezone.now()),
    "session idle": lambda: Session.objects.update(
        last_seen_at=timezone.now() - timedelta(hours=1)
    ),
    "signed out of the service": lambda: Participant.objects.update(signed_out_at=timezone.now()),
}


@pytest.mark.parametrize("end", [*WHOLE.values(), *SIGN_IN.values()], ids=[*WHOLE, *SIGN_IN])
def test_no_code_is_exchanged_after_the_end(partner: Partner, end: Ending) -> None:
    issued = factories.grant(partner.application)
    end()
    assert refused(partner.exchange(issued), "invalid_grant")


@pytest.mark.parametrize("end", WHOLE.values(), ids=WHOLE)
def test_no_refresh_token_works_after_the_end(partner: Partner, end: Ending) -> None:
    token = partner.tokens()["refresh_token"]
    end()
    assert refused(partner.refresh(token), "invalid_grant")


@pytest.mark.parametrize("end", SIGN_IN.values(), ids=SIGN_IN)
def test_a_refresh_token_outlives_the_sign_in(partner: Partner, end: Ending) -> None:
    first = partner.tokens()
    end()
    second = body(partner.refresh(first["refresh_token"]))
    assert partner.userinfo(second["access_token"]).status_code == 200


@pytest.mark.parametrize(
    "end",
    [*WHOLE.values(), *APPLICATION.values(), *SIGN_IN.values()],
    ids=[*WHOLE, *APPLICATION, *SIGN_IN],
)
def test_no_access_token_works_after_the_end(partner: Partner, end: Ending) -> None:
    token = partner.tokens()["access_token"]
    end()
    assert partner.userinfo(token).status_code == 401


@pytest.mark.parametrize("end", APPLICATION.values(), ids=APPLICATION)
def test_a_suspended_application_refreshes_nothing(partner: Partner, end: Ending) -> None:
    token = partner.tokens()["refresh_token"]
    end()
    assert refused(partner.refresh(token), "invalid_client", 401)


def test_a_narrower_agreement_narrows_what_was_issued_before(partner: Partner) -> None:
    first = partner.tokens()
    Consent.objects.update(scopes=["openid", "offline_access"])
    assert body(partner.userinfo(first["access_token"])).keys() == {"sub"}
    second = body(partner.refresh(first["refresh_token"]))
    assert second["scope"] == "openid offline_access"


def test_taking_back_offline_access_gives_no_further_refresh_token(partner: Partner) -> None:
    first = partner.tokens()
    Consent.objects.update(scopes=["openid"])
    assert "refresh_token" not in body(partner.refresh(first["refresh_token"]))


def test_signing_out_of_one_service_leaves_the_other(partner: Partner) -> None:
    session, other = factories.session(factories.account()), Partner.confidential()
    here, there = (one.tokens(session=session)["access_token"] for one in (partner, other))
    part = Participant.objects.filter(application=partner.application)
    part.update(signed_out_at=timezone.now())
    assert partner.userinfo(here).status_code == 401
    assert other.userinfo(there).status_code == 200
