"""The lists of logout tokens and of events, and sending one again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit.actor import resident
from accounts.limits.operations import hit
from accounts.limits.table import SENT_AGAIN
from accounts.sessions.middleware import BoroughRequest
from accounts.signin.refusals import too_many
from clients.applications.decorators import application_may, may_act
from clients.models import Application, Member
from clients.organisations.members.operations import keep_out_of_application
from clients.organisations.members.rules import Permission
from idp.deliveries import operations as deliveries
from idp.models import Delivery, SecurityEvent
from idp.portal.deliveries import queries, wording
from idp.portal.deliveries.queries import Place
from idp.ssf.streams import operations as streams


@dataclass(frozen=True)
class Line:
    """One message as the page lists it."""

    row: Any
    about: str
    state: str
    colour: str
    answer: str
    again: str


@application_may(Permission.SEE)
@require_safe
def sign_outs(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Show the logout tokens that the application was sent, newest first."""
    words = _listed(request, member, application, queries.sign_outs, "deliveries:again")
    words["takes_any"] = bool(application.backchannel_logout_uri)
    if application.environment == Application.Environment.SANDBOX:
        # A member's own page for signing out leaves the test residents of this browser signed in.
        named = urlencode({"client_id": application.client_id})
        words["sign_out"] = f"{reverse('logout:start')}?{named}"
    return render(request, "idp/portal/deliveries/sign_outs.html", words)


@application_may(Permission.SEE)
@require_safe
def events(request: BoroughRequest, member: Member, application: Application) -> HttpResponse:
    """Show the events of the application's stream, newest first."""
    words = _listed(request, member, application, queries.events, "deliveries:event_again")
    return render(request, "idp/portal/deliveries/events.html", words)


def _listed(
    request: BoroughRequest,
    member: Member,
    application: Application,
    read: Callable[..., QuerySet[Any]],
    again: str,
) -> dict[str, Any]:
    after = queries.place(request.GET.get("after", ""))
    found = list(read(application, after=after)[: queries.ON_A_PAGE + 1])
    shown = found[: queries.ON_A_PAGE]
    older = Place(shown[-1].created_at, shown[-1].pk) if len(found) > queries.ON_A_PAGE else None
    names = [member.organisation.slug, application.slug]
    can_send = may_act(member, application, Permission.CHANGE_APPLICATIONS)
    return {
        "member": member,
        "application": application,
        "lines": [_line(row, again if can_send else "", names) for row in shown],
        "older": f"?{urlencode({'after': str(older)})}" if older else "",
    }


def _line(row: Delivery | SecurityEvent, again: str, names: list[str]) -> Line:
    can_send = again and row.state in {Delivery.State.DELIVERED, *_ENDED}
    return Line(
        row=row,
        about=row.event_type.rpartition("/")[2] if isinstance(row, SecurityEvent) else "",
        state=str(wording.STATES[row.state]),
        colour=wording.COLOURS[row.state],
        answer=wording.last_answer(row.last_status, row.last_error),
        again=reverse(again, args=[*names, row.pk]) if can_send else "",
    )


_ENDED = {Delivery.State.REFUSED, Delivery.State.EXPIRED}


@application_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def again(
    request: BoroughRequest, member: Member, application: Application, number: UUID
) -> HttpResponse:
    """Ask whether to send a logout token again, and do it."""
    rows = Delivery.objects.select_related("application")
    row = _own(rows, member, application, number, lambda found: found.application)
    by = resident(member.account)
    back = reverse("deliveries:list", args=[member.organisation.slug, application.slug])
    return _sent(
        request, member, application, back, lambda: deliveries.send_again(delivery=row, by=by)
    )


@application_may(Permission.CHANGE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def event_again(
    request: BoroughRequest, member: Member, application: Application, number: UUID
) -> HttpResponse:
    """Ask whether to send an event again, and do it."""
    rows = SecurityEvent.objects.select_related("stream__application")
    row = _own(rows, member, application, number, lambda found: found.stream.application)
    by = resident(member.account)
    back = reverse("deliveries:events", args=[member.organisation.slug, application.slug])

    def send() -> bool:
        try:
            return streams.send_again(event=row, by=by)
        except streams.StreamGoneError:
            return False

    return _sent(request, member, application, back, send)


def _own(
    rows: QuerySet[Any],
    member: Member,
    application: Application,
    number: UUID,
    whose: Callable[[Any], Application],
) -> Any:  # noqa: ANN401 - of either kind
    """Return the message, if it is the application's; another's is not there, and is recorded."""
    row = rows.filter(pk=number).first()
    if row is None or whose(row).pk != application.pk:
        if row is not None:
            keep_out_of_application(member=member, client_id=whose(row).client_id)
        raise Http404
    return row


def _sent(
    request: BoroughRequest,
    member: Member,
    application: Application,
    back: str,
    send: Callable[[], bool],
) -> HttpResponse:
    words = {"member": member, "application": application, "back": back, "back_url": back}
    if request.method != "POST":
        return render(request, "idp/portal/deliveries/again.html", words)
    verdict = hit(SENT_AGAIN, application.client_id)
    if not verdict.allowed:
        return too_many(request, verdict)
    if not send():
        # Sent again by somebody else a moment ago, or its time is up.
        return render(request, "idp/portal/deliveries/not_again.html", words)
    return HttpResponseRedirect(back, status=303)
