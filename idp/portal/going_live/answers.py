"""Everything that a draft asks for, with where each answer is changed."""

from dataclasses import dataclass

from django.utils.formats import date_format

from clients.applications.changing.rules import FOLLOWED
from clients.approval import page, queries, wording
from clients.approval.rules import Item
from clients.models import Submission
from idp.portal.going_live.forms import ASKED
from idp.portal.going_live.tasks import address, of_sandbox


@dataclass(frozen=True)
class Answer:
    """One part of it: as it is, as it is to be, and the page that changes it, if there is one."""

    part: str
    before: list[str]
    after: list[str]
    address: str = ""
    is_reviewed: bool = True

    @property
    def differs(self) -> bool:
        """Whether anything becomes of it."""
        return self.before != self.after


def answers(submission: Submission) -> list[Answer]:
    """Return what a submission asks for, part by part."""
    found = [
        Answer(one.part, one.before, one.after, _where(submission, one.name), one.is_reviewed)
        for one in page.differences(submission)
    ]
    return [*found, _agreement(submission)]


def _agreement(submission: Submission) -> Answer:
    application = submission.application
    return Answer(
        str(wording.ITEMS[Item.AGREEMENT]),
        _told(application),
        _told(submission),
        _asked(submission, "agreement"),
    )


def _told(row: object) -> list[str]:
    reference, last = (getattr(row, name) for name in ASKED["agreement"].base_fields)
    return [reference, *([date_format(last, "j F Y")] if last else [])] if reference else []


def _where(submission: Submission, name: str) -> str:
    """Return where a draft's part is changed, empty if nowhere here."""
    for part, form in ASKED.items():
        if name in form.base_fields:
            return _asked(submission, part)
    follows = name in FOLLOWED and queries.makes_live(submission) and _is_draft(submission)
    return of_sandbox(submission.application) if follows else ""


def _asked(submission: Submission, part: str) -> str:
    page = f"{address(submission.application, 'draft', part)}?check=1"
    return page if _is_draft(submission) else ""


def _is_draft(submission: Submission) -> bool:
    return submission.state == Submission.State.DRAFT
