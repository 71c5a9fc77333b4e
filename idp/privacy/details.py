"""What a service gets of somebody: each detail, what it is for, why, and how long it is kept."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Application, ApplicationScope
from clients.scopes import SCOPES, Scope
from idp.models import Consent
from idp.oidc.sharing.wording import LABELS

Basis = ApplicationScope.LawfulBasis
# Why the organisation may have it (UK GDPR article 6(1)).
WHY: Final[dict[str, Promise]] = {
    Basis.PUBLIC_TASK: gettext_lazy("{organisation} needs it for work the law gives it."),
    Basis.LEGAL_OBLIGATION: gettext_lazy("The law requires {organisation} to know it."),
    Basis.CONTRACT: gettext_lazy("{organisation} needs it to give you what you ask it for."),
    Basis.CONSENT: gettext_lazy("Only because you agreed to it."),
}
# What follows from that once it gets no more (articles 7(3), 17, 21).
AFTERWARDS: Final[dict[str, Promise]] = {
    Basis.PUBLIC_TASK: gettext_lazy("It may keep what it needs for work the law gives it."),
    Basis.LEGAL_OBLIGATION: gettext_lazy("It must keep what the law says."),
    Basis.CONTRACT: gettext_lazy("It may keep what it needs to settle what you asked it for."),
    Basis.CONSENT: gettext_lazy(
        "It has this only because you agreed: you can ask for it to be deleted."
    ),
}


@dataclass(frozen=True)
class Detail:
    """One detail that the service gets, and what it says of it; empty where it says nothing."""

    labels: list[str]
    basis: str
    purpose: str
    retention: str
    notice: str


def of(agreement: Consent) -> list[Detail]:
    """Return what the agreement covers, in the catalogue's order."""
    told = {row.scope: row for row in agreement.application.scopes.all()}
    whole = {claim for name in agreement.scopes if name in SCOPES for claim in SCOPES[name].claims}
    return [
        _detail(labels, told.get(scope.name), agreement.application)
        for scope in SCOPES.values()
        if (labels := _labels(scope, agreement, whole))
    ]


def rows(details: list[Detail], organisation: str) -> list[dict[str, Any]]:
    """Return the details as a summary list takes them: what each is for, why, how long kept."""
    return [
        _row(
            detail,
            [
                detail.purpose,
                _said(WHY, detail, organisation),
                _("Kept: {how_long}").format(how_long=detail.retention) if detail.retention else "",
            ],
            detail.notice,
        )
        for detail in details
    ]


def kept(details: list[Detail], organisation: str) -> list[dict[str, Any]]:
    """Return the details as a summary list takes them: what may be kept of each once it ends."""
    return [
        _row(detail, [detail.retention, _said(AFTERWARDS, detail, organisation)])
        for detail in details
    ]


def _labels(scope: Scope, agreement: Consent, whole: set[str]) -> list[str]:
    if scope.name in agreement.scopes:
        return [str(scope.label)]
    single = [claim for claim in scope.claims if claim in agreement.claims and claim not in whole]
    return [str(LABELS[claim]) for claim in single if claim in LABELS]


def _detail(labels: list[str], told: ApplicationScope | None, application: Application) -> Detail:
    if told is None:
        # The service may no longer ask for it.
        return Detail(labels, "", "", "", "")
    own = told.privacy_notice if told.privacy_notice != application.privacy_url else ""
    return Detail(labels, told.lawful_basis, told.purpose, told.retention, own)


def _said(words: dict[str, Promise], detail: Detail, organisation: str) -> str:
    return str(words.get(detail.basis, "")).format(organisation=organisation)


def _row(detail: Detail, lines: list[str], notice: str = "") -> dict[str, Any]:
    key = format_html_join("", "<div>{}</div>", ((label,) for label in detail.labels))
    first, *others = [line for line in lines if line] or [""]
    hint = format_html_join("", "<div>{}</div>", ((line,) for line in others))
    told = format_html('{}<div class="govuk-hint">{}</div>', first, hint)
    return {"key": {"html": key}, "value": {"html": told + _link(notice)}}


def _link(notice: str) -> SafeString:
    if not notice:
        return SafeString()
    words = _("Its privacy notice")
    return format_html(
        '<div><a class="govuk-link" href="{}" rel="noreferrer">{}</a></div>', notice, words
    )
