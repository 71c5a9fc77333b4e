"""The organisation's details, and what shows who it is."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.limits.operations import OverLimitError, hit
from accounts.limits.table import DOMAIN_LOOKUP
from accounts.sessions.late_forms.page import refill
from accounts.sessions.middleware import BoroughRequest
from clients.models import Member, OrganisationProof
from clients.organisations.members.decorators import acts_as_member, member_may
from clients.organisations.members.finding import own
from clients.organisations.members.rules import Permission
from clients.organisations.proving import lookup, operations, page, queries
from clients.organisations.proving.forms import CheckForm, ProofForm
from clients.organisations.proving.operations import ProofRefusedError, UnknownProofError
from clients.organisations.proving.rules import RECORD_NAME
from clients.organisations.proving.wording import NO_ANSWER, NOT_FOUND, PROOF_PROBLEMS


@member_may(Permission.SEE)
@require_safe
def details(request: BoroughRequest, member: Member) -> HttpResponse:
    """Show what is known of the organisation, and what it lacks to go live."""
    return render(request, "clients/organisations/proving/details.html", page.words(member))


@acts_as_member(Permission.MANAGE_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: BoroughRequest, member: Member) -> HttpResponse:
    """Ask for what shows who the organisation is, and keep it."""
    organisation = member.organisation
    form = refill(request, ProofForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        try:
            proof = operations.give(
                organisation=organisation,
                kind=form.cleaned_data["kind"],
                value=form.cleaned_data["value"],
                by=resident(member.account),
            )
        except ProofRefusedError as refused:
            form.add_error("value", str(PROOF_PROBLEMS[refused.problem]))
        else:
            return _see("proving:proof", organisation.slug, proof.pk)
    back = reverse("organisations:details", args=[organisation.slug])
    words = {"member": member, "form": form, "back_url": back}
    return render(request, "clients/organisations/proving/give.html", words)


@acts_as_member(Permission.MANAGE_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def proof(request: BoroughRequest, member: Member, number: UUID) -> HttpResponse:
    """Show how one proof stands, and what is still to do; look for a domain's record, or remove."""
    row = own(queries.of_organisation(member.organisation), member=member, number=number)
    form = CheckForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            if request.POST.get("decision") == "remove":
                return _removed(member, row)
            if row.kind == OrganisationProof.Kind.DOMAIN and _found(form, member, row):
                return _see("proving:proof", member.organisation.slug, number)
        except UnknownProofError as error:  # removed meanwhile
            raise Http404 from error
    words = {**page.one(member, row), "form": form}
    return render(request, "clients/organisations/proving/proof.html", words)


def _removed(member: Member, row: OrganisationProof) -> HttpResponse:
    by = resident(member.account)
    operations.remove(organisation=member.organisation, number=row.pk, by=by)
    return _see("organisations:details", member.organisation.slug)


def _found(form: CheckForm, member: Member, row: OrganisationProof) -> bool:
    """Look for the record outside any transaction, and say in the form what is wrong."""
    verdict = hit(DOMAIN_LOOKUP, str(member.organisation_id))
    if not verdict.allowed:
        raise OverLimitError(verdict)
    try:
        texts = lookup.texts(f"{RECORD_NAME}.{row.value}")
    except lookup.LookupFailedError:
        form.add_error(None, str(NO_ANSWER))
        return False
    found = operations.note_lookup(
        organisation=member.organisation, number=row.pk, texts=texts, by=resident(member.account)
    )
    if not found:
        form.add_error(None, str(NOT_FOUND))
    return found


def _see(name: str, *places: object) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=places), status=303)
