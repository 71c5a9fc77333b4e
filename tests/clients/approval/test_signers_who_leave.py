"""What somebody signed and nobody has decided yet waits for another, as soon as they leave."""

from collections.abc import Callable

import pytest
from pytest_django import Settings

from accounts.audit.actor import OPERATOR
from accounts.models import Account, AuditEvent, DirectoryLink, StaffMember, StaffRole
from accounts.staffing.operations import grant
from accounts.staffing.people import operations as people
from clients.models import SignOff, Submission
from tests.accounts.staffing.desk import Desk
from tests.accounts.staffing.directory.fake import FakeDirectory, named
from tests.accounts.staffing.directory.rounds import employed, says
from tests.clients.approval import rounds
from tests.factories.authenticators import key_of

pytestmark = pytest.mark.django_db
GOVERNANCE = "information_governance"


@pytest.fixture
def directory(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> FakeDirectory:
    """Return the council's directory."""
    settings.DEMO = False
    return named(settings, monkeypatch)


def _leave(account: Account) -> None:
    people.leave(member=StaffMember.objects.get(account=account), by=OPERATOR)


def _get_a_new_link(account: Account) -> None:
    people.send_link(member=StaffMember.objects.get(account=account), by=OPERATOR)


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize("happens", [_leave, _get_a_new_link])
def test_it_is_set_aside_at_once_and_stays_so(happens: Callable[[Account], None]) -> None:
    submission, first = rounds.submitted(), rounds.approver()
    rounds.sign(submission, first, "service")
    happens(first)
    assert SignOff.objects.get().set_aside == "role_taken"
    assert AuditEvent.objects.filter(event="application:sign_off:set_aside").count() == 1
    assert rounds.sign(submission, rounds.approver(), GOVERNANCE).state == "submitted"
    assert rounds.sign(submission, rounds.approver(), "service").state == "approved"


@pytest.mark.usefixtures("directory")
def test_a_role_given_again_does_not_bring_it_back() -> None:
    submission, first = rounds.submitted(), rounds.approver()
    rounds.sign(submission, first, "service")
    _get_a_new_link(first)
    key_of(first)
    grant(account=first, role=StaffRole.Role.APPROVER, by=OPERATOR)
    assert rounds.sign(submission, rounds.approver(), GOVERNANCE).state == "submitted"


@pytest.mark.usefixtures("directory")
def test_what_two_people_decided_stays_decided() -> None:
    submission, first = rounds.submitted(), rounds.approver()
    rounds.sign(submission, first, "service")
    rounds.sign(submission, rounds.approver(), GOVERNANCE)
    _leave(first)
    assert not SignOff.objects.exclude(set_aside="").exists()
    assert Submission.objects.get().state == "approved"


def test_so_it_is_when_the_directory_says_that_they_left(directory: FakeDirectory) -> None:
    member, _desk, key = employed(directory)
    submission = rounds.submitted()
    rounds.sign(submission, member.account, "service")
    assert says() == ["stays"]
    assert SignOff.objects.get().set_aside == ""
    directory.people.clear()
    assert says() == ["gone"]
    assert SignOff.objects.get().set_aside == "role_taken"
    assert DirectoryLink.objects.get().gone_at is not None
    # Whoever signs next does not complete it.
    assert rounds.sign(submission, rounds.approver(), GOVERNANCE).state == "submitted"
    assert Desk().use(key).status_code == 200


def test_whose_group_is_lost_has_signed_in_vain(directory: FakeDirectory) -> None:
    member, _desk, _key = employed(directory)
    submission = rounds.submitted()
    rounds.sign(submission, member.account, "service")
    directory.employ("7", "Contact centre")
    assert says() == ["roles_lost"]
    assert rounds.sign(submission, rounds.approver(), GOVERNANCE).state == "submitted"
    assert SignOff.objects.get(account=member.account).set_aside == "role_taken"
