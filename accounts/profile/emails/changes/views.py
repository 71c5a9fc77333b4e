"""The pages of one change of addresses, in the browser of the account's owner."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit.actor import resident
from accounts.help_codes.trail import note_step
from accounts.limits.operations import hit, hit_all
from accounts.limits.table import (
    EMAIL_CHANGE,
    EMAIL_CHANGE_CODE,
    SIGN_UP_MAIL,
    SIGN_UP_MAIL_DAILY,
)
from accounts.mailbox.forms import CodeForm
from accounts.mailbox.rules import CodeOutcome
from accounts.mailbox.wording import WRONG_CODE
from accounts.mfa.decorators import freshly_signed_in
from accounts.models import EmailChange
from accounts.models.email_address import address_key
from accounts.profile.emails.changes import operations, queries
from accounts.profile.emails.changes.outcome import NotPossibleError
from accounts.profile.emails.changes.rules import OldAddress, Stage
from accounts.profile.emails.changes.wording import NOT_POSSIBLE
from accounts.security.access import no_page
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.middleware import BoroughRequest
from accounts.signin.refusals import too_many

_ENDED = frozenset({Stage.CANCELLED, Stage.EXPIRED})


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: BoroughRequest, change: UUID) -> HttpResponse:
    """Show what the change needs next, and take it: a code, or the word to go ahead."""
    row = _row(request, change)
    stage = queries.stage(row, session_of(request))
    if stage is Stage.DONE:
        return _back_to_list(row)
    if stage in _ENDED:
        return _ended(request, stage)
    if row.by_staff:
        words = {"change": row, "stage": stage, "back_url": reverse("profile:emails")}
        return render(request, "accounts/profile/emails/by_staff.html", words)
    if stage in {Stage.WAITING, Stage.READY}:
        return _decide(request, row, stage)
    if request.method == "POST":
        return _take_code(request, row, stage)
    return _waiting(request, row, stage, CodeForm())


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def cannot_read(request: BoroughRequest, change: UUID) -> HttpResponse:
    """Offer to wait instead of asking at an address that can no longer be read."""
    row, session = _row(request, change), session_of(request)
    if queries.stage(row, session) is not Stage.OLD_ADDRESS:
        return HttpResponseRedirect(_address(row), status=303)
    if request.method == "POST":
        by = resident(session.account)
        operations.wait_instead(change_id=row.pk, session=session, by=by)
        return HttpResponseRedirect(_address(row), status=303)
    words = {"change": row, "opens_at": queries.would_open_at(), "back_url": _address(row)}
    return render(request, "accounts/profile/emails/cannot_read.html", words)


@signed_in
@no_page
@require_POST
def new_code(request: BoroughRequest, change: UUID) -> HttpResponse:
    """Send another mail to the address that is waited for; its link and code alone work then."""
    row, session = _row(request, change), session_of(request)
    verdict = hit(EMAIL_CHANGE, str(row.account_id))
    if verdict.allowed:
        # The same count as of whoever signs up with this address.
        key = address_key(row.address)
        verdict = hit_all((SIGN_UP_MAIL, (key,)), (SIGN_UP_MAIL_DAILY, (key,)))
    if not verdict.allowed:
        return too_many(request, verdict)
    by = resident(session.account)
    operations.send_new_code(change_id=row.pk, session=session, by=by)
    return HttpResponseRedirect(f"{_address(row)}?again=yes", status=303)


@signed_in
@no_page
@require_POST
def cancel(request: BoroughRequest, change: UUID) -> HttpResponse:
    """End the change; everything stays as it is."""
    row = _row(request, change)
    operations.cancel(change_id=row.pk, by=resident(session_of(request).account))
    return HttpResponseRedirect(reverse("profile:emails"), status=303)


@signed_in
@no_page
@require_safe
def status(request: BoroughRequest, change: UUID) -> HttpResponse:
    """Tell the waiting page's script whether the mailbox that it waits for was read."""
    row = _row(request, change)
    stage = queries.stage(row, session_of(request))
    waiting = stage == request.GET.get("stage")
    standing = "waiting" if waiting else "ended" if stage in _ENDED else "confirmed"
    return JsonResponse({"standing": standing}, headers={"Cache-Control": "no-store"})


def _take_code(request: BoroughRequest, row: EmailChange, stage: Stage) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _waiting(request, row, stage, form)
    verdict = hit(EMAIL_CHANGE_CODE, str(row.account_id))
    if not verdict.allowed:
        return too_many(request, verdict)
    session = session_of(request)
    try:
        outcome = operations.confirm_by_code(
            change_id=row.pk,
            session=session,
            code=form.cleaned_data["code"],
            by=resident(session.account),
        )
    except NotPossibleError as error:
        return _not_possible(request, row, error)
    note_step(request, outcome)
    if outcome in {CodeOutcome.CONFIRMED, CodeOutcome.ENDED}:
        return HttpResponseRedirect(_address(row), status=303)
    form.add_error("code", str(WRONG_CODE[outcome]))
    return _waiting(request, row, stage, form)


def _waiting(
    request: BoroughRequest, row: EmailChange, stage: Stage, form: CodeForm
) -> HttpResponse:
    at_old = stage is Stage.OLD_ADDRESS
    asked = queries.old_address(row, session_of(request))
    if at_old and asked is OldAddress.NOT_OBEYED:
        # Nobody is asked at an unsafe address: there is only the wait.
        instead = reverse("profile:email_cannot_read", args=[row.pk])
        return HttpResponseRedirect(instead, status=303)
    words = {
        "form": form,
        "change": row,
        "at_old": at_old,
        "address": row.old_address if at_old else row.address,
        "sent_again": "again" in request.GET,
        "new_code_url": reverse("profile:email_new_code", args=[row.pk]),
        "status_url": f"{_address(row)}/status?{urlencode({'stage': stage})}",
    }
    return render(request, "accounts/profile/emails/check_email.html", words)


def _decide(request: BoroughRequest, row: EmailChange, stage: Stage) -> HttpResponse:
    if stage is Stage.READY and request.POST.get("decision") == "use":
        session = session_of(request)
        try:
            operations.finish(change_id=row.pk, session=session, by=resident(session.account))
        except NotPossibleError as error:
            return _not_possible(request, row, error)
        return _back_to_list(row)
    words = {"change": row, "back_url": reverse("profile:emails")}
    return render(request, f"accounts/profile/emails/{stage}.html", words)


def _not_possible(
    request: BoroughRequest, row: EmailChange, error: NotPossibleError
) -> HttpResponse:
    note_step(request, error.reason)
    operations.cancel(change_id=row.pk, reason=error.reason, by=resident(row.account))
    return _ended(request, Stage.CANCELLED, NOT_POSSIBLE[error.reason])


def _ended(request: BoroughRequest, stage: Stage, why: object = "") -> HttpResponse:
    note_step(request, stage)
    words = {"expired": stage is Stage.EXPIRED, "why": why}
    return render(request, "accounts/profile/emails/ended.html", words, status=404)


def _row(request: BoroughRequest, change_id: UUID) -> EmailChange:
    row = queries.of_account(session_of(request).account, change_id)
    if row is None:
        raise Http404
    return row


def _address(row: EmailChange) -> str:
    return reverse("profile:email_change", args=[row.pk])


def _back_to_list(row: EmailChange) -> HttpResponse:
    query = urlencode({"done": str(row.pk)})
    return HttpResponseRedirect(f"{reverse('profile:emails')}?{query}", status=303)
