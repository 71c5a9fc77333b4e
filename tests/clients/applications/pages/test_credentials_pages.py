"""Members make and end secrets, see each once, and give keys that are looked at."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.models import AuditEvent
from accounts.security import keyed_hash
from clients.applications.credentials import operations as secrets
from clients.applications.credentials.operations import PURPOSE
from clients.applications.queries import live_secrets
from clients.models import Application, Member
from tests import factories
from tests.accounts.mfa.owner import asks_to_sign_in
from tests.clients.applications.pages.shown import secret_in
from tests.clients.partner import Partner, text

pytestmark = pytest.mark.django_db

URI = "https://service.example.org/jwks"


@pytest.fixture
def partner() -> Partner:
    return Partner(Member.Role.DEVELOPER)


def _make(partner: Partner, row: Application, **values: Any) -> Any:  # noqa: ANN401 - an answer
    newest = row.secrets.order_by("-pk").first()
    seen = {"days": "90", "after": str(newest.pk if newest else 0), **values}
    return partner.post(partner.page(row, "credentials/new-secret"), **seen)


def _good(row: Application) -> int:
    return live_secrets(row, now=timezone.now()).count()


def test_a_new_secret_is_shown_once_and_works_beside_the_first(partner: Partner) -> None:
    row = partner.sandbox()
    factories.client_secret(row)
    answer = _make(partner, row)
    secret = secret_in(answer)
    newest = row.secrets.latest("pk")
    assert newest.secret_hash in keyed_hash.candidates(PURPOSE, secret)
    assert newest.expires_at is not None
    assert timedelta(days=89) < newest.expires_at - timezone.now() <= timedelta(days=90)
    assert "no-store" in answer["Cache-Control"]
    assert _good(row) == 2
    page = text(partner.get(partner.page(row, "credentials")))
    assert secret not in page
    assert f"By {partner.account.full_name}" in page
    assert "Ends on" in page
    assert secret not in str(list(AuditEvent.objects.values()))
    event = AuditEvent.objects.get(event="application:client_secret:issued")
    assert (event.actor_id, event.object_id) == (str(partner.account.pk), str(newest.pk))


def test_the_same_form_sent_again_makes_no_other_and_shows_nothing(partner: Partner) -> None:
    row = partner.sandbox()
    assert secret_in(_make(partner, row, after="0"))
    again = _make(partner, row, after="0")
    assert not secret_in(again)
    assert "It is not shown again" in text(again)
    assert row.secrets.count() == 1


def test_a_third_secret_is_refused_until_one_ends(partner: Partner) -> None:
    row = partner.sandbox()
    _make(partner, row)
    _make(partner, row)
    assert "Two secrets are good already" in text(_make(partner, row))
    assert "Make a new secret" not in text(partner.get(partner.page(row, "credentials")))
    first = row.secrets.earliest("pk")
    answer = partner.post(partner.page(row, f"credentials/{first.pk}/end"))
    assert (answer.status_code, answer["Location"]) == (303, partner.page(row, "credentials"))
    assert secret_in(_make(partner, row))
    assert _good(row) == 2


@pytest.mark.parametrize("days", ["", "0", "-1", "366", "100000", "ninety"])
def test_a_life_that_was_not_offered_is_refused(partner: Partner, days: str) -> None:
    row = partner.sandbox()
    assert "Choose how long the secret is good" in text(_make(partner, row, days=days))
    assert not row.secrets.exists()


def test_a_live_applications_secret_is_good_for_half_a_year_at_most() -> None:
    partner = Partner(Member.Role.DEVELOPER, two_factors=True)
    live = factories.application(of=partner.organisation)
    assert "Choose how long" in text(_make(partner, live, days="365"))
    assert secret_in(_make(partner, live, days="180"))


def test_credentials_of_a_live_application_take_a_strong_and_new_sign_in() -> None:
    partner = Partner(Member.Role.DEVELOPER, two_factors=True)
    live = factories.application(of=partner.organisation)
    partner.grow_stale()
    for page in ("new-secret", "keys", "use-secret", "1/end"):
        assert asks_to_sign_in(partner.get(partner.page(live, f"credentials/{page}")))
        assert asks_to_sign_in(partner.post(partner.page(live, f"credentials/{page}")))
    assert not live.secrets.exists()
    assert partner.get(partner.page(live, "credentials")).status_code == 200


def test_a_secret_ends_at_once_and_the_page_says_that_it_is_the_last(partner: Partner) -> None:
    row = partner.sandbox()
    _make(partner, row)
    number = row.secrets.get().pk
    page = partner.page(row, f"credentials/{number}/end")
    assert "the only one that is good" in text(partner.get(page))
    partner.post(page)
    partner.post(page)
    assert _good(row) == 0
    assert AuditEvent.objects.filter(event="application:client_secret:ended").count() == 1
    assert partner.get(page).status_code == 404
    assert "None: the application cannot authenticate" in text(
        partner.get(partner.page(row, "credentials"))
    )


def test_a_secret_of_another_application_is_not_ended(partner: Partner) -> None:
    mine, other = partner.sandbox(), factories.application(environment="sandbox")
    factories.client_secret(other)
    number = other.secrets.get().pk
    assert partner.post(partner.page(mine, f"credentials/{number}/end")).status_code == 404
    assert partner.post(partner.page(other, f"credentials/{number}/end")).status_code == 404
    assert _good(other) == 1


@pytest.mark.parametrize("page", ["new-secret", "keys", "keys/check", "use-secret", "1/end"])
def test_a_viewer_handles_no_credentials(page: str) -> None:
    viewer = Partner(Member.Role.VIEWER)
    row = viewer.sandbox(jwks_uri=URI)
    assert viewer.post(viewer.page(row, f"credentials/{page}")).status_code == 403
    assert "new-secret" not in text(viewer.get(viewer.page(row, "credentials")))


def test_what_keeps_no_secret_gets_none(partner: Partner) -> None:
    row = partner.sandbox(public=True)
    assert _make(partner, row).status_code == 404
    assert partner.get(partner.page(row, "credentials/keys")).status_code == 404
    assert "Not at all" in text(partner.get(partner.page(row, "credentials")))


def test_who_made_a_secret_is_not_named_once_they_left(partner: Partner) -> None:
    row = partner.sandbox()
    _make(partner, row)
    colleague = Partner(of=partner.organisation, account=factories.account(full_name="Bo Other"))
    assert partner.account.full_name in text(colleague.get(colleague.page(row, "credentials")))
    partner.member.delete()
    page = text(colleague.get(colleague.page(row, "credentials")))
    assert partner.account.full_name not in page
    assert "Made on" in page


def test_rotating_shortens_the_life_of_the_last_secret_and_never_lengthens_it(
    partner: Partner,
) -> None:
    row = partner.sandbox()
    _make(partner, row, days="30")
    with time_machine.travel(timezone.now() + timedelta(days=29, hours=20), tick=False):
        secrets.rotate(application=row, overlap=timedelta(days=2), by=OPERATOR)
        old = row.secrets.earliest("pk")
        assert old.expires_at is not None
        assert old.expires_at < timezone.now() + timedelta(hours=5)
