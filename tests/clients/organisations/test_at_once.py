"""Two at the same moment leave an organisation its owner, and take an invitation once."""

import secrets

from tests.accounts.hostile.test_steps_at_once import AT_ONCE, ROUNDS, told
from tests.serving.provider import Served

_OWNERS = (
    AT_ONCE
    + """
    from clients.models import Invitation, Member, Organisation
    from clients.organisations.inviting import operations as inviting
    from clients.organisations.members import operations as members

    other = people.account(f"other-{{key}}")
    of = Organisation.objects.create(slug=f"{{key.partition('@')[0]}}", name=key)

    def joined(account, role="owner"):
        return Member.objects.create(organisation=of, account=account, role=role)

    def leave(member):
        try:
            members.leave(organisation=of, number=member.pk, by=OPERATOR)
        except members.MemberRefusedError as error:
            return str(error.problem)
        return "left"
"""
)
_BOTH_LEAVE = (
    _OWNERS
    + """
    one, two = joined(account), joined(other)
    found.append(sorted(at_once(lambda: leave(one), lambda: leave(two))))
print(json.dumps(found))
"""
)
_ONE_LEAVES_ONE_IS_DEMOTED = (
    _OWNERS
    + """
    one, two = joined(account), joined(other)
    def demote():
        try:
            viewer = Member.Role.VIEWER
            members.change_role(organisation=of, number=two.pk, role=viewer, by=OPERATOR)
        except members.MemberRefusedError as error:
            return str(error.problem)
        return "demoted"
    at_once(lambda: leave(one), demote)
    found.append(Member.objects.filter(organisation=of, role="owner").count())
print(json.dumps(found))
"""
)
_BOTH_TAKE = (
    _OWNERS
    + """
    people.email_address(other, account.sign_in_name, is_primary=False)
    owner = joined(people.account(f"owner-{{key}}"))
    invitation = inviting.invite(organisation=of, address=account.sign_in_name,
                                 role=Member.Role.VIEWER, inviter=owner.account, by=OPERATOR)
    def take(taker):
        taken = inviting.take(number=invitation.pk, account=taker, by=OPERATOR)
        return "member" if isinstance(taken, Member) else str(taken)
    found.append(sorted(at_once(lambda: take(account), lambda: take(other))))
print(json.dumps(found))
"""
)

_TAKEN_BESIDE_A_REMOVAL = (
    _OWNERS
    + """
    owner, stays = joined(people.account(f"owner-{{key}}")), joined(other)
    invitation = inviting.invite(organisation=of, address=account.sign_in_name,
                                 role=Member.Role.OWNER, inviter=owner.account, by=OPERATOR)
    def take():
        taken = inviting.take(number=invitation.pk, account=account, by=OPERATOR)
        return "member" if isinstance(taken, Member) else str(taken)
    def remove():
        members.remove(organisation=of, number=owner.pk, by=OPERATOR)
        return "removed"
    found.append(at_once(take, remove))
print(json.dumps(found))
"""
)


def _name() -> str:
    return f"{secrets.token_hex(8)}x"


def test_of_the_last_two_owners_who_leave_at_once_one_stays(served: Served) -> None:
    assert told(served, _BOTH_LEAVE, address=_name()) == [["last_owner", "left"]] * ROUNDS


def test_one_owner_stays_when_one_leaves_while_the_other_is_made_a_viewer(served: Served) -> None:
    assert told(served, _ONE_LEAVES_ONE_IS_DEMOTED, address=_name()) == [1] * ROUNDS


def test_an_invitation_is_taken_by_one_of_two_readers_of_its_mailbox(served: Served) -> None:
    assert told(served, _BOTH_TAKE, address=_name()) == [["invitation_ended", "member"]] * ROUNDS


def test_an_invitation_is_taken_before_its_sender_is_removed_or_not_at_all(served: Served) -> None:
    for outcome in told(served, _TAKEN_BESIDE_A_REMOVAL, address=_name()):
        assert outcome in (["member", "removed"], ["invitation_ended", "removed"])
