"""Numbers of what is another organisation's, under one's own organisation's address."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from clients.models import ClientSecret, Invitation, OrganisationProof
from tests import factories
from tests.clients.partner import Partner

pytestmark = pytest.mark.django_db
NUMBERED = {
    "members:role",
    "members:remove",
    "members:hand_over",
    "inviting:invitation",
    "proving:proof",
    "credentials:end",
}


def _number(name: str, other: Partner) -> object:
    """Return the number of something that the other organisation has at such an address."""
    if name == "inviting:invitation":
        later = timezone.now() + timedelta(days=1)
        made = Invitation(organisation=other.organisation, role="viewer", expires_at=later)
        made.save()
        return made.pk
    if name == "proving:proof":
        kind = OrganisationProof.Kind.CHARITY
        return OrganisationProof.objects.create(organisation=other.organisation, kind=kind).pk
    if name == "credentials:end":
        factories.client_secret(other.sandbox())
        return ClientSecret.objects.latest("pk").pk
    return other.member.pk


@pytest.mark.parametrize("name", sorted(NUMBERED))
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_organisations_is_not_there_and_the_try_is_recorded(name: str, method: str) -> None:
    owner, other = Partner(two_factors=True), Partner()
    slugs = [owner.organisation.slug]
    if name == "credentials:end":
        slugs.append(owner.sandbox().slug)
    path = reverse(name, args=[*slugs, _number(name, other)])
    assert getattr(owner, method)(path).status_code == 404
    refused = AuditEvent.objects.get(event="organisation:access:refused")
    assert (refused.account_id, refused.reason) == (owner.account.pk, "not_its_own")


def test_a_number_that_nothing_has_is_not_recorded() -> None:
    owner = Partner(two_factors=True)
    path = reverse("members:role", args=[owner.organisation.slug, 2**31])
    assert owner.get(path).status_code == 404
    assert not AuditEvent.objects.filter(event="organisation:access:refused").exists()
