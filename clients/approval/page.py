"""What pages about a submission show, on both sides."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from accounts.models import Account
from clients.applications.changing.rules import to_review
from clients.applications.columns import described
from clients.applications.parts import parts_of
from clients.approval import evidence, in_words, queries, wording
from clients.approval.in_words import PARTS
from clients.approval.rules import Facts, Item, Mark, checklist, gaps
from clients.approval.signing.queries import given
from clients.approval.signing.rules import Aside
from clients.models import Comment, SignOff, Submission


@dataclass(frozen=True)
class Line:
    """One line of the checklist, in words; `evidence` is what it rests on, if it is done.

    `is_gone`: what was there when it was sent is no longer.
    """

    item: Item
    what: str
    how: str
    mark: Mark
    state: str
    evidence: str = ""
    is_gone: bool = False


@dataclass(frozen=True)
class Difference:
    """One part that becomes something else; `before` and `after` are lists of lines."""

    name: str
    part: str
    before: list[str]
    after: list[str]
    is_reviewed: bool


def lines(facts: Facts) -> list[Line]:
    """Return the checklist as it stands now; what nobody needs of it is left out."""
    kept = evidence.kept(facts)
    rows = [_line(Item(item), fact) for item, fact in kept.items()]
    return [line for line in rows if line.mark is not Mark.NOT_NEEDED]


def sent_lines(submission: Submission, *, for_council: bool = False) -> list[Line]:
    """Return the checklist as it stood when this was sent, and what of it is gone by now.

    The council reads who of its people read the privacy notice.
    """
    facts = queries.facts(submission, tried=None)
    lost = gaps(checklist(facts)) if submission.state == Submission.State.SUBMITTED else []
    kept = submission.checklist or evidence.kept(facts)
    reader = queries.notice_reader(submission) if for_council else ""
    rows = [
        (Item(item), {**fact, "reader": reader} if fact.get("by_council") else fact)
        for item, fact in kept.items()
    ]
    return [_line(item, fact, is_gone=item in lost) for item, fact in rows]


def _line(item: Item, fact: dict[str, Any], *, is_gone: bool = False) -> Line:
    mark = Mark(fact["mark"])
    how = wording.HOW_TO_MEND.get(item) if mark is Mark.PROBLEM else None
    return Line(
        item,
        str(wording.ITEMS[item]),
        str(how or wording.HOW[item]),
        mark,
        str(wording.MARKS[mark]),
        evidence.told(item, fact),
        is_gone,
    )


def differences(submission: Submission) -> list[Difference]:
    """Return what becomes of the application that it is about, part by part.

    Of what goes live all that residents meet is shown, whether it differs from the sandbox or not;
    of what is over all that was asked for.
    """
    before = parts_of(described(submission.application))
    after = parts_of(queries.proposed(submission))
    changed = {name: value for name, value in after.items() if before[name] != value}
    reviewed = to_review(before, changed)
    is_open = submission.state in queries.OPEN
    if queries.makes_live(submission):
        changed |= {name: after[name] for name in PARTS if after[name] or before[name]}
    elif not is_open:
        changed |= {name: after[name] for name in submission.proposal}
    order = [*PARTS, *sorted(set(changed) - set(PARTS))]
    return [
        Difference(
            name=name,
            part=in_words.part(name),
            # What is there today was not beside what is over.
            before=in_words.lines(name, (before if is_open else after)[name]),
            after=in_words.lines(name, after[name]),
            is_reviewed=name in reviewed,
        )
        for name in order
        if name in changed
    ]


def history(submission: Submission, *, for_council: bool = False) -> list[dict[str, Any]]:
    """Return what was said and signed about the application, the newest first.

    The council reads which of its people it was; the organisation only that it was the council.
    """
    application = submission.application_id
    comments = Comment.objects.filter(submission__application=application)
    signed_off = SignOff.objects.filter(submission__application=application)
    sign_offs = list(signed_off.select_related("account"))
    asides = _asides(submission, sign_offs)
    said = [
        {
            "at": row.at,
            "who": _who(row.account, of_council=row.is_of_council and not for_council),
            "of_council": row.is_of_council,
            "text": row.text,
        }
        for row in comments.select_related("account")
    ]
    signed = [
        {
            "at": row.at,
            "who": str(wording.KINDS[row.kind]),
            "name": row.account.full_name if for_council else "",
            "what": _decided(row, asides),
            "aside": str(wording.ASIDES[asides[row.pk]]) if row.pk in asides else "",
            "text": row.reason,
        }
        for row in sign_offs
    ]
    return sorted([*said, *signed], key=lambda entry: entry["at"], reverse=True)


def _asides(submission: Submission, sign_offs: Iterable[SignOff]) -> dict[int, Aside]:
    """Return why sign-offs count no more, by number: found so before, or as it is now."""
    before = {row.pk: Aside(row.set_aside) for row in sign_offs if row.set_aside}
    return before | {one.row.pk: one.aside for one in given(submission) if one.aside}


def _decided(row: SignOff, asides: Container[int]) -> str:
    words = wording.counts_no_more if row.pk in asides else wording.DECISIONS.__getitem__
    return str(words(row.decision))


def _who(account: Account, *, of_council: bool) -> str:
    return str(wording.OF_COUNCIL) if of_council else account.full_name
