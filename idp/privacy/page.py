"""What the page of services shows."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import Account
from accounts.pages.moments import moment
from clients.scopes import SCOPES
from idp.models import Consent
from idp.oidc import initiation
from idp.oidc.sharing import addresses
from idp.oidc.sharing.addresses import Addresses
from idp.oidc.sharing.wording import LABELS
from idp.privacy import queries
from idp.privacy.choosing import choices


@dataclass(frozen=True)
class Service:
    """One service: its name, where one goes on to it, and what the resident agreed to.

    `is_marked`: the council keeps it out of sight, whatever the resident chooses. `has_choices`:
    something was asked for that the resident may keep back. `has_addresses`: it gets an email
    address, and the resident has several.
    """

    name: str
    slug: str
    address: str
    is_marked: bool
    has_choices: bool
    has_addresses: bool
    rows: list[dict[str, Any]]


def services(account: Account, *, private: bool = False) -> list[Service]:
    """Return the services that the account shares details with, or those kept out of sight."""
    own = addresses.offered(account)
    rows = queries.agreements(account, private=private)
    return [_service(agreement, own) for agreement in rows]


def _service(agreement: "queries.Agreement", own: Addresses) -> Service:
    application = agreement.application
    given = own.given(agreement.email_id) if "email" in agreement.claims else None
    return Service(
        application.name,
        application.slug,
        initiation.address(application),
        application.is_sensitive,
        bool(choices(agreement)),
        given is not None,
        [
            _row(_("Run by"), text=application.organisation.name),
            _row(_("What you share"), html=_shared(agreement)),
            *([_row(_("Which email address"), text=given.address)] if given else []),
            _since(agreement),
            _row(_("Last used"), text=_last_use(agreement)),
        ],
    )


def _since(agreement: Consent) -> dict[str, Any]:
    day = date_format(localtime(agreement.granted_at), "j F Y")
    if agreement.kind == Consent.Kind.AGREED:
        return _row(_("You agreed on"), text=day)
    told = _("You were not asked: the law gives {organisation} this work.").format(
        organisation=agreement.application.organisation.name
    )
    html = format_html('{}<div class="govuk-hint">{}</div>', day, told)
    return _row(_("We told you on"), html=html)


def _last_use(agreement: "queries.Agreement") -> str:
    return moment(agreement.last_use) if agreement.last_use else _("Not yet")


def _shared(agreement: Consent) -> SafeString:
    """Return what is shared, a line each: whole scopes, and claims that were asked for alone."""
    scopes = [scope for name, scope in SCOPES.items() if name in agreement.scopes]
    by_scope = {claim for scope in scopes for claim in scope.claims}
    single = set(agreement.claims) - by_scope
    labels = [
        *(scope.label for scope in scopes),
        *(label for claim, label in LABELS.items() if claim in single),
    ]
    return format_html_join("", "<div>{}</div>", ((label,) for label in labels))


def _row(label: str, **value: str) -> dict[str, Any]:
    return {"key": {"text": label}, "value": value}
