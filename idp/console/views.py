"""Where staff begin."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.history.wording import ROLES
from accounts.sessions.decorators import session_of
from accounts.sessions.middleware import BoroughRequest
from accounts.staffing.decorators import staff_only
from accounts.staffing.keys.rules import ENOUGH
from idp.console import queries
from idp.console.helping.queries import open_case
from idp.console.wording import TASKS


@staff_only
@require_safe
def home(request: BoroughRequest) -> HttpResponse:
    """Show who is signed in, in which roles, and what they may do from here."""
    session = session_of(request)
    account = session.account
    found = queries.standing_of(account)
    words = {
        "name": account.full_name,
        "team": account.staff_member.team,
        "roles": [ROLES[role] for role in ROLES if role in found.roles],
        "tasks": [task for permission, task in TASKS.items() if permission in found.permissions],
        "signed_in_at": session.signed_in_at,
        "before": queries.signed_in_before(session),
        "open_case": open_case(session),
        "wants_another": found.keys < ENOUGH,
    }
    return render(request, "idp/console/home.html", words)
