"""Writes about members."""

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor, resident
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account
from accounts.notices.catalogue import Template
from clients.models import Member, Organisation
from clients.organisations.members import queries, telling
from clients.organisations.members.rules import ChangeProblem, Permission, change_problem
from clients.signals import membership_changed


@transaction.atomic
def keep_stranger_out(*, account: Account, organisation: str) -> None:
    """Record that somebody tried an address of an organisation that they do not belong to."""
    found = Organisation.objects.filter(slug=organisation).first()
    _refused(account, found, reason="not_a_member" if found else "no_such_organisation")


@transaction.atomic
def keep_out(*, member: Member, permission: Permission) -> None:
    """Record that a member tried what their role does not let them do."""
    _refused(member.account, member.organisation, reason=permission)


@transaction.atomic
def keep_out_of_application(*, member: Member, client_id: str) -> None:
    """Record that a member tried an application that is not their organisation's.

    `client_id`: empty where there is none of that name at all.
    """
    reason = "not_its_application" if client_id else "no_such_application"
    _refused(member.account, member.organisation, reason=reason, application_id=client_id)


@transaction.atomic
def keep_out_of_another(*, member: Member) -> None:
    """Record that a member tried a number that another organisation's address has."""
    _refused(member.account, member.organisation, reason="not_its_own")


def _refused(
    account: Account, organisation: Organisation | None, *, reason: str, application_id: str = ""
) -> None:
    about = About(
        account_id=account.pk,
        organisation_id=organisation.pk if organisation else None,
        application_id=application_id,
        reason=reason,
    )
    record(Event.ORGANISATION_ACCESS_REFUSED, by=resident(account), about=about)


class MemberRefusedError(Exception):
    """The members stay as they are; `problem` names why."""

    def __init__(self, problem: ChangeProblem) -> None:
        super().__init__(problem)
        self.problem = problem


@transaction.atomic
def add(*, organisation: Organisation, account: Account, role: Member.Role, by: Actor) -> Member:
    """Make the account a member; whoever is one already keeps their role."""
    held = _held(organisation)
    member, is_new = Member.objects.get_or_create(
        organisation=held, account=account, defaults={"role": role}
    )
    if is_new:
        _record(Event.MEMBER_ADDED, member, by)
        telling.tell_owners(held, Template.MEMBERS_CHANGED, unless=account)
        _note_owners(held)
    return member


@transaction.atomic
def change_role(
    *,
    organisation: Organisation,
    number: int,
    role: Member.Role,
    by: Actor,
    spares_owners: bool = False,
) -> Member:
    """Give a member another role.

    Raises:
        MemberRefusedError: they are none any more, the last owner, or an owner who is spared.
    """
    held, member = _held_member(organisation, number)
    _refuse(held, member, becomes=role, spares_owners=spares_owners)
    if member.role == role:
        return member
    _set_role(held, member, role, by)
    return member


@transaction.atomic
def hand_over(*, organisation: Organisation, number: int, giver: Member, by: Actor) -> Member:
    """Make a member an owner in the place of another, who stays on as a developer.

    Raises:
        MemberRefusedError: one of both is no member any more.
    """
    held, taker = _held_member(organisation, number)
    _, before = _held_member(organisation, giver.pk)
    if before.role != Member.Role.OWNER:
        raise MemberRefusedError(ChangeProblem.NOBODY)
    _refuse_gone(taker)
    if taker.role != Member.Role.OWNER:
        _set_role(held, taker, Member.Role.OWNER, by)
    if before.pk != taker.pk:
        _set_role(held, before, Member.Role.DEVELOPER, by)
    return taker


@transaction.atomic
def remove(
    *, organisation: Organisation, number: int, by: Actor, spares_owners: bool = False
) -> None:
    """End somebody's membership.

    Raises:
        MemberRefusedError: they are none any more, the last owner, or an owner who is spared.
    """
    held, member = _held_member(organisation, number)
    _refuse(held, member, becomes="", spares_owners=spares_owners)
    _end(held, member, Event.MEMBER_REMOVED, by)
    telling.tell(member.account, held, Template.MEMBERSHIP_CHANGED)


@transaction.atomic
def leave(*, organisation: Organisation, number: int, by: Actor) -> None:
    """End one's own membership.

    Raises:
        MemberRefusedError: one is none any more, or the last owner.
    """
    held, member = _held_member(organisation, number)
    _refuse(held, member, becomes="")
    _end(held, member, Event.MEMBER_LEFT, by)


@transaction.atomic
def drop_all(*, account: Account, by: Actor) -> None:
    """End the memberships of an account that closes, also where that leaves no owner."""
    memberships = Member.objects.filter(account=account)
    # In one order, so that of two that close at once none waits for the other for ever.
    for organisation in memberships.order_by("organisation").values_list("organisation", flat=True):
        held = _held(Organisation(pk=organisation))
        member = Member.objects.filter(organisation=held, account=account).first()
        if member is not None:
            _end(held, member, Event.MEMBER_LEFT, by)


def _held(organisation: Organisation) -> Organisation:
    # All changes of one organisation's members go one after the other: else two owners who leave
    # at once would each count the other.
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _held_member(organisation: Organisation, number: int) -> tuple[Organisation, Member]:
    held = _held(organisation)
    member = queries.of_organisation(held).filter(pk=number).first()
    if member is None:
        raise MemberRefusedError(ChangeProblem.NOBODY)
    return held, member


def _refuse(
    held: Organisation, member: Member, *, becomes: str, spares_owners: bool = False
) -> None:
    others = queries.owners(held).exclude(pk=member.pk).count()
    problem = change_problem(
        was=member.role, becomes=becomes, other_owners=others, spares_owners=spares_owners
    )
    if problem is not None:
        raise MemberRefusedError(problem)


def _refuse_gone(taker: Member) -> None:
    if taker.account.status in {Account.Status.CLOSED, Account.Status.SUSPENDED}:
        raise MemberRefusedError(ChangeProblem.NOBODY)


def _set_role(held: Organisation, member: Member, role: Member.Role, by: Actor) -> None:
    member.role = role
    member.save(update_fields=["role"])
    _record(Event.ROLE_CHANGED, member, by)
    _send(held, member, by)
    telling.tell_owners(held, Template.MEMBERS_CHANGED, unless=member.account)
    telling.tell(member.account, held, Template.MEMBERSHIP_CHANGED)
    _note_owners(held)


def _end(held: Organisation, member: Member, event: Event, by: Actor) -> None:
    _record(event, member, by)
    member.delete()
    _send(held, member, by)
    telling.tell_owners(held, Template.MEMBERS_CHANGED, unless=member.account)
    _note_owners(held)


def _send(held: Organisation, member: Member, by: Actor) -> None:
    membership_changed.send(Member, organisation=held, account=member.account, by=by)


def _note_owners(held: Organisation) -> None:
    has_one = queries.owners(held).exists()
    if has_one == (held.ownerless_since is None):
        return
    held.ownerless_since = None if has_one else timezone.now()
    held.save(update_fields=["ownerless_since"])


def _record(event: Event, member: Member, by: Actor) -> None:
    about = About(
        account_id=member.account_id,
        organisation_id=member.organisation_id,
        object_kind="member",
        object_id=str(member.pk),
        reason=member.role,
    )
    record(event, by=by, about=about)
