"""Two people of the council, or of the organisation, who act on one submission at the same moment.

In threads of a command on the served provider's database: the tests' own rows live in one
transaction, which no other thread sees.
"""

import secrets
from typing import Any

import pytest

from tests.accounts.hostile.test_steps_at_once import AT_ONCE, ROUNDS, told
from tests.serving.provider import Served

# All in one command: to load Django for each takes longer than what they do.
_ROUNDS = (
    AT_ONCE
    + """
    from threading import Event
    from unittest import mock
    from accounts.audit.actor import resident
    from clients.approval import operations
    from clients.approval.operations import SubmissionRefusedError
    from clients.approval.signing import operations as signing
    from clients.approval.signing.operations import SignOffRefusedError
    from clients.approval.taking import operations as taking
    from accounts.staffing.operations import revoke
    from clients.models import Submission
    from tests.clients.approval import rounds

    SERVICE, GOVERNANCE = "service", "information_governance"
    one, two, three = rounds.approver(), rounds.approver(), rounds.approver()

    def answer(row, account, kind, **how):
        try:
            return rounds.sign(row, account, kind, **how).state
        except SignOffRefusedError as refused:
            return str(refused.reason)

    def write(act):
        try:
            return act()
        except SubmissionRefusedError as refused:
            return refused.state

    def state_of(row):
        return Submission.objects.get(pk=row.pk).state

    row = rounds.submitted()
    both = at_once(lambda: answer(row, one, SERVICE), lambda: answer(row, two, GOVERNANCE))
    approved = AuditEvent.objects.filter(
        application_id=row.application.client_id, event="application:submission:approved"
    )
    outcome = dict(both=[sorted(both), state_of(row), approved.count()])

    row = rounds.submitted()
    same = at_once(lambda: answer(row, one, SERVICE), lambda: answer(row, two, SERVICE))
    outcome.update(same=[sorted(same), row.sign_offs.count()])

    row = rounds.submitted()
    tabs = at_once(lambda: answer(row, one, SERVICE), lambda: answer(row, one, GOVERNANCE))
    outcome.update(tabs=[sorted(tabs), state_of(row)])

    row = rounds.submitted()
    rounds.sign(row, three, GOVERNANCE)
    against = at_once(
        lambda: answer(row, one, SERVICE),
        lambda: answer(row, two, SERVICE, refuses=True, reason="It names nobody"),
    )
    outcome.update(against=[sorted(against), state_of(row), row.sign_offs.count()])

    row = rounds.submitted()
    rounds.sign(row, three, GOVERNANCE)
    by = resident(rounds.owner(row.application))
    back = lambda: operations.take_back(submission=row, by=by).state
    signed = at_once(lambda: answer(row, one, SERVICE), lambda: write(back))
    outcome.update(back=[*signed, state_of(row)])

    row = rounds.approved()
    by = resident(rounds.owner(row.application))
    take = lambda: taking.take(submission=row, by=by).application.name
    outcome.update(taken=sorted(at_once(lambda: write(take), lambda: write(take))))
    outcome["live"] = row.application.live_ones.count()

    row = rounds.submitted()
    rounds.sign(row, three, GOVERNANCE)
    seen, gone = Event(), Event()
    approve = signing._approve

    def approve_late(*given, **named):
        seen.set()
        # Nobody takes the role now: whoever tries waits until this is written.
        gone.wait(0.3)
        approve(*given, **named)

    def take_role():
        seen.wait(20)
        revoke(account=three, role="approver", by=OPERATOR)
        gone.set()

    with mock.patch.object(signing, "_approve", approve_late):
        state, _ = at_once(lambda: answer(row, one, SERVICE), take_role)
    taken_at = AuditEvent.objects.get(event="account:staff_role:revoked", account_id=three.pk)
    after = AuditEvent.objects.filter(
        application_id=row.application.client_id, pk__gt=taken_at.pk
    )
    outcome["revoked"] = [state, after.count()]
    found.append(outcome)
print(json.dumps(found))
"""
)
Outcomes = list[dict[str, Any]]


@pytest.fixture(scope="module")
def outcomes(served: Served) -> Outcomes:
    found: Outcomes = told(served, _ROUNDS, address=secrets.token_hex(8))
    assert len(found) == ROUNDS
    return found


def test_two_who_approve_at_once_approve_it_once(outcomes: Outcomes) -> None:
    for found in outcomes:
        assert found["both"] == [["approved", "submitted"], "approved", 1]


def test_of_two_who_give_the_same_answer_at_once_one_counts(outcomes: Outcomes) -> None:
    for found in outcomes:
        assert found["same"] == [["already_decided", "submitted"], 1]


def test_one_person_in_two_tabs_is_not_both(outcomes: Outcomes) -> None:
    for found in outcomes:
        assert found["tabs"] == [["same_person", "submitted"], "submitted"]


def test_of_an_approval_and_a_refusal_at_once_the_first_counts_alone(outcomes: Outcomes) -> None:
    for found in outcomes:
        answers, state, count = found["against"]
        assert state in {"approved", "refused"}
        assert (answers, count) == (sorted([state, "not_waiting"]), 2)


def test_what_is_taken_back_while_it_is_signed_is_a_draft_or_approved(outcomes: Outcomes) -> None:
    for found in outcomes:
        signed, owned, state = found["back"]
        assert owned == state
        assert (signed, state) in {("approved", "approved"), ("not_waiting", "draft")}


def test_credentials_that_are_taken_twice_at_once_are_given_once(outcomes: Outcomes) -> None:
    for found in outcomes:
        assert (found["taken"], found["live"]) == (["Parking", "live"], 1)


def test_a_role_that_is_taken_at_the_last_sign_off_goes_once_that_is_written(
    outcomes: Outcomes,
) -> None:
    for found in outcomes:
        assert found["revoked"] == ["approved", 0]
