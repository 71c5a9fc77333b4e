"""Who looks after an organisation, and that it is never left without an owner."""

import pytest

from accounts.assurance import Method
from accounts.audit.actor import OPERATOR, SYSTEM
from accounts.audit.events import Event
from accounts.closing.operations import close_by_operator
from accounts.models import Account, AccountClosing, AuditEvent, OutboundMessage
from clients.models import Application, Member
from clients.organisations.members import operations
from clients.organisations.members.operations import MemberRefusedError
from clients.organisations.members.rules import change_problem
from tests import factories
from tests.accounts import post
from tests.clients.colleague import Colleague, member

pytestmark = pytest.mark.django_db
OWNER, DEVELOPER, VIEWER = Member.Role.OWNER, Member.Role.DEVELOPER, Member.Role.VIEWER
Reason = AccountClosing.Reason


def _path(row: Member, *parts: object) -> str:
    return "/".join([f"/organisations/{row.organisation.slug}/members", *map(str, parts)])


def _role(row: Member) -> str | None:
    return Member.objects.filter(pk=row.pk).values_list("role", flat=True).first()


def _told(account: Account) -> list[str]:
    rows = OutboundMessage.objects.filter(account=account, template__startswith="partners/")
    return list(rows.values_list("template", flat=True))


@pytest.mark.parametrize("becomes", [DEVELOPER, VIEWER, ""])
def test_the_last_owner_stays_an_owner(becomes: str) -> None:
    assert change_problem(was=OWNER, becomes=becomes, other_owners=0) == "last_owner"
    assert change_problem(was=OWNER, becomes=becomes, other_owners=1) is None
    assert change_problem(was=DEVELOPER, becomes=becomes, other_owners=0) is None


def test_a_program_makes_no_owner_and_ends_none_also_where_there_are_others() -> None:
    for was, becomes in ((OWNER, VIEWER), (OWNER, ""), (OWNER, OWNER), (VIEWER, OWNER)):
        problem = change_problem(was=was, becomes=becomes, other_owners=5, spares_owners=True)
        assert problem == "is_an_owner"
    for becomes in (VIEWER, ""):
        assert not change_problem(
            was=DEVELOPER, becomes=becomes, other_owners=0, spares_owners=True
        )


def test_every_member_sees_who_else_is_one() -> None:
    owner, _ = member()
    viewer, colleague = member(VIEWER, of=owner.organisation)
    Account.objects.filter(pk=owner.account_id).update(full_name="Bea <b>Owner")
    page = colleague.get(_path(viewer)).content.decode()
    assert "Bea &lt;b&gt;Owner" in page
    assert "(you)" in page
    assert "Invite somebody" not in page
    assert "Change" not in page


def test_an_owner_gives_a_member_another_role_and_they_are_told() -> None:
    owner, colleague = member()
    other, _ = member(VIEWER, of=owner.organisation)
    answer = colleague.post(_path(owner, other.pk), role=DEVELOPER)
    assert answer.status_code == 303
    assert _role(other) == DEVELOPER
    assert _told(other.account) == ["partners/membership_changed"]
    event = AuditEvent.objects.get(event=Event.ROLE_CHANGED)
    assert (event.account_id, event.actor_id) == (other.account_id, str(owner.account_id))
    assert (event.organisation_id, event.reason) == (owner.organisation_id, DEVELOPER)


def test_a_mail_about_members_names_the_organisation_and_nobody() -> None:
    owner, colleague = member()
    second, _ = member(of=owner.organisation)
    other, _ = member(VIEWER, of=owner.organisation)
    Account.objects.filter(pk=other.account_id).update(full_name="Cy Secretname")
    colleague.post(_path(owner, other.pk, "remove"))
    assert _told(second.account) == _told(owner.account) == ["partners/members_changed"]
    letters = post.letters()
    assert len(letters) == 3
    for letter in letters:
        assert owner.organisation.name in letter.text
        assert "Secretname" not in letter.text + letter.html


@pytest.mark.parametrize("role", ["", "council"])
def test_a_role_that_is_none_is_asked_again(role: str) -> None:
    owner, colleague = member()
    other, _ = member(VIEWER, of=owner.organisation)
    answer = colleague.post(_path(owner, other.pk), role=role)
    assert "Choose what they may do" in answer.content.decode()
    assert _role(other) == VIEWER


def test_whoever_is_removed_is_out_at_once() -> None:
    owner, colleague = member()
    other, theirs = member(DEVELOPER, of=owner.organisation)
    assert theirs.get(_path(other)).status_code == 200
    colleague.post(_path(owner, other.pk, "remove"))
    assert theirs.get(_path(other)).status_code == 404
    assert _told(other.account) == ["partners/membership_changed"]


def test_the_last_owner_cannot_leave() -> None:
    owner, colleague = member()
    member(DEVELOPER, of=owner.organisation)
    answer = colleague.post(_path(owner, "leave"))
    assert "make somebody else an owner first" in answer.content.decode()
    assert _role(owner) == OWNER


@pytest.mark.parametrize("status", [Account.Status.SUSPENDED, Account.Status.CLOSED])
def test_an_owner_whose_account_ended_does_not_count(status: Account.Status) -> None:
    owner, colleague = member()
    other, _ = member(of=owner.organisation)
    Account.objects.filter(pk=other.account_id).update(status=status)
    colleague.post(_path(owner, "leave"))
    assert _role(owner) == OWNER


def test_one_of_two_owners_leaves() -> None:
    owner, colleague = member()
    other, _ = member(of=owner.organisation)
    answer = colleague.post(_path(owner, "leave"))
    assert answer["Location"] == "/organisations"
    assert _role(owner) is None
    assert _told(other.account) == ["partners/members_changed"]


@pytest.mark.parametrize("role", [DEVELOPER, VIEWER])
def test_anybody_else_leaves_by_themselves(role: Member.Role) -> None:
    owner, _ = member()
    other, theirs = member(role, of=owner.organisation)
    theirs.post(_path(other, "leave"))
    assert _role(other) is None


def test_handing_over_makes_one_an_owner_and_the_other_a_developer() -> None:
    owner, colleague = member()
    other, _ = member(VIEWER, of=owner.organisation)
    colleague.post(_path(owner, other.pk, "hand-over"))
    assert (_role(owner), _role(other)) == (DEVELOPER, OWNER)


def test_nothing_is_handed_over_to_whose_account_ended() -> None:
    owner, colleague = member()
    other, _ = member(VIEWER, of=owner.organisation)
    Account.objects.filter(pk=other.account_id).update(status=Account.Status.SUSPENDED)
    answer = colleague.post(_path(owner, other.pk, "hand-over"))
    assert "not a member any more" in answer.content.decode()
    assert (_role(owner), _role(other)) == (OWNER, VIEWER)


@pytest.mark.parametrize("act", ["", "remove", "hand-over"])
def test_a_member_of_another_organisation_is_not_there(act: str) -> None:
    owner, colleague = member()
    foreign, _ = member(VIEWER)
    parts = [foreign.pk, act] if act else [foreign.pk]
    assert colleague.post(_path(owner, *parts), role=OWNER).status_code == 404
    assert _role(foreign) == VIEWER


@pytest.mark.parametrize("act", ["", "remove", "hand-over"])
def test_nobody_changes_their_own_role_by_its_number(act: str) -> None:
    owner, colleague = member()
    member(of=owner.organisation)
    parts = [owner.pk, act] if act else [owner.pk]
    assert colleague.post(_path(owner, *parts), role=VIEWER).status_code == 404
    assert _role(owner) == OWNER


def test_where_residents_use_an_application_one_factor_will_not_do() -> None:
    owner, colleague = member()
    other, _ = member(VIEWER, of=owner.organisation)
    factories.application(of=owner.organisation, environment=Application.Environment.SANDBOX)
    assert colleague.get(_path(owner, other.pk)).status_code == 200
    factories.application(of=owner.organisation)
    answer = colleague.post(_path(owner, other.pk), role=OWNER)
    assert answer.status_code in {302, 403}
    assert _role(other) == VIEWER
    owner.account.set_password(factories.PASSWORD)
    owner.account.save()
    factories.way(owner.account, "app")
    strong = Colleague(owner.account, Method.PASSWORD, Method.APP)
    assert strong.post(_path(owner, other.pk), role=OWNER).status_code == 303
    assert _role(other) == OWNER


def test_a_closed_account_is_a_member_of_nothing_and_the_other_owners_hear_of_it() -> None:
    owner, _ = member()
    other, _ = member(of=owner.organisation)
    operations.drop_all(account=owner.account, by=SYSTEM)
    assert _role(owner) is None
    assert _told(other.account) == ["partners/members_changed"]
    other.organisation.refresh_from_db()
    assert other.organisation.ownerless_since is None


def test_an_organisation_whose_last_owner_closed_their_account_is_known_to_have_none() -> None:
    owner, _ = member()
    member(DEVELOPER, of=owner.organisation)
    operations.drop_all(account=owner.account, by=SYSTEM)
    owner.organisation.refresh_from_db()
    assert owner.organisation.ownerless_since is not None


def test_closing_an_account_ends_its_memberships() -> None:
    owner, _ = member()
    close_by_operator(account=owner.account, reason=Reason.RESIDENT, case="", by=OPERATOR)
    assert _role(owner) is None


def test_a_role_of_somebody_gone_cannot_be_changed() -> None:
    owner, _ = member()
    with pytest.raises(MemberRefusedError):
        operations.change_role(
            organisation=owner.organisation, number=owner.pk + 1000, role=OWNER, by=SYSTEM
        )
