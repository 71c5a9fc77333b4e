"""The receipts of a service: the list, one to keep or print, one as a signed file."""

from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.mfa.decorators import freshly_signed_in
from accounts.security.access import machine, no_page
from accounts.sessions.decorators import session_of, signed_in
from accounts.sessions.middleware import BoroughRequest
from clients.models import Application
from idp.keys import queries as keys
from idp.models import Consent
from idp.privacy.queries import known_service
from idp.receipts import page, queries, schema, token

_ON_A_PAGE: Final = 20
# Where the list was reached from; True: of a service that is kept out of sight.
_GIVEN: Final = {False: "privacy:given", True: "privacy:given_private"}


@signed_in
@require_safe
def receipts(request: BoroughRequest, service: str) -> HttpResponse:
    """List what the resident ever agreed to with a service."""
    return _list(request, _service(request, service))


@signed_in
@require_safe
def receipt(request: BoroughRequest, service: str, number: UUID) -> HttpResponse:
    """Show one receipt, to keep or print."""
    return _one(request, _agreement(request, service, number))


@signed_in
@no_page
@require_safe
def file(request: BoroughRequest, service: str, number: UUID) -> HttpResponse:
    """Send one receipt as a signed file."""
    return _file(_agreement(request, service, number))


@freshly_signed_in
@require_safe
def private_receipts(request: BoroughRequest, service: str) -> HttpResponse:
    """List what the resident ever agreed to with a service that is kept out of sight."""
    return _list(request, _service(request, service, private=True), private=True)


@freshly_signed_in
@require_safe
def private_receipt(request: BoroughRequest, service: str, number: UUID) -> HttpResponse:
    """Show one receipt of such a service."""
    return _one(request, _agreement(request, service, number, private=True), private=True)


@freshly_signed_in
@no_page
@require_safe
def private_file(request: BoroughRequest, service: str, number: UUID) -> HttpResponse:
    """Send one receipt of such a service as a signed file."""
    return _file(_agreement(request, service, number, private=True))


@machine
@require_safe
def receipt_schema(request: HttpRequest) -> HttpResponse:
    """Show the JSON Schema of the signed files, to anybody."""
    del request
    return JsonResponse(schema.document(), content_type="application/schema+json")


def _service(request: BoroughRequest, service: str, *, private: bool = False) -> Application:
    found = known_service(session_of(request).account, service=service, private=private)
    if found is None:
        raise Http404
    return found


def _agreement(
    request: BoroughRequest, service: str, number: UUID, *, private: bool = False
) -> Consent:
    application = _service(request, service, private=private)
    agreement = queries.version(session_of(request).account, application, number)
    if agreement is None:
        raise Http404
    return agreement


def _list(
    request: BoroughRequest, application: Application, *, private: bool = False
) -> HttpResponse:
    rows = queries.versions(session_of(request).account, application)
    start = _start(request, rows)
    found = list((queries.older_than(rows, start) if start else rows)[: _ON_A_PAGE + 1])
    words = {
        "application": application,
        "receipts": [(row.pk, *page.line(row)) for row in found[:_ON_A_PAGE]],
        "older": found[_ON_A_PAGE - 1].pk if len(found) > _ON_A_PAGE else None,
        "is_first": start is None,
        "one": "receipts:private_one" if private else "receipts:one",
        "back_url": reverse(_GIVEN[private], args=[application.slug]),
        "exit_this_page": private,
    }
    return render(request, "idp/receipts/list.html", words)


def _start(request: BoroughRequest, rows: QuerySet[Consent]) -> Consent | None:
    try:
        number = UUID(request.GET.get("before", ""))
    except ValueError:
        return None
    return rows.filter(pk=number).first()


def _one(request: BoroughRequest, agreement: Consent, *, private: bool = False) -> HttpResponse:
    to_list = "receipts:private_list" if private else "receipts:list"
    words = {
        "agreement": agreement,
        "facts": page.facts(agreement),
        "shared": page.shared(agreement),
        "told": page.told(agreement),
        "kept_back": page.kept_back(agreement),
        "file": "receipts:private_file" if private else "receipts:file",
        "back_url": reverse(to_list, args=[agreement.application.slug]),
        "exit_this_page": private,
    }
    return render(request, "idp/receipts/one.html", words)


def _file(agreement: Consent) -> HttpResponse:
    key = keys.signing_key(token.ALGORITHM)
    signed = token.make(agreement, key=key, now=timezone.now())
    answer = HttpResponse(signed, content_type=token.MEDIA_TYPE)
    answer["Cache-Control"] = "no-store"
    # By number: a name on a shared computer would tell which service it is.
    answer["Content-Disposition"] = f'attachment; filename="receipt-{agreement.pk}.jwt"'
    return answer
