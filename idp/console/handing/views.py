"""Keys that the council lends, and letters, for somebody at a counter."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods

from accounts.audit.actor import staff
from accounts.letters.queries import may_write_to
from accounts.mfa.operations import lend
from accounts.mfa.removal import take_back
from accounts.mfa.rules import Lending, Removal, lending
from accounts.models import Account, Authenticator, Letter
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from accounts.staffing.decorators import freshly
from idp.console.handing import operations
from idp.console.handing.operations import NotPostedError
from idp.console.handing.wording import KINDS, LENDINGS, REFUSALS, REMOVALS, STATES
from idp.console.helping.counter import seen_at_counter
from idp.console.helping.decorators import helping
from idp.console.helping.operations import about
from idp.console.helping.page import show
from idp.console.helping.rules import Tier
from idp.models import HelpSession

_LETTERS_SHOWN = 10


@helping(Permission.HELP, Tier.OWNER)
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Show the account's security keys; note that one is ours, or that it came back."""
    account = seen_at_counter(help_session)
    why: Promise | None = None
    if request.method == "POST":
        why = _changed(request, help_session, account)
        if why is None:
            return HttpResponseRedirect(reverse("console:keys", args=[help_session.pk]), status=303)
    rows = Authenticator.objects.filter(
        account=account, kind=Authenticator.Kind.SECURITY_KEY
    ).order_by("created_at", "pk")
    now = timezone.now()
    found = [
        {"row": row, "may_be_ours": lending(added_at=row.created_at, now=now) is Lending.LENT}
        for row in rows
    ]
    return show(request, help_session, "idp/console/handing/keys.html", {"keys": found, "why": why})


@helping(Permission.HELP, Tier.OWNER)
@freshly
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Show what became of the account's letters, and have a sheet of codes posted."""
    account = seen_at_counter(help_session)
    why = None
    if request.method == "POST":
        try:
            operations.post_sheet(help_session=help_session, account=account)
        except NotPostedError as error:
            why = REFUSALS[error.refusal]
        else:
            here = reverse("console:letters", args=[help_session.pk])
            return HttpResponseRedirect(here, status=303)
    rows = Letter.objects.filter(account=account).order_by("-created_at", "pk")
    words = {
        "letters": [
            {"kind": KINDS[row.kind], "state": STATES[row.state], "at": row.created_at}
            for row in rows[:_LETTERS_SHOWN]
        ],
        "may_post": may_write_to(account),
        "why": why,
    }
    return show(request, help_session, "idp/console/handing/letters.html", words)


def _changed(
    request: BoroughRequest, help_session: HelpSession, account: Account
) -> Promise | None:
    """Lend the chosen key or take it back; return why not, or None if it is done."""
    by, within = staff(help_session.staff), about(help_session)
    try:
        way_id = UUID(request.POST.get("key", ""))
    except ValueError:
        return REMOVALS[Removal.GONE]
    if request.POST.get("act") == "lend":
        return LENDINGS.get(lend(account=account, way_id=way_id, by=by, within=within))
    outcome = take_back(account=account, way_id=way_id, by=by, within=within)
    if outcome is Removal.REMOVED:
        return None
    return REMOVALS.get(outcome, REMOVALS[Removal.LAST_WAY])
