"""What pages about a submission show, on both sides."""

from dataclasses import dataclass
from typing import Any

from clients.applications.changing.rules import to_review
from clients.applications.columns import described
from clients.applications.parts import parts_of
from clients.approval import queries, wording
from clients.approval.rules import Facts, Item, Mark, checklist
from clients.models import Submission


@dataclass(frozen=True)
class Line:
    """One line of the checklist, in words."""

    item: Item
    what: str
    how: str
    mark: Mark
    state: str


@dataclass(frozen=True)
class Difference:
    """One part that becomes something else; `before` and `after` are lists of lines."""

    part: str
    before: list[str]
    after: list[str]
    is_reviewed: bool


def lines(facts: Facts) -> list[Line]:
    """Return the checklist in words."""
    return [
        Line(
            item,
            str(wording.ITEMS[item]),
            str(wording.HOW[item]),
            mark,
            str(wording.MARKS[mark]),
        )
        for item, mark in checklist(facts).items()
    ]


def differences(submission: Submission) -> list[Difference]:
    """Return what becomes of the application that it is about, part by part.

    Of what goes live all that residents meet is shown, whether it differs from the sandbox or not.
    """
    before = parts_of(described(submission.application))
    after = parts_of(queries.proposed(submission))
    changed = {name: value for name, value in after.items() if before[name] != value}
    reviewed = to_review(before, changed)
    if queries.makes_live(submission):
        changed |= {name: after[name] for name in wording.PARTS if after[name]}
    order = [*wording.PARTS, *sorted(set(changed) - set(wording.PARTS))]
    return [
        Difference(
            part=wording.part(name),
            before=_lines(before[name]),
            after=_lines(after[name]),
            is_reviewed=name in reviewed,
        )
        for name in order
        if name in changed
    ]


def history(submission: Submission) -> list[dict[str, Any]]:
    """Return what was said and signed about the application, the newest first."""
    rounds = submission.application.submissions.all()
    said = [
        {"at": row.at, "who": _who(row.account, of_council=row.is_of_council), "text": row.text}
        for one in rounds
        for row in one.comments.select_related("account")
    ]
    signed = [
        {
            "at": row.at,
            "who": str(wording.KINDS[row.kind]),
            "what": str(wording.DECISIONS[row.decision]),
            "text": row.reason,
        }
        for one in rounds
        for row in one.sign_offs.all()
    ]
    return sorted([*said, *signed], key=lambda entry: entry["at"], reverse=True)


def _who(account: Any, *, of_council: bool) -> str:  # noqa: ANN401 - an account
    return str(wording.OF_COUNCIL) if of_council else str(account.full_name)


def _lines(value: Any) -> list[str]:  # noqa: ANN401 - whatever a part is
    if isinstance(value, list):
        return [line for each in value for line in _lines(each)]
    if isinstance(value, dict):
        return [" – ".join(str(text) for text in value.values() if text)]
    return [] if value in ("", None) else [str(value)]
