"""Choosing the high profile, and adding an application of it."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from clients.applications.form import page, queries
from clients.applications.pages.high.forms import HighForm, MethodForm, ProfileForm, methods
from clients.applications.pages.high.wording import COMMANDS
from clients.applications.registration import Kind, Profile
from clients.models import Member
from clients.organisations.members.decorators import member_may
from clients.organisations.members.rules import Permission


@member_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: BoroughRequest, member: Member, kind: str) -> HttpResponse:
    """Say what the two profiles are for, and ask which one it needs."""
    known = _known(kind)
    form = refill(request, ProfileForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        is_high = form.cleaned_data["profile"] == Profile.HIGH
        return _to("method" if is_high else "new_of_kind", member, known)
    words = {
        "member": member,
        "form": form,
        "takes_certificates": len(methods()) > 1,
        "back_url": _address("new_of_kind", member, known),
    }
    return render(request, "clients/applications/high/profile.html", words)


@member_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def method(request: BoroughRequest, member: Member, kind: str) -> HttpResponse:
    """Ask how it proves who it is, where there is a choice."""
    known, offered = _known(kind), methods()
    if len(offered) == 1:
        return _to("new_high", member, known, offered[0])
    form = refill(request, MethodForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        return _to("new_high", member, known, form.cleaned_data["method"])
    words = {"member": member, "form": form, "back_url": _address("profile", member, known)}
    return render(request, "clients/applications/high/method.html", words)


@member_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: BoroughRequest, member: Member, kind: str, method: str) -> HttpResponse:
    """Ask for the rest, and create the application."""
    known = _known(kind)
    if method not in methods():
        raise Http404
    form = refill(request, HighForm(request.POST or None, kind=known, method=method))
    if request.method == "POST":
        page.judge(form, queries.new_findings(member.organisation, form.registration(known)))
        if page.is_check(request):
            return page.checked(form)
        if form.is_valid() and (created := page.register(member, form, known)):
            return page.created(request, member, created)
    before = "method" if len(methods()) > 1 else "profile"
    words = {
        "member": member,
        "form": form,
        "commands": COMMANDS.get(method, ""),
        "back_url": _address(before, member, known),
    }
    return render(request, "clients/applications/high/new.html", words)


def _known(kind: str) -> Kind:
    """Return the kind, if an application of it can keep a key."""
    if kind not in list(Kind) or not Kind(kind).keeps_secret:
        raise Http404
    return Kind(kind)


def _to(name: str, member: Member, kind: Kind, *more: str) -> HttpResponse:
    return HttpResponseRedirect(_address(name, member, kind, *more), status=303)


def _address(name: str, member: Member, kind: Kind, *more: str) -> str:
    return reverse(f"applications:{name}", args=[member.organisation.slug, kind, *more])
