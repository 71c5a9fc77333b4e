"""An invitation stands and falls with the right to invite of whoever sent it last."""

from collections.abc import Callable

import pytest

from accounts.audit.actor import resident
from accounts.models import Account, AuditEvent
from clients.models import Invitation, Member
from clients.organisations.inviting import operations
from clients.organisations.inviting.operations import NotInvitedError, UnknownInvitationError
from clients.organisations.inviting.rules import InvitingProblem, TakingProblem
from tests import factories
from tests.clients import losing
from tests.clients.colleague import Colleague

pytestmark = pytest.mark.django_db
CY = "cy@example.org"
ROLES = Member.Role
every_loss = pytest.mark.parametrize("lose", losing.WAYS.values(), ids=losing.WAYS)


@pytest.fixture
def inviter() -> Member:
    return factories.member(factories.account("ann@example.org"))


@pytest.fixture
def other(inviter: Member) -> Member:
    return factories.member(factories.account("bea@example.org"), of=inviter.organisation)


def _invited(inviter: Member, address: str = CY) -> Invitation:
    account = inviter.account
    return operations.invite(
        organisation=inviter.organisation,
        address=address,
        role=ROLES.OWNER,
        inviter=account,
        by=resident(account),
    )


def _taken(invitation: Invitation, account: Account) -> Member | TakingProblem:
    return operations.take(number=invitation.pk, account=account, by=resident(account))


@every_loss
def test_nobody_who_was_shown_out_comes_back_by_a_mailbox_that_they_invited_before(
    inviter: Member, other: Member, lose: Callable[[Member], None]
) -> None:
    own, of_other = _invited(inviter), _invited(other, "di@example.org")
    lose(inviter)
    page = Colleague(factories.account(CY))
    assert page.post(f"/invitations/{own.pk}").status_code == 404
    assert not Member.objects.filter(account=page.account).exists()
    assert AuditEvent.objects.get(event="organisation:invitation:cancelled").object_id == str(
        own.pk
    )
    assert isinstance(_taken(of_other, factories.account("di@example.org")), Member)


def test_what_another_owner_sent_again_is_theirs(inviter: Member, other: Member) -> None:
    invitation = _invited(inviter)
    operations.renew(
        organisation=inviter.organisation,
        number=invitation.pk,
        inviter=other.account,
        by=resident(other.account),
    )
    losing.remove(inviter)
    assert isinstance(_taken(invitation, factories.account(CY)), Member)


@pytest.mark.usefixtures("other")
def test_invitations_to_other_organisations_stay(inviter: Member) -> None:
    elsewhere = factories.member(inviter.account)
    invitation = _invited(elsewhere)
    losing.leave(inviter)
    assert isinstance(_taken(invitation, factories.account(CY)), Member)


def test_nobody_is_invited_by_whoever_left_a_moment_ago(inviter: Member, other: Member) -> None:
    invitation = _invited(other)
    losing.leave(inviter)
    with pytest.raises(NotInvitedError) as refused:
        _invited(inviter, "di@example.org")
    assert refused.value.problem is InvitingProblem.NO_OWNER
    with pytest.raises(UnknownInvitationError):
        operations.renew(
            organisation=inviter.organisation,
            number=invitation.pk,
            inviter=inviter.account,
            by=resident(inviter.account),
        )
    assert Invitation.objects.get().invited_by == other.account
