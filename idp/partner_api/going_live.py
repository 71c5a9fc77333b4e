"""Operations on an application's way to residents; what the council decides is for pages alone."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import transaction
from ninja import Path, Router, Status

from accounts.audit.actor import Actor
from accounts.limits.table import PRIVACY_NOTICE
from clients.api_tokens.operations import actor
from clients.applications.writing import ApplicationRefusedError
from clients.approval import operations, page, queries, wording
from clients.approval.comments import operations as comments
from clients.approval.comments.operations import TooManyCommentsError
from clients.approval.logo import queries as pictures
from clients.approval.operations import (
    NothingToAskError,
    NotReadyError,
    SubmissionRefusedError,
    TextRefusedError,
)
from clients.approval.privacy_notice import operations as notices
from clients.approval.taking import operations as taking
from clients.models import Application, Submission
from clients.organisations.members.rules import Permission
from idp.partner_api.documents import in_full
from idp.partner_api.door import (
    ApiRequest,
    application_of,
    count,
    maker,
    needs,
    needs_leave_for_live,
)
from idp.partner_api.going_live_documents import (
    CommentGiven,
    DraftGiven,
    LiveShown,
    TakenShown,
)
from idp.partner_api.problems import Refusal, conflict, unfit, unfit_part
from idp.portal.going_live.forms import KeysForm
from idp.portal.going_live.queries import tried
from idp.portal.going_live.tasks import begun

router = Router(tags=["Going live"])
State = Submission.State


@router.get("", response=LiveShown, operation_id="show_going_live")
@needs(Permission.SEE)
def show_going_live(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> dict[str, Any]:
    """Show how far the application is: checklist, what is asked for, comments and decisions."""
    del organisation
    return _shown(application_of(request, application))


@router.patch("/draft", response=LiveShown, operation_id="change_draft")
@needs(Permission.CHANGE_APPLICATIONS)
def change_draft(
    request: ApiRequest, organisation: Path[str], application: Path[str], given: DraftGiven
) -> dict[str, Any]:
    """Change what is asked for, beginning a draft if there is none; what is not sent stays.

    Of a live application it is a change: what is harmless counts at once when it is submitted, the
    rest is reviewed.
    """
    del organisation
    row, by = application_of(request, application), actor(request.auth)

    if given.gives_keys and not _asks_for_keys(row):
        raise unfit_part(
            part="jwks", problem="no_keys", words="It has no keys to be asked for here."
        )
    with transaction.atomic():
        refusing(lambda: _change(row, given, by))
    return _shown(row)


def _asks_for_keys(row: Application) -> bool:
    submission = queries.open_one(row) or begun(row)
    is_new = queries.makes_live(submission)
    return KeysForm.concerns(queries.proposed(submission), is_new=is_new)


def _change(row: Application, given: DraftGiven, by: Actor) -> None:
    draft = operations.draft(application=row, by=by)
    if parts := given.parts():
        draft = operations.change(submission=draft, parts=parts, by=by)
    if given.gives_agreement:
        reference, ends_on = given.agreement(draft)
        try:
            operations.agree(submission=draft, reference=reference, ends_on=ends_on, by=by)
        except TextRefusedError as refused:
            words = "Give a reference with no character that cannot be seen."
            part = "agreement_reference"
            raise unfit_part(part=part, problem="text_unfit", words=words) from refused


@router.post("/follow", response=LiveShown, operation_id="follow_sandbox")
@needs(Permission.CHANGE_APPLICATIONS)
def follow_sandbox(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> dict[str, Any]:
    """Take over into the draft of a live application what its sandbox is by now."""
    del organisation
    row = application_of(request, application)
    if operations.follow(application=row, by=actor(request.auth)) is None:
        words = "Only a live application that has a sandbox can follow it, while it has a draft."
        raise conflict(reason="nothing_to_follow", words=words)
    return _shown(row)


@router.post("/notice", response=LiveShown, operation_id="read_privacy_notice")
@needs(Permission.CHANGE_APPLICATIONS)
def read_privacy_notice(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> dict[str, Any]:
    """Have us read the privacy notice that the draft names; `notice` says what came of it."""
    del organisation
    row, by = application_of(request, application), actor(request.auth)
    count(PRIVACY_NOTICE, str(row.organisation_id))
    refusing(lambda: notices.ask(submission=operations.draft(application=row, by=by), by=by))
    return _shown(row)


@router.post("/submit", response=LiveShown, operation_id="submit")
@needs(Permission.ASK_TO_GO_LIVE)
def submit(request: ApiRequest, organisation: Path[str], application: Path[str]) -> dict[str, Any]:
    """Send the draft to the council, in the name of whoever made the token."""
    del organisation
    row = application_of(request, application)
    token = request.auth
    draft = under_way(row)
    refusing(
        lambda: operations.submit(
            submission=draft, account=maker(token), tried=tried(row), by=actor(token)
        )
    )
    return _shown(row)


@router.post("/take-back", response=LiveShown, operation_id="take_back")
@needs(Permission.ASK_TO_GO_LIVE)
def take_back(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> dict[str, Any]:
    """Make a draft again of what was sent; what was approved so far counts no more."""
    del organisation
    return _moved(request, application, operations.take_back)


@router.post("/withdraw", response=LiveShown, operation_id="withdraw")
@needs(Permission.ASK_TO_GO_LIVE)
def withdraw(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> dict[str, Any]:
    """Ask nothing of the council any more."""
    del organisation
    return _moved(request, application, operations.withdraw)


@router.post("/comments", response={201: LiveShown}, operation_id="comment")
@needs(Permission.CHANGE_APPLICATIONS)
def comment(
    request: ApiRequest, organisation: Path[str], application: Path[str], given: CommentGiven
) -> Status[dict[str, Any]]:
    """Say something about what is under way, in the name of whoever made the token."""
    del organisation
    row = application_of(request, application)
    token = request.auth
    try:
        comments.comment(
            submission=under_way(row),
            account=maker(token),
            text=given.text,
            of_council=False,
            by=actor(token),
        )
    except TextRefusedError as refused:
        words = "Say something, in 2,000 characters or fewer, with none that cannot be seen."
        raise unfit_part(part="text", problem="text_unfit", words=words) from refused
    except TooManyCommentsError as refused:
        words = f"{wording.too_many_comments()}."
        raise conflict(reason="too_many_comments", words=words) from refused
    return Status(201, _shown(row))


@router.post("/credentials", response={201: TakenShown}, operation_id="take_credentials")
@needs(Permission.ASK_TO_GO_LIVE)
def take_credentials(
    request: ApiRequest, organisation: Path[str], application: Path[str]
) -> Status[dict[str, Any]]:
    """Make the live application of what was approved, and show its secret in this answer alone.

    It takes a token that may act on live applications. If the answer is lost, the live application
    is there: make it another secret.
    """
    del organisation
    row = application_of(request, application)
    needs_leave_for_live(request)
    submission = under_way(row)
    made = refusing(lambda: taking.take(submission=submission, by=actor(request.auth)))
    live = made.application
    taken = {"slug": live.slug, "client_id": live.client_id}
    return Status(201, {**taken, "client_secret": made.client_secret or None})


def under_way(row: Application) -> Submission:
    """Return the round that is under way.

    Raises:
        Refusal: there is none.
    """
    found = queries.open_one(row)
    if found is None:
        raise conflict(reason="no_draft", words="Nothing is under way: begin a draft.")
    return found


def _moved(request: ApiRequest, slug: str, write: Callable[..., Submission]) -> dict[str, Any]:
    row = application_of(request, slug)
    submission, by = under_way(row), actor(request.auth)
    refusing(lambda: write(submission=submission, by=by))
    return _shown(row)


def refusing(write: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is written
    """Return what a write returns, or raise as a refusal what it raises."""
    try:
        return write()
    except NotReadyError as refused:
        errors = [
            {
                "part": str(item),
                "problem": "missing",
                "value": "",
                "words": str(wording.HOW[item]),
            }
            for item in refused.missing
        ]
        words = "The checklist has gaps: each of the errors says what is missing."
        raise Refusal(HTTPStatus.CONFLICT, "not_ready", words, errors=errors) from refused
    except NothingToAskError as refused:
        raise conflict(reason="nothing_to_ask", words="Nothing would change.") from refused
    except ApplicationRefusedError as refused:
        raise unfit(refused.findings) from refused
    except SubmissionRefusedError as refused:
        words = f"It has moved on: it is {refused.state}."
        raise conflict(reason=f"is_{refused.state}", words=words) from refused


def _shown(row: Application) -> dict[str, Any]:
    row.refresh_from_db()
    last = queries.rounds(row).first()
    is_open = last is not None and last.state in queries.OPEN
    shown = last if last is not None and is_open else begun(row)
    shown.application = row
    return {
        "state": last.state if last else None,
        "round": last.round if last else None,
        "checklist": [vars(line) for line in _checklist(shown)],
        "agreement_reference": shown.agreement_reference,
        "agreement_ends_on": shown.agreement_ends_on,
        "notice": wording.notice_answer(shown.notice_answer) if shown.notice_answer else "",
        "differences": [vars(one) for one in page.differences(shown)] if is_open else [],
        "logo": _logo(shown) if is_open else None,
        "history": page.history(last) if last else [],
        "live_applications": list(row.live_ones.order_by("pk").values_list("slug", flat=True)),
    }


def _logo(submission: Submission) -> dict[str, str] | None:
    found = pictures.addresses(submission)
    if not found:
        return None
    names = {"before": "logo_before", "after": "logo"}
    return {one: in_full(found.get(name, "")) for one, name in names.items()}


def _checklist(submission: Submission) -> list[page.Line]:
    """Return the lines as they stand, or stood when it was sent."""
    if submission.state != State.DRAFT:
        return page.sent_lines(submission)
    row = submission.application
    return page.lines(queries.facts(submission, tried=queries.needed(row, tried(row))))
