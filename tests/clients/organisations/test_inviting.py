"""An invitation makes a member of whoever reads mail at its address, once, and of nobody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import resident
from accounts.audit.events import Event
from accounts.limits import table
from accounts.limits.operations import hit
from accounts.models import Account, AuditEvent, EmailAddress
from clients.models import Invitation, Member
from clients.organisations.inviting import operations, rules
from tests import factories
from tests.accounts import post
from tests.accounts.visitor import Visitor
from tests.clients.colleague import Colleague, member

pytestmark = pytest.mark.django_db
CY = "cy@example.org"


def _invite(owner: Member, colleague: Colleague, address: str = CY, role: str = "developer") -> str:
    """Invite, and return the link in the mail."""
    answer = colleague.post(
        f"/organisations/{owner.organisation.slug}/invitations/new", address=address, role=role
    )
    assert answer.status_code == 303, answer.content.decode()
    return _link()


def _link() -> str:
    return post.newest().path("/invitations/link/")


def _page() -> str:
    return f"/invitations/{Invitation.objects.latest('made_at').pk}"


def test_whoever_is_invited_signs_in_and_becomes_a_member() -> None:
    owner, colleague = member()
    link = _invite(owner, colleague)
    cy = Colleague(factories.account(CY))
    assert cy.get(link)["Location"] == _page()
    assert owner.organisation.name in cy.get(_page()).content.decode()
    answer = cy.post(_page())
    assert answer["Location"] == f"/organisations/{owner.organisation.slug}"
    assert Member.objects.get(account=cy.account).role == "developer"
    assert AuditEvent.objects.filter(event=Event.INVITATION_TAKEN).count() == 1


def test_whoever_has_no_account_yet_is_asked_for_the_invited_address_first() -> None:
    owner, colleague = member()
    visitor = Visitor()
    answer = visitor.get(_invite(owner, colleague))
    assert answer["Location"].startswith("/sign-in?flow=")
    sign_up = answer["Location"].replace("/sign-in", "/sign-up")
    assert f'value="{CY}"' in visitor.get(sign_up).content.decode()


def test_the_mail_names_the_organisation_and_warns_of_strangers() -> None:
    owner, colleague = member()
    _invite(owner, colleague)
    text = post.newest().text
    assert owner.organisation.name in text
    assert "We have not checked who they are" in text


def test_opening_the_link_makes_nobody_a_member() -> None:
    owner, colleague = member()
    cy = Colleague(factories.account(CY))
    cy.get(_invite(owner, colleague))
    cy.get(_page())
    assert not Member.objects.filter(account=cy.account).exists()


def test_the_link_in_anothers_hands_opens_nothing_and_tells_nothing() -> None:
    owner, colleague = member()
    link, thief = _invite(owner, colleague), Colleague()
    answer = thief.client.get(link, follow=True)
    assert answer.status_code == 404
    assert owner.organisation.name not in answer.content.decode()
    assert thief.post(_page()).status_code == 404
    assert not Member.objects.filter(account=thief.account).exists()


def test_an_address_marked_unsafe_takes_nothing() -> None:
    owner, colleague = member()
    _invite(owner, colleague)
    cy = Colleague(factories.account(CY))
    EmailAddress.objects.filter(account=cy.account).update(unsafe_since=timezone.now())
    assert cy.post(_page()).status_code == 404
    assert not Member.objects.filter(account=cy.account).exists()


def test_an_invitation_works_once() -> None:
    owner, colleague = member()
    link = _invite(owner, colleague)
    cy, dee = Colleague(factories.account(CY)), Colleague(factories.account("d@example.org"))
    factories.email_address(dee.account, CY, is_primary=False)
    cy.post(_page())
    assert dee.post(_page()).status_code == 404
    assert dee.get(link).status_code == 404
    assert not Member.objects.filter(account=dee.account).exists()
    refused = AuditEvent.objects.get(event=Event.INVITATION_REFUSED)
    assert (refused.account_id, refused.reason) == (dee.account.pk, "invitation_ended")


def test_taking_it_twice_leads_to_the_organisation() -> None:
    owner, colleague = member()
    _invite(owner, colleague)
    cy = Colleague(factories.account(CY))
    cy.post(_page())
    assert cy.post(_page())["Location"] == f"/organisations/{owner.organisation.slug}"


def test_an_invitation_is_too_old_after_seven_days() -> None:
    owner, colleague = member()
    link = _invite(owner, colleague)
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        cy = Colleague(factories.account(CY))
        assert cy.get(link).status_code == 404
        assert cy.get(_page()).status_code == 404
        assert cy.post(_page()).status_code == 404
    assert not Member.objects.filter(account=cy.account).exists()


def test_a_cancelled_invitation_is_gone() -> None:
    owner, colleague = member()
    link = _invite(owner, colleague)
    number = Invitation.objects.get().pk
    path = f"/organisations/{owner.organisation.slug}/invitations/{number}"
    assert CY in colleague.get(path).content.decode()
    assert colleague.post(path, decision="cancel").status_code == 303
    assert colleague.get(path).status_code == 404
    assert colleague.post(path, decision="renew").status_code == 404
    cy = Colleague(factories.account(CY))
    assert cy.get(link).status_code == 404
    assert cy.post(_page()).status_code == 404


def test_of_an_invitation_sent_again_only_the_new_link_works() -> None:
    owner, colleague = member()
    old = _invite(owner, colleague)
    number = Invitation.objects.get().pk
    path = f"/organisations/{owner.organisation.slug}/invitations/{number}"
    colleague.post(path, decision="renew")
    cy = Colleague(factories.account(CY))
    assert cy.get(old).status_code == 404
    assert cy.get(_link())["Location"] == _page()


def test_anothers_invitation_can_be_neither_seen_nor_changed() -> None:
    owner, colleague = member()
    _invite(owner, colleague)
    stranger, theirs = member()
    path = f"/organisations/{stranger.organisation.slug}/invitations/{Invitation.objects.get().pk}"
    assert theirs.get(path).status_code == 404
    assert theirs.post(path, decision="cancel").status_code == 404
    assert Invitation.objects.get().ended_at is None


@pytest.mark.parametrize("number", ["", "x", str(uuid4())])
def test_an_invitation_that_is_none_is_not_there(number: str) -> None:
    assert Colleague().get(f"/invitations/{number}").status_code == 404
    assert Visitor().get(f"/invitations/link/{number or 'x'}").status_code == 404


@pytest.mark.parametrize(
    "address, role, problem",
    [
        ("", "viewer", "Enter an email address"),
        ("cy", "viewer", "email address in the correct format"),
        (f"{'c' * 300}@example.org", "viewer", "email address"),
        ("cy@example.org\nBcc: all@example.org", "viewer", "email address"),
        (CY, "", "Choose what they may do"),
        (CY, "superuser", "Choose what they may do"),
    ],
)
def test_what_cannot_be_sent_is_asked_again(address: str, role: str, problem: str) -> None:
    owner, colleague = member()
    path = f"/organisations/{owner.organisation.slug}/invitations/new"
    answer = colleague.post(path, address=address, role=role)
    assert answer.status_code == 200
    assert problem in answer.content.decode()
    assert not Invitation.objects.exists()


def test_members_and_the_invited_are_not_invited_again() -> None:
    owner, colleague = member()
    _invite(owner, colleague)
    path = f"/organisations/{owner.organisation.slug}/invitations/new"
    again = colleague.post(path, address=CY.upper(), role="viewer")
    assert "invited already" in again.content.decode()
    Colleague(factories.account(CY)).post(_page())
    joined = colleague.post(path, address=CY, role="owner")
    assert "is a member already" in joined.content.decode()
    assert Invitation.objects.count() == 1


def test_only_so_many_wait_at_once() -> None:
    asked = {"may_invite": True, "is_member": False, "is_invited": False}
    assert rules.inviting_problem(**asked, open_ones=rules.OPEN_AT_ONCE - 1) is None
    assert rules.inviting_problem(**asked, open_ones=rules.OPEN_AT_ONCE) == "too_many_open"


def test_nobody_floods_a_mailbox_with_invitations_of_many_organisations() -> None:
    for _ in range(table.INVITATION_MAIL.amount):
        hit(table.INVITATION_MAIL, CY)
    owner, colleague = member()
    path = f"/organisations/{owner.organisation.slug}/invitations/new"
    assert colleague.post(path, address=CY, role="viewer").status_code == 429
    assert not Invitation.objects.exists()


def test_nobody_sends_invitations_without_end() -> None:
    owner, colleague = member()
    for _ in range(table.INVITATIONS.amount):
        hit(table.INVITATIONS, str(owner.account_id))
    path = f"/organisations/{owner.organisation.slug}/invitations/new"
    assert colleague.post(path, address=CY, role="viewer").status_code == 429


def test_a_made_up_person_takes_none() -> None:
    owner, colleague = member()
    _invite(owner, colleague)
    made_up = factories.account(CY, is_test=True, test_group=owner.organisation_id)
    number = Invitation.objects.get().pk
    taken = operations.take(number=number, account=made_up, by=resident(made_up))
    assert taken == rules.TakingProblem.MADE_UP
    assert not Member.objects.filter(account=made_up).exists()


def test_owners_hear_of_a_new_member() -> None:
    owner, colleague = member()
    _invite(owner, colleague)
    post.letters()
    Colleague(factories.account(CY)).post(_page())
    told = [row.to for row in post.letters() if "have changed" in row.subject]
    assert told == [EmailAddress.objects.get(account=owner.account).address]
    assert Account.objects.count() == 2


def test_an_invitation_is_found_on_the_account_page_too_until_it_is_taken() -> None:
    owner, colleague = member()
    cy = Colleague(factories.account(CY))
    assert "/organisations" not in cy.get("/account").content.decode()
    _invite(owner, colleague)
    assert 'href="/organisations"' in cy.get("/account").content.decode()
    assert _page() in cy.get("/organisations").content.decode()
    cy.post(_page())
    assert _page() not in cy.get("/organisations").content.decode()
