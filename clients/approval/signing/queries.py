"""Reads sign-offs: which of them count, and how a submission stands to an approver."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Account, StaffRole
from accounts.staffing.queries import has
from clients.approval.people import is_member, same_person
from clients.approval.rules import Standing
from clients.approval.signing.rules import Aside, Signer, why_aside
from clients.models import SignOff, Submission


@dataclass(frozen=True)
class Given:
    """A sign-off of the version that there is; `aside`: why it counts no more."""

    row: SignOff
    aside: Aside | None


def given(submission: Submission) -> list[Given]:
    """Return the sign-offs of this version, the oldest first.

    Whether one counts is looked at while the submission waits; what was decided stays so.
    """
    rows = submission.sign_offs.filter(version=submission.version).select_related("account")
    waits = submission.state == Submission.State.SUBMITTED
    found: list[Given] = []
    for row in rows.order_by("at", "pk"):
        if row.set_aside:
            found.append(Given(row, Aside(row.set_aside)))
        else:
            others = [one.row for one in found if one.aside is None]
            found.append(Given(row, _aside(submission, row, others) if waits else None))
    return found


def signed(submission: Submission) -> list[SignOff]:
    """Return the sign-offs of this version that count."""
    return [one.row for one in given(submission) if one.aside is None]


def standing(submission: Submission, account: Account) -> Standing:
    """Return how the submission stands to somebody of the council."""
    sign_offs = signed(submission)
    same = set(same_person(account).values_list("pk", flat=True))
    return Standing(
        is_waiting=submission.state == Submission.State.SUBMITTED,
        version=submission.version,
        may_approve=account.is_active and has(account, StaffRole.Role.APPROVER),
        is_member=_is_member(account, submission),
        is_submitter=submission.submitted_by_id in same,
        signed=[one.kind for one in sign_offs],
        signed_by_them=any(one.account_id in same for one in sign_offs),
    )


def _aside(submission: Submission, row: SignOff, others: Iterable[SignOff]) -> Aside | None:
    same = set(same_person(row.account).values_list("pk", flat=True))
    signer = Signer(
        is_active=row.account.is_active,
        has_role=has(row.account, StaffRole.Role.APPROVER),
        is_member=_is_member(row.account, submission),
        is_submitter=submission.submitted_by_id in same,
        is_other_too=any(one.account_id in same for one in others),
    )
    return why_aside(signer)


def _is_member(account: Account, submission: Submission) -> bool:
    organisation = submission.application.organisation
    return is_member(account, of=organisation, since=submission.created_at)
