"""The pages for whoever cannot sign in, up to where a wait begins."""

from datetime import timedelta
from math import ceil

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import ANONYMOUS
from accounts.letters import outgoing
from accounts.limits.operations import hit
from accounts.limits.rules import network_of
from accounts.limits.table import RECOVERY_LETTER, RECOVERY_NETWORK
from accounts.notices.catalogue import WAYS_LINK
from accounts.pages.browser_kind import browser_words
from accounts.recovery import queries
from accounts.recovery.asking import operations, rules
from accounts.recovery.behind_link import (
    Behind,
    behind,
    count_guess,
    refused,
    state_of,
    time_left,
)
from accounts.recovery.codes import operations as codes
from accounts.recovery.forms import (
    NOT_RIGHT_CODE,
    NOT_RIGHT_PASSWORD,
    CodeForm,
    KnownPasswordForm,
    NameForm,
)
from accounts.recovery.rules import SLOW, Refusal
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from accounts.signin.refusals import too_many


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: BoroughRequest) -> HttpResponse:
    """Ask whose account it is; the answer goes out by mail."""
    form = NameForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        words = {"form": form, "sign_in_url": flows.start_address()}
        return render(request, "accounts/recovery/ask.html", words)
    typed = form.cleaned_data["sign_in_name"]
    network = network_of(request.META["REMOTE_ADDR"])
    verdict = hit(RECOVERY_NETWORK, network)
    if not verdict.allowed:
        return too_many(request, verdict)
    operations.request_ways(typed=typed, by=ANONYMOUS)
    return redirect("recovery:asked")


@public
@require_safe
def asked(request: BoroughRequest) -> HttpResponse:
    """Say that a mail is on its way, whether or not there is an account."""
    words = {"sign_in_url": flows.start_address()}
    return render(request, "accounts/recovery/asked.html", words)


@public
@require_safe
def ways(request: BoroughRequest, token: str) -> HttpResponse:
    """Show the ways back that the mailbox's reader may try, or how far one is."""
    found = behind(request, WAYS_LINK, token)
    if isinstance(found, HttpResponse):
        return found
    words = {
        **state_of(queries.latest_of(found.account)),
        "account": found.account,
        "ways": rules.ways(_account(found)),
        "days": _days(),
        "letters_are_on": outgoing.is_on(),
        "token": token,
        **time_left(found.link, "recovery:ways_more_time", token),
    }
    return render(request, "accounts/recovery/ways.html", words)


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def by_password(request: BoroughRequest, token: str) -> HttpResponse:
    """Ask for the password that the account has had, and begin the wait."""
    found = behind(request, WAYS_LINK, token)
    if isinstance(found, HttpResponse):
        return found
    form = KnownPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verdict = count_guess(request, found.account)
        if not verdict.allowed:
            return too_many(request, verdict)
        refusal = operations.begin_by_password(
            message=found.message,
            account=found.account,
            password=form.cleaned_data["password"],
            started_on=_browser(request),
            by=ANONYMOUS,
        )
        if refusal is not Refusal.NOT_SHOWN:
            return _begun(request, token, refusal)
        form.add_error("password", NOT_RIGHT_PASSWORD)
    return _question(request, "by_password", found, token, form=form)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def by_post(request: BoroughRequest, token: str) -> HttpResponse:
    """Offer a code by post, and queue the letter."""
    found = behind(request, WAYS_LINK, token)
    if isinstance(found, HttpResponse):
        return found
    if not codes.may_be_posted(found.account, found.message.address_key):
        return refused(request, Refusal.NOT_SHOWN)
    if request.method != "POST":
        return _question(request, "by_post", found, token)
    verdict = hit(RECOVERY_LETTER, str(found.account.pk))
    if not verdict.allowed:
        return too_many(request, verdict)
    refusal = codes.ask_by_post(
        account=found.account, mailbox_key=found.message.address_key, by=ANONYMOUS
    )
    if refusal is not None:
        return refused(request, refusal)
    return redirect(f"{reverse('recovery:by_post', args=[token])}?sent")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: BoroughRequest, token: str) -> HttpResponse:
    """Ask for the code off a letter or from a counter, and begin the wait."""
    found = behind(request, WAYS_LINK, token)
    if isinstance(found, HttpResponse):
        return found
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verdict = count_guess(request, found.account)
        if not verdict.allowed:
            return too_many(request, verdict)
        refusal = operations.begin_by_code(
            message=found.message,
            account=found.account,
            typed=form.cleaned_data["code"],
            started_on=_browser(request),
            by=ANONYMOUS,
        )
        if refusal is not Refusal.NOT_SHOWN:
            return _begun(request, token, refusal)
        form.add_error("code", NOT_RIGHT_CODE)
    return _question(request, "by_code", found, token, form=form)


def _begun(request: BoroughRequest, token: str, refusal: Refusal | None) -> HttpResponse:
    if refusal not in {None, Refusal.WAITING}:
        return refused(request, refusal)
    return redirect("recovery:ways", token=token)


def _question(
    request: BoroughRequest, page: str, found: Behind, token: str, **words: object
) -> HttpResponse:
    context = {
        "account": found.account,
        "token": token,
        **time_left(found.link, "recovery:ways_more_time", token),
        "days": _days(),
        "letters_are_on": outgoing.is_on(),
        "sent": "sent" in request.GET,
        **words,
    }
    return render(request, f"accounts/recovery/{page}.html", context)


def _days() -> dict[str, int]:
    """Return how many days each rung takes here, a part of a day counted as one."""
    return {rung: ceil(queries.wait_of(rung) / timedelta(days=1)) for rung in SLOW}


def _account(found: Behind) -> rules.Account:
    key = found.message.address_key
    return rules.Account(
        status=queries.status_of(found.account),
        has_password=found.account.has_password,
        shares_mailbox=queries.is_shared(key),
        may_be_posted=codes.may_be_posted(found.account, key),
    )


def _browser(request: BoroughRequest) -> str:
    return browser_words(request.headers.get("User-Agent", ""))
