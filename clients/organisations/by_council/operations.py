"""Writes what the council decided about who owns an organisation."""

from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, EmailAddress
from accounts.notices.catalogue import Template
from accounts.staffing.queries import is_of_council
from clients.models import Member, Organisation
from clients.organisations.members import operations as members
from clients.organisations.members import queries
from clients.organisations.members.telling import tell_owners


class AppointingProblem(StrEnum):
    """Why nobody was made an owner."""

    HAS_OWNER = "has_an_owner"
    ACCOUNT = "account_not_usable"
    SECOND_PERSON = "second_person_unfit"


class NotAppointedError(Exception):
    """Nobody was made an owner; `problem` names why."""

    def __init__(self, problem: AppointingProblem) -> None:
        super().__init__(problem)
        self.problem = problem


@transaction.atomic
def appoint_owner(
    *, organisation: Organisation, account: Account, second_person: Account, case: str, by: Actor
) -> Member:
    """Give an organisation that nobody owns an owner, as the evidence of the case shows.

    `second_person`: of the council's staff, who has looked at the evidence too.

    Raises:
        NotAppointedError: it has an owner, or one of the two will not do.
    """
    held = _held(organisation)
    if problem := _problem(held, account, second_person):
        raise NotAppointedError(problem)
    owner = Member.Role.OWNER
    member = members.add(organisation=held, account=account, role=owner, by=by)
    if member.role != owner:
        member = members.change_role(organisation=held, number=member.pk, role=owner, by=by)
    about = About(
        account_id=account.pk,
        organisation_id=held.pk,
        object_kind="member",
        object_id=str(member.pk),
        detail={"second_person": str(second_person.pk)},
        case_reference=case,
    )
    record(Event.OWNER_APPOINTED, by=by, about=about)
    return member


@transaction.atomic
def stand_in(*, organisation: Organisation, case: str, by: Actor) -> None:
    """Make the council the second owner of a small organisation."""
    held = _held(organisation)
    if held.council_owner_since is None:
        held.council_owner_since = timezone.now()
        _note(held, Event.COUNCIL_OWNER_ADDED, case, by)


@transaction.atomic
def stand_down(*, organisation: Organisation, case: str, by: Actor) -> None:
    """Let the council be an owner no longer."""
    held = _held(organisation)
    if held.council_owner_since is not None:
        held.council_owner_since = None
        _note(held, Event.COUNCIL_OWNER_REMOVED, case, by)


def _problem(
    held: Organisation, account: Account, second_person: Account
) -> AppointingProblem | None:
    if queries.owners(held).exists():
        return AppointingProblem.HAS_OWNER
    if account.is_test or account.status != Account.Status.ACTIVE:
        return AppointingProblem.ACCOUNT
    is_fit = is_of_council(second_person) and not _is_same_person(second_person, account)
    return None if is_fit else AppointingProblem.SECOND_PERSON


def _is_same_person(member: Account, account: Account) -> bool:
    """Say whether somebody of the staff may be the account's owner too: of one mailbox."""
    key = member.staff_member.work_email_key
    return EmailAddress.objects.filter(account=account, address_key=key).exists()


def _held(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _note(held: Organisation, event: Event, case: str, by: Actor) -> None:
    held.save(update_fields=["council_owner_since"])
    record(event, by=by, about=About(organisation_id=held.pk, case_reference=case))
    tell_owners(held, Template.MEMBERS_CHANGED)
