"""The pages of an account's addresses: the list, and where a change begins."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.limits.operations import Verdict, hit, hit_all
from accounts.limits.table import EMAIL_CHANGE, SIGN_UP_MAIL, SIGN_UP_MAIL_DAILY
from accounts.mailbox.services import services_of
from accounts.mfa.decorators import freshly_signed_in
from accounts.models import Account, EmailAddress
from accounts.models.email_address import address_key
from accounts.pages.browser_kind import browser_words
from accounts.profile.emails import operations, page, queries
from accounts.profile.emails.changes import operations as changes
from accounts.profile.emails.changes.operations import Kind, Wanted
from accounts.profile.emails.forms import AddressForm, MainAddressForm
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.signin.refusals import too_many


@signed_in
@require_safe
def emails(request: BoroughRequest) -> HttpResponse:
    """Show the addresses, the change that is on its way, and the one that is just done."""
    session = session_of(request)
    words = page.words(session, done=request.GET.get("done", ""))
    return render(request, "accounts/profile/emails/list.html", words)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: BoroughRequest) -> HttpResponse:
    """Ask for an address more."""
    own = _own_keys(session_of(request).account)
    form = refill(request, AddressForm(request.POST or None, own=own))
    if request.method == "POST" and form.is_valid():
        return _begin(request, Wanted(Kind.ADD, form.cleaned_data["email"]))
    return _ask(request, "add", form=form)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: BoroughRequest) -> HttpResponse:
    """Ask for the address that the main one gives way to."""
    account = session_of(request).account
    old = queries.main_address(account)
    form = MainAddressForm(
        request.POST or None,
        own=_own_keys(account),
        signs_in_with_old=queries.signs_in_with(account, old),
    )
    refill(request, form)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        return _begin(request, Wanted(Kind.REPLACE, address, form.changes_sign_in_name))
    return _ask(request, "change", form=form, address=old, services=services_of(old))


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def make_main(request: BoroughRequest, address: int) -> HttpResponse:
    """Ask whether another address of the account is to be the main one."""
    row = _other_address(request, address)
    if row.unsafe_since is not None:
        raise Http404
    if request.method == "POST":
        return _begin(request, Wanted(Kind.MAKE_MAIN, row.address))
    return _ask(request, "make_main", address=row)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: BoroughRequest, address: int) -> HttpResponse:
    """Ask whether to take an address from the account, and do so."""
    row, account = _other_address(request, address), session_of(request).account
    if request.method == "POST":
        operations.remove(
            account=account, address=row, started_on=_browser(request), by=resident(account)
        )
        return HttpResponseRedirect(f"{reverse('profile:emails')}?done=removed", status=303)
    return _ask(request, "remove", address=row, services=services_of(row))


def _begin(request: BoroughRequest, wanted: Wanted) -> HttpResponse:
    account = session_of(request).account
    verdict = _count(account, wanted.address)
    if not verdict.allowed:
        return too_many(request, verdict)
    row = changes.begin(
        account=account, wanted=wanted, started_on=_browser(request), by=resident(account)
    )
    return HttpResponseRedirect(reverse("profile:email_change", args=[row.pk]), status=303)


def _count(account: Account, address: str) -> Verdict:
    # The account's first: whoever is stopped there shall not fill a stranger's own limit.
    verdict = hit(EMAIL_CHANGE, str(account.pk))
    if not verdict.allowed:
        return verdict
    key = address_key(address)
    return hit_all((SIGN_UP_MAIL, (key,)), (SIGN_UP_MAIL_DAILY, (key,)))


def _own_keys(account: Account) -> set[str]:
    return {row.address_key for row in queries.addresses(account)}


def _other_address(request: BoroughRequest, row_id: int) -> EmailAddress:
    rows = queries.addresses(session_of(request).account)
    for row in rows:
        if row.pk == row_id and not row.is_primary:
            return row
    raise Http404


def _browser(request: BoroughRequest) -> str:
    return browser_words(request.headers.get("User-Agent", ""))


def _ask(request: BoroughRequest, template: str, **words: Any) -> HttpResponse:
    context = {"back_url": reverse("profile:emails"), **words}
    return render(request, f"accounts/profile/emails/{template}.html", context)
