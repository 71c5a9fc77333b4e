"""Looks are kept back by two people of two kinds, neither of whom is the account's owner."""

import pytest

from accounts.holding_back.rules import refusal_to_agree
from accounts.models import (
    Account,
    AuditEvent,
    HoldBack,
    StaffMember,
    StaffRole,
)
from tests import factories
from tests.accounts.staffing.desk import at_work
from tests.idp.console.holding_back.keeping import (
    START,
    answer,
    ask,
    held_back,
    look,
    newest,
    own,
    refusals,
    told_to,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Account:
    return factories.account("ann@example.org")


@pytest.mark.parametrize(
    "asker, other, fits",
    [
        ({"support_lead"}, {"auditor"}, True),
        ({"auditor"}, {"support_lead"}, True),
        ({"support_lead", "auditor"}, {"auditor"}, True),
        ({"support_lead"}, {"support_lead"}, False),
        ({"auditor"}, {"auditor"}, False),
        ({"auditor"}, {"support"}, False),
        (set(), {"auditor", "support_lead"}, False),
    ],
)
def test_two_kinds_of_role_are_needed(asker: set[str], other: set[str], *, fits: bool) -> None:
    assert (refusal_to_agree(asker, other, is_same_person=False) is None) == fits


def test_one_person_with_both_roles_cannot_agree_with_themselves(ann: Account) -> None:
    _both, desk = at_work("support_lead", "auditor")
    ask(desk, ann)
    assert "somebody else must agree" in answer(desk, newest()).content.decode()
    look(ann)
    assert "account:help:started" in told_to(ann)
    refused = AuditEvent.objects.get(event="account:hold_back:refused")
    assert refused.reason == "same_person"


def test_somebody_of_the_same_kind_cannot_agree(ann: Account) -> None:
    _lead, office = at_work("support_lead")
    _other, other_office = at_work("support_lead")
    ask(office, ann)
    assert "the other an auditor" in answer(other_office, newest()).content.decode()
    assert not HoldBack.objects.filter(agreed_at__isnull=False).exists()


def test_whose_role_was_taken_meanwhile_asked_in_vain(ann: Account) -> None:
    lead, office = at_work("support_lead")
    _auditor, audit = at_work("auditor")
    ask(office, ann)
    StaffRole.objects.filter(account=lead.account).delete()
    assert answer(audit, newest()).status_code == 200
    assert not HoldBack.objects.filter(agreed_at__isnull=False).exists()


def test_nobody_asks_for_looks_at_their_own_account_to_be_kept_back(ann: Account) -> None:
    lead, office = at_work("support_lead")
    own(ann, lead)
    assert "your own account" in ask(office, ann).content.decode()
    assert not HoldBack.objects.exists()


def test_whose_account_it_is_finds_nothing_and_agrees_to_nothing(ann: Account) -> None:
    _lead, office = at_work("support_lead")
    auditor, audit = at_work("auditor")
    own(ann, auditor)
    ask(office, ann)
    row = newest()
    assert "INV-1" not in audit.get(START).content.decode()
    assert audit.get(f"{START}/{row.pk}").status_code == 404
    for given in ("agree", "refuse", "end"):
        assert answer(audit, row, given).status_code == 404
    row.refresh_from_db()
    assert (row.agreed_at, row.ended_at) == (None, None)
    assert refusals() == ["their_own_account"] * 3
    colleague, other = at_work("auditor")
    assert answer(other, row).status_code == 303
    # Nor do they hear of what is in force, or end it.
    assert "INV-1" not in audit.get(START).content.decode()
    assert answer(audit, row, "end").status_code == 404
    assert colleague.account != auditor.account


def test_what_turns_out_to_be_the_askers_own_account_nobody_agrees_to(ann: Account) -> None:
    lead, office = at_work("support_lead")
    _auditor, audit = at_work("auditor")
    ask(office, ann)
    own(ann, lead)
    assert "It is the account of whoever asked" in answer(audit, newest()).content.decode()
    assert refusals() == ["askers_own_account"]
    assert not HoldBack.objects.filter(agreed_at__isnull=False).exists()


@pytest.mark.parametrize("how", ["mailbox", "account"])
def test_one_person_with_two_staff_accounts_cannot_agree_with_themselves(
    ann: Account, how: str
) -> None:
    lead, office = at_work("support_lead")
    auditor, audit = at_work("auditor")
    joint = factories.own_account(lead.account)
    if how == "mailbox":
        factories.email_address(joint, auditor.work_email, is_primary=False)
    else:
        # Noted as the other's too, by its mailbox at work.
        StaffMember.objects.filter(pk=auditor.pk).update(
            work_email_key=joint.email_addresses.get().address_key
        )
    ask(office, ann)
    assert "same person" in answer(audit, newest()).content.decode()
    assert refusals() == ["same_person"]
    assert not HoldBack.objects.filter(agreed_at__isnull=False).exists()


def test_of_a_colleagues_account_looks_may_be_kept_back(ann: Account) -> None:
    colleague, _desk = at_work("support")
    own(ann, colleague)
    held_back(ann)
    look(ann)
    assert "account:help:started" not in told_to(ann)
