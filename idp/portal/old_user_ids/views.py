"""How many old user ids there are, registering more, and deleting those that wait."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.limits.operations import hit
from accounts.limits.table import OLD_USER_ID_LISTS
from accounts.sessions.middleware import BoroughRequest
from accounts.signin.refusals import too_many
from clients.applications.decorators import application_may, may_act
from clients.models import Application, Member
from clients.organisations.members.rules import Permission
from idp.old_user_ids import operations, queries
from idp.old_user_ids.operations import TooManyRegisteredError
from idp.old_user_ids.rules import MOST_REGISTERED
from idp.portal.old_user_ids.forms import ListForm
from idp.portal.old_user_ids.wording import too_many_registered

_EXAMPLE: Final = """\
curl {issuer}/old-user-ids \\
  --user "$CLIENT_ID:$CLIENT_SECRET" \\
  --data-urlencode "access_token=$ACCESS_TOKEN" \\
  --data-urlencode "old_user_id=ann.1970"
"""


@application_may(Permission.SEE)
@require_safe
def counts(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Show how many were registered and came along, and how a service claims one."""
    can_claim = queries.can_claim(application)
    words = {
        **_words(member, application),
        "counts": queries.counts(application),
        "can_claim": can_claim,
        "has_deletable": queries.deletable(application).exists(),
        "may_change": can_claim and may_act(member, application, Permission.CHANGE_APPLICATIONS),
        "example": _EXAMPLE.format(issuer=settings.ISSUER),
    }
    return render(request, "idp/portal/old_user_ids/counts.html", words)


@application_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Ask for a list, and register what it holds: all of it, or nothing."""
    page = _page(application)
    if not queries.can_claim(application):
        return HttpResponseRedirect(page, status=303)
    posted = request.method == "POST"
    form = ListForm(request.POST, request.FILES) if posted else ListForm()
    if posted and form.is_valid():
        verdict = hit(OLD_USER_ID_LISTS, application.client_id)
        if not verdict.allowed:
            return too_many(request, verdict)
        ids, by = form.cleaned_data["listed"], resident(member.account)
        try:
            operations.register(application=application, ids=ids, by=by)
        except TooManyRegisteredError:
            form.add_error(None, too_many_registered(MOST_REGISTERED))
        else:
            return HttpResponseRedirect(page, status=303)
    words = {**_words(member, application), "form": form, "back_url": page}
    return render(request, "idp/portal/old_user_ids/add.html", words)


@application_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Ask whether to delete those that nobody has, and do so."""
    page = _page(application)
    if request.method == "POST":
        operations.delete(application=application, by=resident(member.account))
        return HttpResponseRedirect(page, status=303)
    words = {
        **_words(member, application),
        "number": queries.deletable(application).count(),
        "back_url": page,
    }
    return render(request, "idp/portal/old_user_ids/delete.html", words)


def _words(member: Member, application: Application) -> dict[str, Any]:
    return {"member": member, "application": application}


def _page(application: Application) -> str:
    names = [application.organisation.slug, application.slug]
    return reverse("old_user_ids:counts", args=names)
