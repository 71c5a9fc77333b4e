"""The page of what happened to an account."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.history.page import pagination
from accounts.history.queries import teams_of
from accounts.history.wording import words
from accounts.models import Account, AuditEvent, OutboundMessage
from accounts.sessions.middleware import BoroughRequest
from accounts.staff import Permission
from idp.console.helping.decorators import helping
from idp.console.helping.page import show
from idp.console.helping.rules import Tier
from idp.console.protection.masking import masked_email
from idp.console.protection.queries import may_see_contacts
from idp.console.timeline import operations, queries
from idp.console.timeline.wording import STATES, mail_words
from idp.models import HelpSession

_ON_A_PAGE: Final = 20


@helping(Permission.HELP, Tier.MAILBOX)
@require_safe
def timeline(request: BoroughRequest, help_session: HelpSession) -> HttpResponse:
    """Show what happened to the account and what became of its mails, the newest first."""
    account = help_session.account
    assert account is not None  # noqa: S101 - the tier says so
    operations.note_seen(help_session=help_session)
    staff = help_session.staff
    rows = queries.events_of(account, staff=staff)
    shown = Paginator(rows, _ON_A_PAGE).get_page(request.GET.get("page"))
    listed = list(shown)
    teams = teams_of(listed)
    context = {
        "events": [_event(one, teams.get(one.actor_id, "")) for one in listed],
        "mails": _mails(account, staff=staff),
        "links": pagination(shown),
        "is_first": shown.number == 1,
    }
    return show(request, help_session, "idp/console/timeline/timeline.html", context)


def _event(event: AuditEvent, team: str) -> dict[str, object]:
    return {"at": event.at, "what": words(event, team)}


def _mails(account: Account, *, staff: Account) -> list[dict[str, object]]:
    is_shown = may_see_contacts(staff, account)
    return [_mail(one, is_shown=is_shown) for one in queries.mails_of(account)]


def _mail(mail: OutboundMessage, *, is_shown: bool) -> dict[str, object]:
    return {
        "at": mail.created_at,
        "what": mail_words(mail.template),
        "to": masked_email(mail.address) if is_shown else "",
        "state": STATES[mail.state],
    }
