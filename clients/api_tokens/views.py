"""The pages of tokens: which there are, making one, ending one."""

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.assurance import Level
from accounts.audit.actor import resident
from accounts.mfa.decorators import freshly_signed_in, freshly_signed_in_by
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from clients.api_tokens import operations, queries
from clients.api_tokens.forms import LIVE, TokenForm
from clients.api_tokens.operations import TokenRefusedError
from clients.api_tokens.wording import SHORT_ROLES
from clients.models import ApiToken, Member
from clients.organisations.members.decorators import member_may
from clients.organisations.members.finding import own
from clients.organisations.members.rules import Permission

_HANDLE = Permission.HANDLE_API_TOKENS


@member_may(_HANDLE)
@require_safe
def listed(request: BoroughRequest, member: Member) -> HttpResponse:
    """List the organisation's tokens that are good."""
    rows = queries.in_use(member.organisation, now=timezone.now())
    tokens = [{"row": row, "role": SHORT_ROLES[row.role]} for row in rows]
    words = {"member": member, "tokens": tokens}
    return render(request, "clients/api_tokens/list.html", words)


@member_may(_HANDLE, enter=freshly_signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: BoroughRequest, member: Member) -> HttpResponseBase:
    """Ask about a new token, make it, and show it this once.

    One that may act on live applications takes what each such act takes on their pages.
    """
    acts_on_live = request.method == "POST" and request.POST.get("reach") == LIVE
    return (_strongly_asked if acts_on_live else _asked)(request, member)


def _asked(request: BoroughRequest, member: Member) -> HttpResponse:
    form = refill(request, TokenForm(request.POST if request.method == "POST" else None))
    if form.is_valid():
        try:
            made = operations.make(
                organisation=member.organisation,
                terms=form.terms(),
                maker=member.account,
                by=resident(member.account),
            )
        except TokenRefusedError as refused:
            form.note(refused.problem)
        else:
            words = {"member": member, "token": made.token, "secret": made.secret}
            return render(request, "clients/api_tokens/made.html", words)
    words = {"member": member, "form": form, "back_url": _list(member)}
    return render(request, "clients/api_tokens/new.html", words)


_strongly_asked = freshly_signed_in_by(Level.TWO_FACTORS)(_asked)


@member_may(_HANDLE, enter=freshly_signed_in)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: BoroughRequest, member: Member, token: int) -> HttpResponse:
    """Ask whether to end a token, and do."""
    row = queries.in_use(member.organisation, now=timezone.now()).filter(pk=token).first()
    if row is None:
        own(ApiToken.objects.filter(organisation=member.organisation), member=member, number=token)
        # Ended meanwhile.
        return HttpResponseRedirect(_list(member), status=303)
    if request.method == "POST":
        operations.revoke(token=row, by=resident(member.account))
        return HttpResponseRedirect(_list(member), status=303)
    words = {"member": member, "token": row, "back_url": _list(member)}
    return render(request, "clients/api_tokens/end.html", words)


def _list(member: Member) -> str:
    return reverse("api_tokens:list", args=[member.organisation.slug])
