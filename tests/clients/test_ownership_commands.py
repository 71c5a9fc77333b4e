"""What operators do about who owns an organisation and what shows who it is."""

import pytest

from accounts.audit.events import Event
from accounts.models import Account, AuditEvent
from clients.models import Member, Organisation, OrganisationProof
from tests import factories
from tests.commands import refused, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def riverside() -> Organisation:
    return factories.organisation(slug="riverside", name="Riverside")


@pytest.fixture
def staff() -> Account:
    return factories.staff_member("support_lead", address="staff@example.org").account


def _appoint(account: str, second_person: str = "staff@example.org") -> tuple[str, ...]:
    return (
        *("organisation", "appoint-owner", "riverside", "--account", account),
        *("--evidence", "CASE-7", "--second-person", second_person),
    )


def test_members_and_proofs_are_shown(riverside: Organisation) -> None:
    member = factories.member(factories.account("ann@example.org"), of=riverside)
    OrganisationProof.objects.create(organisation=riverside, kind="charity", value="1234567")
    shown = run("organisation", "show", "riverside")
    assert [(row["sign_in_name"], row["role"]) for row in shown["members"]] == [
        ("ann@example.org", member.role)
    ]
    assert [(row["value"], row["state"]) for row in shown["proofs"]] == [("1234567", "waiting")]
    assert shown["missing_to_go_live"] == ["second_owner", "proof"]


@pytest.mark.usefixtures("riverside", "staff")
def test_an_organisation_without_an_owner_gets_one_by_evidence_and_a_second_person() -> None:
    ann = factories.account("ann@example.org")
    shown = run(*_appoint("ann@example.org"))
    assert [row["role"] for row in shown["members"]] == ["owner"]
    assert shown["ownerless_since"] is None
    event = AuditEvent.objects.get(event=Event.OWNER_APPOINTED)
    second = Account.objects.get(staff_member__work_email="staff@example.org")
    assert (event.account_id, event.case_reference) == (ann.pk, "CASE-7")
    assert event.detail == {"second_person": str(second.pk)}


@pytest.mark.usefixtures("staff")
def test_a_member_who_is_none_of_its_owners_can_be_made_one(riverside: Organisation) -> None:
    ann = factories.account("ann@example.org")
    factories.member(ann, of=riverside, role=Member.Role.VIEWER)
    gone = factories.member(factories.account(), of=riverside)
    Account.objects.filter(pk=gone.account_id).update(status=Account.Status.CLOSED)
    run(*_appoint("ann@example.org"))
    assert Member.objects.get(account=ann).role == "owner"


@pytest.mark.usefixtures("staff")
def test_while_there_is_an_owner_nobody_is_appointed(riverside: Organisation) -> None:
    factories.member(factories.account(), of=riverside)
    factories.account("ann@example.org")
    message, code = refused(*_appoint("ann@example.org"))
    assert (code, "has an owner" in message) == (1, True)


@pytest.mark.usefixtures("riverside", "staff")
@pytest.mark.parametrize("second", ["ann@example.org", "bea@example.org", "nobody@example.org"])
def test_the_second_person_is_another_one_of_the_staff(second: str) -> None:
    factories.account("ann@example.org")
    # The same person at work, by their mailbox; and a resident.
    factories.staff_member("operator", address="ann@example.org")
    factories.account("bea@example.org")
    assert refused(*_appoint("ann@example.org", second))[1] == 1
    assert not Member.objects.exists()


@pytest.mark.usefixtures("riverside", "staff")
def test_a_made_up_person_owns_nothing(riverside: Organisation) -> None:
    factories.account("t@example.org", is_test=True, test_group=riverside.pk)
    assert "made up" in refused(*_appoint("t@example.org"))[0]


@pytest.mark.usefixtures("riverside", "staff")
@pytest.mark.parametrize("evidence", [" ", "x" * 41])
def test_evidence_is_named_by_its_case(evidence: str) -> None:
    factories.account("ann@example.org")
    arguments = [evidence if part == "CASE-7" else part for part in _appoint("ann@example.org")]
    assert refused(*arguments)[1] == 2


def test_the_council_stands_in_as_second_owner_and_no_longer(riverside: Organisation) -> None:
    factories.member(factories.account(), of=riverside)
    stand_in = ("organisation", "stand-in", "riverside", "--case", "CASE-8")
    assert "second_owner" not in run(*stand_in)["missing_to_go_live"]
    assert run(*stand_in)["council_owner_since"] is not None
    assert AuditEvent.objects.filter(event=Event.COUNCIL_OWNER_ADDED).count() == 1
    assert "second_owner" in run(*stand_in, "--end")["missing_to_go_live"]
    assert run(*stand_in, "--end")["council_owner_since"] is None
    assert AuditEvent.objects.filter(event=Event.COUNCIL_OWNER_REMOVED).count() == 1


def test_a_number_is_looked_up_and_the_answer_kept(riverside: Organisation) -> None:
    OrganisationProof.objects.create(organisation=riverside, kind="charity", value="SC012345")
    waiting = run("organisation", "waiting")
    assert [(row["organisation"], row["value"]) for row in waiting] == [("riverside", "SC012345")]
    check = ("organisation", "check", "riverside", "sc012345", "--reason", "Named so there")
    assert run(*check, "--accept")["state"] == "standing"
    assert run("organisation", "waiting") == []
    proof = OrganisationProof.objects.get()
    assert (proof.state, proof.reason) == ("standing", "Named so there")


@pytest.mark.usefixtures("riverside")
def test_a_number_that_nobody_gave_is_not_checked() -> None:
    check = ("organisation", "check", "riverside", "1234567", "--reason", "x", "--refuse")
    assert refused(*check)[1] == 1
