"""The pages of an account's phone number."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit.actor import resident
from accounts.help_codes.trail import note_step
from accounts.limits.operations import Verdict, hit
from accounts.limits.table import PHONE_CODE, PHONE_NUMBER_TEXT, PHONE_TEXT
from accounts.mailbox.rules import CodeOutcome
from accounts.mfa.decorators import freshly_signed_in
from accounts.models import Account, Phone
from accounts.names.phone_numbers import spoken
from accounts.profile import way_back
from accounts.profile.phone import operations, queries
from accounts.profile.phone.forms import PhoneForm, TextCodeForm
from accounts.profile.phone.operations import Change
from accounts.profile.phone.rules import Standing
from accounts.profile.phone.wording import WRONG_CODE
from accounts.security.access import no_page
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.signin.refusals import too_many


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def number(request: BoroughRequest) -> HttpResponse:
    """Ask for the number; where we can send texts, a code goes there next."""
    account = session_of(request).account
    phone = queries.of_account(account)
    known = {"number": spoken(phone.number)} if phone else {}
    form = refill(request, PhoneForm(request.POST or None, initial=known))
    if request.method == "POST" and form.is_valid():
        return _change(request, account, form.cleaned_data["number"])
    return _ask(request, "number", form=form, phone=phone)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: BoroughRequest) -> HttpResponse:
    """Take the code that was sent in a text."""
    account = session_of(request).account
    phone = queries.of_account(account)
    if phone is None or not queries.takes_texts(phone) or _is_confirmed(phone):
        return redirect(way_back.back(request))
    form = TextCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _take_code(request, account, form)
    return _wait(request, phone, form)


@freshly_signed_in
@no_page
@require_POST
def new_code(request: BoroughRequest) -> HttpResponse:
    """Send another text, whose code alone works from now on."""
    account = session_of(request).account
    phone = queries.of_account(account)
    if phone is None or not queries.takes_texts(phone):
        return redirect(way_back.back(request))
    return _send(request, account, phone)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: BoroughRequest) -> HttpResponse:
    """Ask whether a number that was unused for a year is still the owner's."""
    account = session_of(request).account
    phone = queries.of_account(account)
    if phone is None or queries.standing(phone) is not Standing.ASK_AGAIN:
        return redirect(way_back.back(request))
    if request.method != "POST":
        return _ask(request, "check", number=spoken(phone.number))
    if queries.takes_texts(phone):
        return _send(request, account, phone)
    operations.say_still_mine(account=account, by=resident(account))
    return way_back.done(request)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: BoroughRequest) -> HttpResponse:
    """Ask whether to forget the number, and do so."""
    account = session_of(request).account
    phone = queries.of_account(account)
    if phone is None:
        return redirect("profile:phone")
    if request.method != "POST":
        return _ask(request, "remove", number=spoken(phone.number))
    if operations.remove(account=account, by=resident(account)) is Change.IN_USE:
        return _in_use(request)
    return way_back.done(request)


def _change(request: BoroughRequest, account: Account, wanted: str) -> HttpResponse:
    if operations.change(account=account, number=wanted, by=resident(account)) is Change.IN_USE:
        return _in_use(request)
    phone = queries.of_account(account)
    if phone is None or not queries.takes_texts(phone) or _is_confirmed(phone):
        return way_back.done(request)
    return _send(request, account, phone)


def _send(request: BoroughRequest, account: Account, phone: Phone) -> HttpResponse:
    verdict = _count(account, phone)
    if not verdict.allowed:
        return too_many(request, verdict)
    operations.send_code(account=account, by=resident(account))
    return way_back.onward(request, "profile:confirm_phone")


def _count(account: Account, phone: Phone) -> Verdict:
    # The account's first: whoever is stopped there shall not fill a stranger's own limit.
    verdict = hit(PHONE_TEXT, str(account.pk))
    return hit(PHONE_NUMBER_TEXT, phone.number) if verdict.allowed else verdict


def _take_code(request: BoroughRequest, account: Account, form: TextCodeForm) -> HttpResponse:
    verdict = hit(PHONE_CODE, str(account.pk))
    if not verdict.allowed:
        return too_many(request, verdict)
    code = form.cleaned_data["code"]
    if operations.confirm(account=account, code=code, by=resident(account)):
        return way_back.done(request)
    note_step(request, CodeOutcome.WRONG)
    form.add_error("code", str(WRONG_CODE))
    phone = queries.of_account(account)
    return _wait(request, phone, form) if phone else way_back.done(request)


def _wait(request: BoroughRequest, phone: Phone, form: TextCodeForm) -> HttpResponse:
    return _ask(request, "confirm", form=form, number=spoken(phone.number))


def _in_use(request: BoroughRequest) -> HttpResponse:
    note_step(request, Change.IN_USE)
    return _ask(request, "in_use", status=409)


def _is_confirmed(phone: Phone) -> bool:
    return queries.standing(phone) is Standing.CONFIRMED


def _ask(
    request: BoroughRequest, template: str, *, status: int = 200, **words: Any
) -> HttpResponse:
    ways = {"back_url": way_back.back(request), "carried": way_back.carried(request)}
    page = render(
        request, f"accounts/profile/phone/{template}.html", {**ways, **words}, status=status
    )
    return way_back.allow(page, request)
