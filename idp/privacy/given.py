"""What a service was given and when: the ledger as its owner reads it."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Account
from accounts.pages.moments import time_of_day
from accounts.sessions.middleware import BoroughRequest
from clients.models import Application
from idp.disclosures import queries
from idp.models import Disclosure
from idp.oidc.sharing.wording import LABELS

_ON_A_PAGE: Final = 20
# What PostgreSQL takes for a row's number.
_HIGHEST: Final = 2**63 - 1


def page(
    request: BoroughRequest,
    account: Account,
    application: Application | None,
    *,
    back_url: str,
    exit_this_page: bool = False,
) -> HttpResponse:
    """Show what the service was given, a row a day and set of details, the newest first."""
    if application is None:
        raise Http404
    rows = queries.to(application, account)
    start = _row(request.GET.get("before", ""), account, application)
    shown = list((queries.older_than(start, rows) if start else rows)[: _ON_A_PAGE + 1])
    context = {
        "application": application,
        "rows": [_told(row) for row in shown[:_ON_A_PAGE]],
        "older": shown[_ON_A_PAGE - 1].pk if len(shown) > _ON_A_PAGE else None,
        "is_first": start is None,
        "back_url": back_url,
        "exit_this_page": exit_this_page,
    }
    return render(request, "idp/privacy/given.html", context)


def _row(number: str, account: Account, application: Application) -> Disclosure | None:
    if not (number.isascii() and number.isdigit()):
        return None
    return queries.to(application, account).filter(pk=min(int(number[:20]), _HIGHEST)).first()


def _told(row: Disclosure) -> dict[str, Any]:
    hint = ngettext("Once, at {time}", "{count} times, the last at {time}", row.count).format(
        count=row.count, time=time_of_day(row.last_at)
    )
    return {
        "key": {"text": date_format(row.day, "j F Y")},
        "value": {
            "html": format_html('{}<div class="govuk-hint">{}</div>', _lines(row), hint),
        },
    }


def _lines(row: Disclosure) -> SafeString:
    names = row.claims.split()
    details = [str(label) for claim, label in LABELS.items() if claim in names]
    lines = details or [_("That it is you: a number only this service gets")]
    return format_html_join("", "<div>{}</div>", ((line,) for line in lines))
