"""Since when a service gets what it gets: agreed to, told and not asked, or changed since."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clients.scopes import SCOPES
from idp.consent import queries as consents
from idp.consent.rules import How, of_scope
from idp.models import Consent
from idp.oidc.sharing.wording import LABELS


def rows(agreement: Consent) -> list[dict[str, Any]]:
    """Return what there is of these, each with its day, as a summary list takes it."""
    answers = consents.agreed_of(agreement).answers()
    agreed = {name: answer.at for name, answer in answers.items() if answer.how is How.AGREED}
    told = {name: answer.at for name, answer in answers.items() if answer.how is How.TOLD}
    found = []
    if agreed:
        found.append(_row(_("You agreed on"), text=_day(max(agreed.values()))))
    if told:
        about = "" if not agreed else _labels(told)
        found.append(_row(_("We told you on"), html=_told(agreement, max(told.values()), about)))
    if agreement.kind == Consent.Kind.CHANGED:
        found.append(_row(_("You changed it on"), text=_day(agreement.granted_at)))
    return found


def _told(agreement: Consent, at: datetime, about: str) -> str:
    asked = _("You were not asked: the law gives {organisation} this work.").format(
        organisation=agreement.application.organisation.name
    )
    of_what = _("About: {details}.").format(details=about) if about else ""
    return format_html('{}<div class="govuk-hint">{} {}</div>', _day(at), of_what, asked)


def _labels(told: Collection[str]) -> str:
    """Return what it was that nobody agreed to: whole scopes, or claims of others."""
    labels = [
        label
        for name, scope in SCOPES.items()
        for label in (
            [scope.label]
            if of_scope(name) in told
            else [LABELS[claim] for claim in scope.claims if claim in told and claim in LABELS]
        )
    ]
    return "; ".join(str(label) for label in labels)


def _day(at: datetime) -> str:
    return date_format(localtime(at), "j F Y")


def _row(label: str, **value: str) -> dict[str, Any]:
    return {"key": {"text": label}, "value": value}
