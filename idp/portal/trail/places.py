"""The pages of the portal on which a fix is made, where it is one of the portal at all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.models import Application, Member
from clients.organisations.members.rules import Permission, may


@dataclass(frozen=True)
class Place:
    """The address of a page, and what a link to it says."""

    address: str
    words: Promise


def place_of(reason: str, *, member: Member, application: Application) -> Place | None:
    """Return where this member mends what a request was refused for; None where it is elsewhere."""
    found = _PLACES.get(reason)
    return found(member, application) if found else None


def _addresses(
    member: Member, application: Application, *, asked: str = "addresses"
) -> Place | None:
    if not may(member.role, Permission.CHANGE_APPLICATIONS):
        return None
    ids = [member.organisation.slug, application.slug]
    if application.environment == Application.Environment.LIVE:
        return Place(reverse("approval:draft", args=[*ids, asked]), _("Ask for other addresses"))
    return Place(reverse("applications:change", args=[*ids, "addresses"]), _("Change addresses"))


def _after_sign_out(member: Member, application: Application) -> Place | None:
    return _addresses(member, application, asked="signing-out")


def _credentials(member: Member, application: Application) -> Place:
    ids = [member.organisation.slug, application.slug]
    return Place(reverse("credentials:list", args=ids), _("See its credentials"))


def _test_residents(member: Member, application: Application) -> Place:
    del application
    address = reverse("test_residents:list", args=[member.organisation.slug])
    return Place(address, _("See your test residents"))


_PLACES: Final[dict[str, Callable[[Member, Application], Place | None]]] = {
    "unregistered_redirect_uri": _addresses,
    "logout_return_address_not_registered": _after_sign_out,
    "wrong_secret": _credentials,
    "secret_expired": _credentials,
    "secret_revoked": _credentials,
    "client_assertion_jwt_no_key_fits": _credentials,
    "real_resident_at_sandbox": _test_residents,
    "test_resident_of_another_organisation": _test_residents,
}
REASONS: Final = frozenset(_PLACES)
