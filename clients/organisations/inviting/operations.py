"""Inviting, once more, not any more, and taking an invitation."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account
from accounts.models.email_address import address_key
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue_about
from clients.models import Invitation, Member, Organisation
from clients.organisations.inviting import queries, rules
from clients.organisations.inviting.rules import InvitingProblem, TakingProblem
from clients.organisations.members import operations as members
from clients.organisations.members.queries import find as find_member
from clients.organisations.members.rules import Permission, may


class NotInvitedError(Exception):
    """Nobody was invited; `problem` names why."""

    def __init__(self, problem: InvitingProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class UnknownInvitationError(LookupError):
    """The organisation has no open invitation of this number."""


@transaction.atomic
def invite(
    *, organisation: Organisation, address: str, role: Member.Role, inviter: Account, by: Actor
) -> Invitation:
    """Invite whoever reads mail at this address.

    Raises:
        NotInvitedError: they belong to it or are invited, too many are, or the inviter just left.
    """
    # One at a time: a double click must not slip past the count.
    held = _locked(organisation)
    key, open_ones = address_key(address), queries.open_of(held)
    problem = rules.inviting_problem(
        may_invite=_may_invite(inviter, held),
        is_member=queries.is_member(held, key),
        is_invited=open_ones.filter(address_key=key).exists(),
        open_ones=open_ones.count(),
    )
    if problem is not None:
        raise NotInvitedError(problem)
    invitation = Invitation(
        organisation=held, address=address, address_key=key, role=role, invited_by=inviter
    )
    _send(invitation, language=inviter.language)
    _record(Event.INVITATION_SENT, invitation, by)
    return invitation


@transaction.atomic
def renew(*, organisation: Organisation, number: UUID, inviter: Account, by: Actor) -> Invitation:
    """Send another mail: its link works from now on, and no earlier one's.

    It stands and falls with whoever sent it last.

    Raises:
        UnknownInvitationError: it was taken or cancelled, or whoever sends it just left.
    """
    held = _locked(organisation)
    invitation = _held(held, number)
    if not _may_invite(inviter, held):
        raise UnknownInvitationError(number)
    invitation.invited_by = inviter
    _send(invitation, language=inviter.language)
    _record(Event.INVITATION_RENEWED, invitation, by)
    return invitation


@transaction.atomic
def cancel(*, organisation: Organisation, number: UUID, by: Actor) -> None:
    """Let nobody take the invitation any more.

    Raises:
        UnknownInvitationError: it was taken or cancelled.
    """
    invitation = _held(organisation, number)
    _end(invitation)
    _record(Event.INVITATION_CANCELLED, invitation, by)


@transaction.atomic
def end_of_member(*, organisation: Organisation, account: Account, by: Actor) -> None:
    """Cancel what the account invited others to there, unless it may still invite.

    Else whoever is shown out comes back by an invitation to a mailbox of their own.
    """
    if not _may_invite(account, organisation):
        _cancel(queries.sent_by(account).filter(organisation=organisation), by)


@transaction.atomic
def end_of_account(*, account: Account, by: Actor) -> None:
    """Cancel every invitation that the account sent: a stranger may have sent it."""
    _cancel(queries.sent_by(account), by)


@transaction.atomic
def take(*, number: UUID, account: Account, by: Actor) -> Member | TakingProblem:
    """Make the account a member as it was invited; or record why not, and return that."""
    found = queries.find(number)
    if found is None:
        return TakingProblem.ENDED
    # The organisation first, as whoever ends a membership does, and with it what its owner sent.
    _locked(found.organisation)
    rows = Invitation.objects.select_for_update(of=("self",), no_key=True)
    invitation = rows.select_related("organisation").get(pk=number)
    problem = rules.taking_problem(
        ended=invitation.ended_at is not None,
        expires_at=invitation.expires_at,
        reads_address=queries.reads(account, invitation.address_key),
        is_made_up=account.is_test,
        now=timezone.now(),
    )
    if problem is not None:
        _record(Event.INVITATION_REFUSED, invitation, by, account=account, reason=problem)
        return problem
    _end(invitation)
    _record(Event.INVITATION_TAKEN, invitation, by, account=account)
    role = Member.Role(invitation.role)
    return members.add(organisation=invitation.organisation, account=account, role=role, by=by)


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _may_invite(account: Account, organisation: Organisation) -> bool:
    member = find_member(account, organisation.slug)
    return member is not None and may(member.role, Permission.MANAGE_MEMBERS)


def _cancel(invitations: Iterable[Invitation], by: Actor) -> None:
    for invitation in invitations:
        _end(invitation)
        _record(Event.INVITATION_CANCELLED, invitation, by)


def _held(organisation: Organisation, number: UUID) -> Invitation:
    rows = queries.open_of(organisation).select_for_update(of=("self",), no_key=True)
    invitation = rows.select_related("organisation").filter(pk=number).first()
    if invitation is None:
        raise UnknownInvitationError(number)
    return invitation


def _send(invitation: Invitation, *, language: str) -> None:
    message = queue_about(
        template=Template.INVITATION,
        name=invitation.organisation.name,
        address=invitation.address,
        language=language,
    )
    invitation.mail = message.pk
    invitation.expires_at = timezone.now() + settings.INVITATION_LIFETIME
    invitation.save()


def _end(invitation: Invitation) -> None:
    invitation.ended_at = timezone.now()
    invitation.save(update_fields=["ended_at"])


def _record(
    event: Event,
    invitation: Invitation,
    by: Actor,
    *,
    account: Account | None = None,
    reason: str = "",
) -> None:
    about = About(
        account_id=account.pk if account else None,
        organisation_id=invitation.organisation_id,
        object_kind="invitation",
        object_id=str(invitation.pk),
        reason=reason or invitation.role,
    )
    record(event, by=by, about=about)
