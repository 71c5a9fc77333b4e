"""What happened to an organisation."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.sessions.middleware import BoroughRequest
from clients.models import Member
from clients.organisations.history import page, queries
from clients.organisations.members.decorators import member_may
from clients.organisations.members.rules import Permission

_ON_A_PAGE = 20


@member_may(Permission.SEE)
@require_safe
def history(request: BoroughRequest, member: Member) -> HttpResponse:
    """Show what happened to the organisation and its applications, the newest first."""
    events = Paginator(queries.told(member.organisation), _ON_A_PAGE)
    shown = events.get_page(request.GET.get("page"))
    words = {
        "member": member,
        "rows": page.rows(member.organisation, shown),
        "links": page.pagination(shown),
        "shown": shown,
    }
    return render(request, "clients/organisations/history/history.html", words)
