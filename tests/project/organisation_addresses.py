"""An organisation with one of everything, so that every address of its pages leads somewhere."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.audit.actor import OPERATOR
from clients.models import (
    Application,
    Invitation,
    Member,
    Organisation,
    OrganisationProof,
)
from clients.test_residents import operations as test_residents
from tests import factories


def _application(of: Organisation) -> str:
    sandbox = Application.Environment.SANDBOX
    return factories.application(of=of, environment=sandbox).slug


def _member(of: Organisation) -> int:
    return factories.member(factories.account(), of=of, role=Member.Role.VIEWER).pk


def _invitation(of: Organisation) -> object:
    soon = timezone.now() + timedelta(days=1)
    row = Invitation(organisation=of, address="cy@example.org", role="viewer", expires_at=soon)
    row.address_key = f"{row.pk}@example.org"
    row.save()
    return row.pk


def _proof(of: Organisation) -> object:
    return OrganisationProof.objects.create(organisation=of, kind="charity", value="1234567").pk


def _test_resident(of: Organisation) -> int:
    return test_residents.make_all(organisation=of, by=OPERATOR)[0].pk


# What stands in the place of each name in an address: by the name, or by address and name. A test
# of an address that is not here sees who is kept out, not that the others find what they look for.
MAKE: dict[str, Callable[[Organisation], Any]] = {
    "application": _application,
    "members number": _member,
    "inviting number": _invitation,
    "proving number": _proof,
    "test_residents number": _test_resident,
    "approval part": lambda _of: "contacts",
}


# What these are about is there only once something was submitted, or is live.
NOT_THERE_YET = frozenset({"approval:comment", "approval:end", "approval:logo"})


def made(namespace: str, name: str, of: Organisation) -> Any:  # noqa: ANN401 - as addresses take
    """Return what stands in this place of an address of the organisation; None if none is known."""
    make = MAKE.get(f"{namespace} {name}") or MAKE.get(name)
    return make(of) if make else None
