"""The pages of safe and unsafe ways to reach an account's owner."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.help_codes.trail import note_step
from accounts.models import Session
from accounts.safety import operations, queries
from accounts.safety.channels import Channel, channel_of, channels_of, services_at
from accounts.safety.decorators import signed_in_by_two
from accounts.safety.forms import DiscreetForm
from accounts.safety.operations import NotMarked, NotMarkedError
from accounts.safety.rules import Refusal
from accounts.safety.wording import EXPLANATIONS
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest


@signed_in
@require_safe
def overview(request: BoroughRequest) -> HttpResponse:
    """Show each way to reach the account's owner, and whether we use it."""
    account = session_of(request).account
    words = {"channels": channels_of(account), "account": account}
    return render(request, "accounts/safety/overview.html", words)


@signed_in_by_two
@require_http_methods(["GET", "HEAD", "POST"])
def channel(request: BoroughRequest, key: str) -> HttpResponse:
    """Ask whether to stop or begin using one way to reach the account's owner, and do so."""
    session = session_of(request)
    found = channel_of(session.account, key)
    if found is None:
        raise Http404
    refusal = queries.refusal_of(session)
    if refusal is not None:
        return _refused(request, refusal)
    if request.method == "POST":
        return _mark(request, session, found)
    words = {"channel": found, "back_url": reverse("safety:overview"), **services_at(found)}
    return render(request, "accounts/safety/channel.html", words)


@signed_in_by_two
@require_http_methods(["GET", "HEAD", "POST"])
def discreet(request: BoroughRequest) -> HttpResponse:
    """Ask how much mails may give away."""
    account = session_of(request).account
    now = {"discreet": "yes" if account.is_discreet else "no"}
    data = request.POST if request.method == "POST" else None
    form = refill(request, DiscreetForm(data, initial=now))
    if form.is_valid():
        wanted = form.cleaned_data["discreet"] == "yes"
        operations.set_discreet(account=account, discreet=wanted, by=resident(account))
        return redirect("safety:overview")
    words = {"form": form, "back_url": reverse("safety:overview")}
    return render(request, "accounts/safety/discreet.html", words)


def _mark(request: BoroughRequest, session: Session, found: Channel) -> HttpResponse:
    account, by = session.account, resident(session.account)
    # What the page asked, not what the row says by now: a second click must not turn it back.
    if request.POST.get("wanted") == "safe":
        operations.mark_safe(account=account, key=found.key, by=by)
        return redirect("safety:overview")
    try:
        operations.mark_unsafe(account=account, key=found.key, by=by)
    except NotMarkedError as refused:
        return _refused(request, refused.reason)
    return redirect("safety:overview")


def _refused(request: BoroughRequest, reason: Refusal | NotMarked) -> HttpResponse:
    note_step(request, reason)
    words = {
        "explanation": EXPLANATIONS[reason],
        "needs_address": reason is NotMarked.LAST_SAFE_ADDRESS,
        "back_url": reverse("safety:overview"),
    }
    return render(request, "accounts/safety/refused.html", words, status=403)
