"""Answers that several pages of the form give: what is wrong so far, and what was created."""

from collections.abc import Iterable

from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from accounts.audit.actor import resident
from accounts.pages.fields import first_error
from clients.applications.form import operations
from clients.applications.form.forms import ApplicationForm, FoundForm
from clients.applications.operations import Created
from clients.applications.registration import Kind
from clients.applications.rules import Finding
from clients.applications.writing import ApplicationRefusedError
from clients.models import Member


def is_check(request: HttpRequest) -> bool:
    """Say whether the form is only looked at while somebody fills it in."""
    return bool(request.POST.get("checking"))


def judge(form: FoundForm, findings: Iterable[Finding]) -> None:
    """Show what was found about those fields that have an answer at all."""
    answered = form.cleaned_data
    form.note([one for one in findings if form.places.get(one.part, one.part) in answered])


def checked(form: BaseForm) -> HttpResponse:
    """Answer a check: what is wrong with each field, in words; nothing was written."""
    return JsonResponse({field.html_name: first_error(field) for field in form})


def register(member: Member, form: ApplicationForm, kind: Kind) -> Created | None:
    """Create the sandbox application that a form asks for, or let the form say why not."""
    try:
        return operations.register(
            organisation=member.organisation,
            registration=form.registration(kind),
            by=resident(member.account),
        )
    except ApplicationRefusedError as refused:
        form.note(refused.findings)
    return None


def created(request: HttpRequest, member: Member, created: Created) -> HttpResponse:
    """Show a new application and, this once, its secret."""
    words = {
        "member": member,
        "application": created.application,
        "client_secret": created.client_secret,
        "issuer": settings.ISSUER,
    }
    return render(request, "clients/applications/form/created.html", words)
