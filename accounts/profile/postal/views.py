"""The pages of where an account's owner lives.

A postcode goes by POST alone, also between pages: addresses of pages end up in logs and histories.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import resident
from accounts.limits.operations import hit
from accounts.limits.table import ADDRESS_LOOKUP
from accounts.mfa.decorators import freshly_signed_in
from accounts.models import PostalAddress
from accounts.profile import way_back
from accounts.profile.postal import lookup, operations
from accounts.profile.postal.forms import ChooseForm, PostcodeForm, TypedForm
from accounts.profile.postal.lookup import FoundAddress, LookupFailedError
from accounts.profile.postal.operations import Stated
from accounts.sessions.decorators import session_of
from accounts.sessions.late_forms.page import refill, typed_before
from accounts.sessions.middleware import BoroughRequest


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: BoroughRequest) -> HttpResponse:
    """Ask for the postcode and show its addresses; without a look-up, have the address typed."""
    if not lookup.is_configured():
        return way_back.onward(request, "profile:type_address")
    form = refill(request, PostcodeForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        return _found(request, form.cleaned_data["postcode"])
    return _ask(request, "find", form=form)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: BoroughRequest) -> HttpResponse:
    """Take one of the addresses of a postcode, looked up once more."""
    form = PostcodeForm(request.POST or typed_before(request))
    if not lookup.is_configured() or not form.is_valid():
        return way_back.onward(request, "profile:find_address")
    return _found(request, form.cleaned_data["postcode"], chosen=request.method == "POST")


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def type_in(request: BoroughRequest) -> HttpResponse:
    """Ask for the address line by line."""
    form = refill(request, TypedForm(request.POST or None, initial=_known(request)))
    if request.method == "POST" and form.is_valid():
        return _keep(request, Stated(form.lines, form.cleaned_data["postcode"]))
    return _type(request, form)


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def no_fixed_address(request: BoroughRequest) -> HttpResponse:
    """Ask whether somebody has no fixed address, and keep that."""
    if request.method == "POST":
        return _keep(request, Stated(no_fixed_address=True))
    return _ask(request, "no_fixed_address")


@freshly_signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: BoroughRequest) -> HttpResponse:
    """Ask whether to forget the address, and do so."""
    account = session_of(request).account
    if not PostalAddress.objects.filter(account=account).exists():
        return way_back.onward(request, "profile:find_address")
    if request.method == "POST":
        operations.remove(account=account, by=resident(account))
        return way_back.done(request)
    return _ask(request, "remove")


def _found(request: BoroughRequest, postcode: str, *, chosen: bool = False) -> HttpResponse:
    try:
        found = _look_up(request, postcode)
    except LookupFailedError:
        return _type(request, TypedForm(initial={"postcode": postcode}), failed=True)
    if not found:
        return _type(request, TypedForm(initial={"postcode": postcode}), nothing_at=postcode)
    form = refill(request, ChooseForm(request.POST if chosen else None, found=found))
    if chosen and form.is_valid():
        (address,) = [one for one in found if one.uprn == form.cleaned_data["uprn"]][:1]
        return _keep(request, Stated("\n".join(address.lines), postcode, address.uprn))
    return _ask(request, "choose", form=form, postcode=postcode)


def _look_up(request: BoroughRequest, postcode: str) -> list[FoundAddress]:
    # Councils pay for each look-up; whoever has used up theirs can still type.
    if not hit(ADDRESS_LOOKUP, str(session_of(request).account_id)).allowed:
        raise LookupFailedError
    return lookup.find(postcode)


def _keep(request: BoroughRequest, stated: Stated) -> HttpResponse:
    account = session_of(request).account
    operations.change(account=account, stated=stated, by=resident(account))
    return way_back.done(request)


def _known(request: BoroughRequest) -> dict[str, Any]:
    row = PostalAddress.objects.filter(account=session_of(request).account).first()
    if row is None or row.no_fixed_address:
        return {}
    first, *others = row.lines.split("\n")
    town = others.pop() if others else ""
    return {
        "line_1": first,
        "line_2": ", ".join(others),
        "town": town,
        "postcode": row.postcode,
    }


def _type(request: BoroughRequest, form: TypedForm, **words: Any) -> HttpResponse:
    return _ask(request, "type", form=form, has_lookup=lookup.is_configured(), **words)


def _ask(request: BoroughRequest, template: str, **words: Any) -> HttpResponse:
    row = PostalAddress.objects.filter(account=session_of(request).account).first()
    context = {
        "back_url": way_back.back(request),
        "carried": way_back.carried(request),
        "known": row,
        **words,
    }
    page = render(request, f"accounts/profile/postal/{template}.html", context)
    return way_back.allow(page, request)
