"""The page that reads an ID token in the browser: nothing of it is sent here."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.sessions.middleware import BoroughRequest
from clients.applications.decorators import application_may
from clients.models import Application, Member
from clients.organisations.members.rules import Permission
from idp.keys.queries import published


@application_may(Permission.SEE)
@require_safe
def reader(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Show the page, with all that it needs in it: it works without a network from then on."""
    known = {
        "issuer": settings.ISSUER,
        "client": application.client_id,
        "keys": published(),
        "claims": _claims(),
        "words": _words(),
    }
    words = {"member": member, "application": application, "known": known}
    return render(request, "idp/portal/tester/reader.html", words)


def _claims() -> dict[str, str]:
    return {
        "iss": _("Who made the token: this provider"),
        "sub": _("The resident, by the name that this application alone knows"),
        "aud": _("Whom the token is for: this application’s client ID"),
        "exp": _("Until when the token is good"),
        "iat": _("When the token was made"),
        "auth_time": _("When the resident signed in"),
        "nonce": _("The nonce of the request: compare it with the one that you sent"),
        "acr": _("How strongly the resident signed in"),
        "amr": _("By what the resident signed in"),
        "azp": _("The application that asked"),
        "at_hash": _("Ties the access token to this ID token"),
        "sid": _("This sign-in: a logout token names it"),
        "vot": _("How strongly the resident signed in, as a vector of trust"),
        "vtm": _("Where the vector of trust is explained"),
    }


def _words() -> dict[str, str]:
    return {
        "not_a_jwt": _("This is no signed token: it has not three parts with dots between."),
        "good": _("The signature is good, by our key"),
        "bad": _("The signature is wrong: the token was changed, or is not ours."),
        "no_key": _("None of our keys has the kid of this token: it is not ours, or old."),
        "unable": _("This browser cannot check signatures of this kind on this page."),
        "other_issuer": _("The token was made by somebody else than this provider."),
        "other_client": _("The token is for another application than this one."),
        "expired": _("The token has expired."),
        "unexplained": _("A detail of the resident, or one that we do not make"),
    }
