"""The pages that hand out programs and settings."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.security.access import no_page
from accounts.sessions.middleware import BoroughRequest
from clients.applications.columns import kind_of
from clients.applications.decorators import application_may
from clients.applications.form.rules import returns
from clients.applications.wording import KINDS
from clients.models import Application, Member
from clients.organisations.members.rules import Permission
from idp.portal.examples import settings_file
from idp.portal.examples.demands import DEMANDS, Demand, demands_of
from idp.portal.examples.libraries import (
    Library,
    of_other_kinds,
    suiting,
    with_secrets_alone,
)


@application_may(Permission.SEE)
@require_safe
def listed(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """List the libraries that suit it, and offer the application's settings."""
    kind, demands = kind_of(application), demands_of(application)
    libraries = suiting(kind, demands)
    by_key_alone = demands == {Demand.KEY}
    words = {
        "member": member,
        "application": application,
        "demands": demands,
        "has_secret": _has_secret(application),
        "musts": [] if by_key_alone else [DEMANDS[one] for one in Demand if one in demands],
        "asks_people": returns(kind),
        "listens": returns(kind) and any(library.is_simple for library in libraries),
        "libraries": libraries,
        "with_secrets": with_secrets_alone(kind) if by_key_alone else [],
        "others": [(KINDS[other], names) for other, names in of_other_kinds(kind).items()],
    }
    return render(request, "idp/portal/examples/list.html", words)


@application_may(Permission.SEE)
@require_safe
def library(
    request: BoroughRequest, member: Member, application: Application, library: str
) -> HttpResponse:
    """Show how to start with a library."""
    words = {
        "member": member,
        "application": application,
        "demands": demands_of(application),
        "has_secret": _has_secret(application),
        "library": _known(application, library),
    }
    return render(request, "idp/portal/examples/library.html", words)


@application_may(Permission.SEE)
@no_page
@require_safe
def program(
    request: BoroughRequest, member: Member, application: Application, library: str, file: str
) -> HttpResponse:
    """Hand over one file of a library's program, to be saved."""
    del request, member
    known = _known(application, library)
    if file not in known.files:
        raise Http404
    response = HttpResponse(known.text(file), content_type="text/plain; charset=utf-8")
    return _saved(response, file)


@application_may(Permission.HANDLE_CREDENTIALS)
@no_page
@require_POST
def settings(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Hand over the application's settings, to be saved, with the secret that the page just showed.

    The secret comes from that page: we do not know it. Another text is left out, so that nobody
    makes somebody save what was made up.
    """
    del member
    secret = request.POST.get("client_secret", "")
    known = secret if settings_file.is_its_secret(application, secret) else ""
    found = settings_file.content(application, client_secret=known)
    response = JsonResponse(found, json_dumps_params={"indent": 2})
    return _saved(response, settings_file.NAME)


def _known(application: Application, key: str) -> Library:
    known = suiting(kind_of(application), demands_of(application))
    library = next((one for one in known if one.key == key), None)
    if library is None:
        raise Http404
    return library


def _has_secret(application: Application) -> bool:
    methods = Application.AuthMethod
    return application.token_endpoint_auth_method in {methods.SECRET_BASIC, methods.SECRET_POST}


def _saved(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
