"""Writes an organisation with its first owner."""

import secrets

from django.db import IntegrityError, transaction

from accounts.audit.actor import Actor
from accounts.models import Account
from clients.models import Member, Organisation
from clients.organisations import operations as organisations
from clients.organisations.members import operations as members
from clients.organisations.operations import OrganisationRefusedError
from clients.organisations.rules import LONGEST_SLUG, NameProblem, looks, slug_of
from clients.organisations.signing_up import queries

_SUFFIX_BYTES = 3


@transaction.atomic
def create_with_owner(*, name: str, account: Account, by: Actor) -> Organisation:
    """Create an organisation as somebody calls it, with them as its owner.

    Raises:
        OrganisationRefusedError: it may not be called so.
    """
    if problem := queries.name_problem(name):
        raise OrganisationRefusedError(problem)
    organisation = organisations.create(name=name, slug=_free_slug(name), by=by)
    try:
        with transaction.atomic():
            organisation.name_key = looks(name)
            organisation.save(update_fields=["name_key"])
    except IntegrityError as error:  # somebody else was quicker
        raise OrganisationRefusedError(NameProblem.OF_ANOTHER) from error
    members.add(organisation=organisation, account=account, role=Member.Role.OWNER, by=by)
    return organisation


def _free_slug(name: str) -> str:
    room = LONGEST_SLUG - 2 * _SUFFIX_BYTES - 1
    made = slug_of(name)[:room].strip("-") or "organisation"
    taken = Organisation.objects.filter(slug=made).exists()
    return f"{made}-{secrets.token_hex(_SUFFIX_BYTES)}" if taken else made
