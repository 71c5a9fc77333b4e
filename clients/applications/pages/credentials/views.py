"""Credentials of an application: making and ending secrets, giving keys."""

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit.actor import resident
from accounts.limits.operations import OverLimitError, hit
from accounts.limits.table import PARTNER_KEYS
from accounts.pages.forms import GovukForm
from accounts.security.outgoing.rules import UrlProblem
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from clients.applications.authenticating import operations as authenticating
from clients.applications.credentials import operations as secrets
from clients.applications.credentials import queries
from clients.applications.credentials.operations import NoSecretError, SecretRefusedError
from clients.applications.decorators import application_may, may_act
from clients.applications.keys import pem
from clients.applications.keys.operations import KeysRefusedError
from clients.applications.keys.rules import KeysProblem, registered_problems
from clients.applications.keys.wording import KEYS_PROBLEMS
from clients.applications.pages.credentials import checking, page
from clients.applications.pages.credentials.forms import KeysForm, SecretForm
from clients.applications.pages.credentials.wording import SECRET_PROBLEMS
from clients.applications.queries import live_secrets
from clients.applications.wording import sentence_without_value
from clients.applications.writing import ApplicationRefusedError
from clients.models import Application, Member
from clients.organisations.members.finding import own
from clients.organisations.members.rules import Permission

_WHOSE = "application__organisation"


@application_may(Permission.SEE)
@require_safe
def listed(request: HttpRequest, member: Member, application: Application) -> HttpResponse:
    """Show the credentials that are good, without any secret."""
    acts = may_act(member, application, Permission.HANDLE_CREDENTIALS)
    words = {"member": member, **page.details(application, may_act=acts)}
    return render(request, "clients/applications/credentials/list.html", words)


@application_may(Permission.HANDLE_CREDENTIALS)
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Ask how long a new secret is good, make it, and show it in this answer alone."""
    if application.token_endpoint_auth_method not in secrets.METHODS:
        raise Http404
    is_live = application.environment == Application.Environment.LIVE
    initial = {"after": queries.newest(application)}
    form = refill(request, SecretForm(request.POST or None, is_live=is_live, initial=initial))
    if request.method == "POST" and form.is_valid():
        try:
            secret = secrets.add(
                application=application,
                lifetime=form.lifetime,
                after=form.cleaned_data["after"],
                by=resident(member.account),
            )
        except SecretRefusedError as refused:
            form.add_error(None, str(SECRET_PROBLEMS[refused.problem]))
        except NoSecretError as error:  # a colleague gave keys a moment ago
            raise Http404 from error
        else:
            return _shown(request, member, application, secret)
    words = {
        "member": member,
        "application": application,
        "form": form,
        "back_url": _address(application),
    }
    return render(request, "clients/applications/credentials/make.html", words)


@application_may(Permission.HANDLE_CREDENTIALS)
@require_http_methods(["GET", "HEAD", "POST"])
def end(
    request: BoroughRequest, member: Member, application: Application, number: int
) -> HttpResponse:
    """Say what stops when a secret ends, and end it."""
    if request.method == "POST":
        own(application.secrets.all(), member=member, number=number, whose=_WHOSE)
        try:
            secrets.end(application=application, number=number, by=resident(member.account))
        except NoSecretError as error:
            raise Http404 from error
        return HttpResponseRedirect(_address(application), status=303)
    good = live_secrets(application, now=timezone.now())
    words = {
        "member": member,
        "application": application,
        "secret": own(good, member=member, number=number, whose=_WHOSE),
        "is_last": good.count() == 1,
        "back_url": _address(application),
    }
    return render(request, "clients/applications/credentials/end.html", words)


@application_may(Permission.HANDLE_CREDENTIALS)
@require_http_methods(["GET", "HEAD", "POST"])
def give_keys(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Ask for the public keys that it authenticates with from now on, and take them."""
    if not authenticating.may_have_keys(application):
        raise Http404
    initial = {"jwks_uri": application.jwks_uri}
    form = KeysForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _are_good(form, application):
        try:
            authenticating.give_keys(
                application=application, keys=form.keys, by=resident(member.account)
            )
        except KeysRefusedError as refused:
            _note(form, refused.problems)
        except ApplicationRefusedError as refused:
            _tell(form, refused)
        else:
            return HttpResponseRedirect(_address(application), status=303)
    words = {
        "member": member,
        "application": application,
        "form": form,
        "commands": pem.COMMANDS,
        "ends_secrets": application.token_endpoint_auth_method in secrets.METHODS,
        "back_url": _address(application),
    }
    return render(request, "clients/applications/credentials/keys.html", words)


@application_may(Permission.HANDLE_CREDENTIALS)
@require_POST
def check_keys(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Ask the address of the keys now, and show what it answers."""
    if not application.jwks_uri:
        raise Http404
    _count(application)
    words = {
        "member": member,
        "application": application,
        "look": checking.at(application.jwks_uri),
        "back_url": _address(application),
    }
    return render(request, "clients/applications/credentials/checked.html", words)


@application_may(Permission.HANDLE_CREDENTIALS)
@require_http_methods(["GET", "HEAD", "POST"])
def use_secret(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Let a sandbox application use a secret again, and show it in this answer alone."""
    if not authenticating.may_use_secret(application):
        return HttpResponseRedirect(_address(application), status=303)
    form = GovukForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        by = resident(member.account)
        try:
            secret = authenticating.use_secret(application=application, by=by)
        except ApplicationRefusedError as refused:
            _tell(form, refused)
        else:
            if secret:
                application.refresh_from_db()
                return _shown(request, member, application, secret)
            # A colleague did it a moment ago.
            return HttpResponseRedirect(_address(application), status=303)
    words = {
        "member": member,
        "application": application,
        "form": form,
        "back_url": _address(application),
    }
    return render(request, "clients/applications/credentials/use_secret.html", words)


def _are_good(form: KeysForm, application: Application) -> bool:
    """Say whether the keys may be taken, or let the form say why not; asks their address."""
    _note(form, registered_problems(form.keys, needed=True, allowed=settings.OUTGOING_ALLOW))
    if not form.errors and form.keys.jwks_uri:
        _count(application)
        look = checking.at(form.keys.jwks_uri)
        if look.problems:
            form.note("jwks_uri", look.problems)
    return not form.errors


def _note(form: KeysForm, problems: Iterable[tuple[str, KeysProblem | UrlProblem, str]]) -> None:
    found: dict[str, dict[Promise, None]] = {}
    for part, problem, _value in problems:
        found.setdefault(part, {})[KEYS_PROBLEMS[problem]] = None
    for part, reasons in found.items():
        form.note(part, reasons)


def _tell(form: GovukForm, refused: ApplicationRefusedError) -> None:
    """Say what else of the application stands against it."""
    for words in dict.fromkeys(sentence_without_value(one) for one in refused.findings):
        form.add_error(None, words)


def _count(application: Application) -> None:
    """Keep a member from making us ask others at will."""
    verdict = hit(PARTNER_KEYS, application.client_id)
    if not verdict.allowed:
        raise OverLimitError(verdict)


def _shown(
    request: HttpRequest, member: Member, application: Application, secret: str
) -> HttpResponse:
    words = {"member": member, "application": application, "client_secret": secret}
    return render(request, "clients/applications/credentials/secret.html", words)


def _address(application: Application) -> str:
    return reverse("credentials:list", args=[application.organisation.slug, application.slug])
