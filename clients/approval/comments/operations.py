"""Writes what a side says about a submission."""

from django.db import transaction

from accounts.audit.actor import Actor, resident, staff
from accounts.audit.events import Event
from accounts.models import Account
from accounts.notices.catalogue import Template
from clients.applications.writing import locked
from clients.approval import queries, telling
from clients.approval.operations import TextRefusedError, recorded
from clients.approval.rules import LONGEST_TEXT
from clients.models import Comment, Submission
from clients.organisations.rules import holds_unseen


class TooManyCommentsError(Exception):
    """This side has said as much about the submission as there is room for."""


@transaction.atomic
def comment(
    *,
    submission: Submission,
    account: Account,
    text: str,
    of_council: bool,
    by: Actor | None = None,
) -> Comment:
    """Say something about a submission, which both sides read.

    `by`: a program that does it in the name of the account.

    Raises:
        TextRefusedError: there is nothing to read, or too much.
        TooManyCommentsError: this side has written as many as there can be.
    """
    words = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not words or len(words) > LONGEST_TEXT or holds_unseen(words.replace("\n", " ")):
        raise TextRefusedError
    locked(submission.application)
    if queries.has_all_comments(submission, of_council=of_council):
        raise TooManyCommentsError
    is_answer = not of_council and queries.council_asked_last(submission)
    row = Comment.objects.create(
        submission=submission, account=account, text=words, is_of_council=of_council
    )
    sayer = staff(account) if of_council else resident(account)
    recorded(Event.SUBMISSION_COMMENTED, submission, by=by or sayer)
    if of_council:
        telling.tell_owners(submission, Template.SUBMISSION_CHANGED)
    elif is_answer and submission.state == Submission.State.SUBMITTED:
        # Of the first answer alone: nobody floods the council with mails.
        telling.tell_approvers(submission)
    return row
