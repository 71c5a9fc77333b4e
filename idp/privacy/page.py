"""What the lists of services show, and the page of one service."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import Account
from accounts.pages.moments import moment
from accounts.sessions.middleware import BoroughRequest
from clients.models import Application
from idp.consent import queries as consents
from idp.models import Consent
from idp.oidc import initiation
from idp.oidc.sharing import addresses
from idp.privacy import details, earlier, queries, since
from idp.privacy.choosing import choices
from idp.privacy.places import Place


@dataclass(frozen=True)
class Listed:
    """One line of a list: a service, the page about it, and where one goes on to it."""

    name: str
    organisation: str
    page: str
    address: str
    last_use: str
    ends: str = ""


def connected(account: Account, place: Place) -> list[Listed]:
    """Return the services that the account shares details with, in this place."""
    rows = queries.agreements(account, private=place.private)
    return [_listed(agreement, place) for agreement in rows]


def former(account: Account, place: Place) -> list[dict[str, str]]:
    """Return the services that the account no longer shares with, and the pages about them."""
    rows = queries.former(account, private=place.private)
    return [{"name": row.name, "page": place.address("service", row.slug)} for row in rows]


def show(request: BoroughRequest, account: Account, service: str, place: Place) -> HttpResponse:
    """Show one service that the account shares with, or once did."""
    rows = queries.agreements(account, private=place.private).select_related("account")
    agreement = rows.filter(application__slug=service).first()
    if agreement is not None:
        return render(request, "idp/privacy/service.html", _shared(agreement, place))
    application = queries.known_service(account, service=service, private=place.private)
    if application is None:
        raise Http404
    words = _no_longer(account, application, place)
    return render(request, "idp/privacy/former.html", words)


def _shared(agreement: "queries.Agreement", place: Place) -> dict[str, Any]:
    application = agreement.application
    told = details.of(agreement)
    own = addresses.offered(agreement.account, agreement.claims)
    given = own.given(consents.mailbox_of(agreement)) if own else None
    return {
        **about(application, place),
        "earlier": earlier.accounts(agreement.account, application, place),
        "only_by_choice": only_by_choice(told),
        "rows": [
            _row(_("Run by"), text=application.organisation.name),
            *_address(agreement, given.address if given else ""),
            *since.rows(agreement),
            _row(_("Last used"), text=_last_use(agreement) or _("Not yet")),
        ],
        "details": details.rows(told, application.organisation.name),
        "has_choices": bool(choices(agreement)),
        "has_addresses": bool(own),
    }


def _no_longer(account: Account, application: Application, place: Place) -> dict[str, Any]:
    last = queries.last_stop(account, service=application.slug, private=place.private)
    return {
        **about(application, place),
        "earlier": earlier.accounts(account, application, place),
        "stopped_at": moment(last.withdrawn_at) if last and last.withdrawn_at else "",
        "ended_with_account": last is not None and last.ended_with_account,
        "is_blocked": consents.is_blocked(account, application),
    }


def about(application: Application, place: Place) -> dict[str, Any]:
    """Return what every page about one service needs."""
    pages = ("given", "choose", "choose_email", "stop", "stopped", "block")
    return {
        "application": application,
        "address": initiation.address(application),
        "links": {
            **{name: place.address(name, application.slug) for name in pages},
            "receipts": place.receipts(application.slug),
        },
        "back_url": place.services,
        "exit_this_page": place.private,
        "is_private": place.private,
    }


def only_by_choice(told: list[details.Detail]) -> bool:
    """Say whether the service has all that it has only because the resident agreed."""
    return all(detail.basis == details.Basis.CONSENT for detail in told)


def _listed(agreement: "queries.Agreement", place: Place) -> Listed:
    application = agreement.application
    return Listed(
        application.name,
        application.organisation.name,
        place.address("service", application.slug),
        initiation.address(application),
        _last_use(agreement),
        date_format(localtime(application.retires_at), "j F Y") if application.retires_at else "",
    )


def _address(agreement: Consent, given: str) -> list[dict[str, Any]]:
    if consents.lost_address(agreement):
        given = _("None: the one that you chose was removed, or marked as not safe")
    return [_row(_("Which email address"), text=given)] if given else []


def _last_use(agreement: "queries.Agreement") -> str:
    return moment(agreement.last_use) if agreement.last_use else ""


def _row(label: str, **value: str) -> dict[str, Any]:
    return {"key": {"text": label}, "value": value}
