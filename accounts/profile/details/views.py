"""The pages of what an account's owner says of themselves, one thing on each."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import resident
from accounts.profile import way_back
from accounts.profile.details import operations
from accounts.profile.details.forms import BirthForm, FormerNameForm, LanguageForm, NameForm
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: BoroughRequest) -> HttpResponse:
    """Ask what somebody is called now; a former name is asked about next."""
    account = session_of(request).account
    form = NameForm(request.POST or None, initial={"full_name": account.full_name})
    refill(request, form)
    if request.method == "POST" and form.is_valid():
        changed = operations.change_name(
            account=account, full_name=form.cleaned_data["full_name"], by=resident(account)
        )
        if changed:
            return way_back.onward(request, "profile:former_name")
        return way_back.done(request)
    return _ask(request, "name", form=form, account=account)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def former_name(request: BoroughRequest) -> HttpResponse:
    """Ask whether services may see a former name, or whether to forget it."""
    account = session_of(request).account
    if not account.former_name:
        return redirect("profile:name")
    chosen = {"decision": "share"} if account.shares_former_name else {}
    form = refill(request, FormerNameForm(request.POST or None, initial=chosen))
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["decision"] == "share":
            operations.share_former_name(account=account, by=resident(account))
        else:
            operations.forget_former_name(account=account, by=resident(account))
        return way_back.done(request)
    return _ask(request, "former_name", form=form, account=account)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def date_of_birth(request: BoroughRequest) -> HttpResponse:
    """Ask when somebody was born, unless the council has checked that."""
    account = session_of(request).account
    if account.date_of_birth_checked_at is not None:
        return render(request, "accounts/profile/details/birth_checked.html")
    form = BirthForm(request.POST or None, initial={"date_of_birth": account.date_of_birth})
    refill(request, form)
    if request.method == "POST" and form.is_valid():
        operations.change_date_of_birth(
            account=account, born=form.cleaned_data["date_of_birth"], by=resident(account)
        )
        return way_back.done(request)
    words = {"form": form, "account": account, "minimum_age": settings.MINIMUM_AGE}
    return _ask(request, "date_of_birth", **words)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove_date_of_birth(request: BoroughRequest) -> HttpResponse:
    """Ask whether to forget the date of birth, and do so."""
    account = session_of(request).account
    if account.date_of_birth is None or account.date_of_birth_checked_at is not None:
        return redirect("profile:date_of_birth")
    if request.method == "POST":
        operations.change_date_of_birth(account=account, born=None, by=resident(account))
        return way_back.done(request)
    return _ask(request, "remove_birth", account=account)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def language(request: BoroughRequest) -> HttpResponse:
    """Ask which language somebody wants to read."""
    account = session_of(request).account
    form = LanguageForm(request.POST or None, initial={"language": account.language})
    refill(request, form)
    if request.method == "POST" and form.is_valid():
        operations.change_language(
            account=account, language=form.cleaned_data["language"], by=resident(account)
        )
        return way_back.done(request)
    return _ask(request, "language", form=form)


def _ask(request: BoroughRequest, template: str, **words: Any) -> HttpResponse:
    context = {"back_url": way_back.back(request), **words}
    page = render(request, f"accounts/profile/details/{template}.html", context)
    return way_back.allow(page, request)
