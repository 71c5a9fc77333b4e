"""What partners can do here, and an organisation with its first application."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.limits.operations import OverLimitError, hit_all
from accounts.limits.rules import network_of
from accounts.limits.table import ORGANISATIONS, ORGANISATIONS_NETWORK
from accounts.models import Account
from accounts.security.access import no_page
from accounts.sessions.decorators import public, session_of, signed_in
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from accounts.signin import flow as flows
from clients.applications.form import page
from clients.applications.form.queries import new_findings
from clients.applications.operations import Created
from clients.applications.writing import ApplicationRefusedError
from clients.organisations.members.queries import find
from clients.organisations.operations import OrganisationRefusedError
from clients.organisations.signing_up.queries import name_problem
from clients.starting import operations
from clients.starting.forms import StartForm


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Say what partners can do here and what it takes, to anybody."""
    return render(request, "clients/starting/start.html")


@public
@no_page
@require_safe
def begin(request: BoroughRequest) -> HttpResponse:
    """Lead on to the new organisation: whoever is new here by way of a new account."""
    new = reverse("partners:new")
    if request.signed_in is not None:
        return redirect(new)
    return redirect(flows.begin(request, return_to=new, page="signup:start"))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: BoroughRequest) -> HttpResponse:
    """Ask for an organisation and its first application on one page, and create both.

    The answer shows the application's secret, once: sent again, the name is found to be there.
    """
    account = session_of(request).account
    form = refill(request, StartForm(request.POST or None))
    if request.method == "POST":
        _judge(form)
        if page.is_check(request):
            return page.checked(form)
        if form.is_valid() and (created := _created(request, form, account)):
            member = find(account, created.application.organisation.slug)
            assert member is not None  # noqa: S101 - just made
            return page.created(request, member, created)
    words = {"form": form, "back_url": reverse("partners:start")}
    return render(request, "clients/starting/new.html", words)


def _judge(form: StartForm) -> None:
    page.judge(form, new_findings(None, form.registration(form.chosen_kind)))
    name = form.cleaned_data.get("organisation")
    if name and (problem := name_problem(name)):
        form.refuse_name(problem)


def _created(request: BoroughRequest, form: StartForm, account: Account) -> Created | None:
    """Create what the form asks for, or let it say why not."""
    network = network_of(request.META["REMOTE_ADDR"])
    verdict = hit_all((ORGANISATIONS, (str(account.pk),)), (ORGANISATIONS_NETWORK, (network,)))
    if not verdict.allowed:
        raise OverLimitError(verdict)
    # Read first: a form that says what is wrong with a field forgets its answer.
    name, registration = form.cleaned_data["organisation"], form.registration(form.chosen_kind)
    try:
        return operations.begin(
            organisation=name, registration=registration, account=account, by=resident(account)
        )
    except OrganisationRefusedError as refused:
        form.refuse_name(refused.problem)
    except ApplicationRefusedError as refused:
        form.note(refused.findings)
    return None
