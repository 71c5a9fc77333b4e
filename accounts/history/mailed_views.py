"""The pages behind the link in a security mail: one button each, which only makes things safer.

Opening them changes nothing, as mail scanners do that; nobody is signed in by them.
"""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import ANONYMOUS
from accounts.freezing import operations as freezing
from accounts.freezing.rules import Freezing
from accounts.help_codes.trail import note_step
from accounts.history import operations, queries
from accounts.history.rules import Outcome
from accounts.models import OutboundMessage
from accounts.notices.news import Item
from accounts.notices.rules import LinkState
from accounts.notices.wording import line
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest


@public
@require_http_methods(["GET", "HEAD", "POST"])
def not_me(request: BoroughRequest, token: str) -> HttpResponse:
    """Show what the mail told, and take back what somebody else may have changed."""
    message = queries.mail_of(token)
    if message is None:
        return _dead(request)
    if message.used_at is not None:
        return _see("history:mailed_done", token)
    if request.method != "POST":
        return _ask(request, token, message)
    outcome = operations.not_me_by_mail(token=token, by=ANONYMOUS)
    note_step(request, outcome)
    page = "history:mailed_check" if outcome is Outcome.CHECK else "history:mailed_done"
    return _see(page, token)


@public
@require_safe
def done(request: BoroughRequest, token: str) -> HttpResponse:
    """Say that everybody is signed out, and what to do next."""
    message = queries.mail_of(token)
    if message is None or message.used_at is None:
        return _dead(request)
    context = {"freeze": reverse("history:mailed_freeze", args=[token])}
    return render(request, "accounts/history/done.html", context)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: BoroughRequest, token: str) -> HttpResponse:
    """Say what freezing does, and do it."""
    message = queries.mail_of(token)
    if message is None or message.account is None:
        return _dead(request)
    if request.method != "POST":
        return render(request, "accounts/history/mailed_freeze.html", _named(message))
    outcome = freezing.freeze_by_mail(
        account=message.account, mailbox_key=message.address_key, by=ANONYMOUS
    )
    note_step(request, outcome)
    if outcome is Freezing.CHECK:
        return _see("history:mailed_check", token)
    return HttpResponseRedirect(reverse("freezing:frozen"), status=303)


@public
@require_safe
def check(request: BoroughRequest, token: str) -> HttpResponse:
    """Say that a person must look into it, and how to reach one."""
    if queries.mail_of(token) is None:
        return _dead(request)
    return render(request, "accounts/history/mailed_check.html")


def _ask(request: BoroughRequest, token: str, message: OutboundMessage) -> HttpResponse:
    context = {
        **_named(message),
        "news": [line(Item.from_json(kept)) for kept in message.news],
        "freeze": reverse("history:mailed_freeze", args=[token]),
    }
    return render(request, "accounts/history/mailed.html", context)


def _named(message: OutboundMessage) -> dict[str, object]:
    return {"account": message.account}


def _see(name: str, token: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=[token]), status=303)


def _dead(request: BoroughRequest) -> HttpResponse:
    # The same for every reason: at an unsafe address nobody shall learn what it is.
    note_step(request, LinkState.EXPIRED)
    return render(request, "accounts/history/link_dead.html", status=404)
