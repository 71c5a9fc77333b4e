"""The words of a receipt on a page."""

from collections.abc import Callable
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.pages.moments import moment
from idp.models import Consent
from idp.oidc.sharing.wording import LABELS
from idp.privacy.details import WHY
from idp.receipts.record import Part, State, ended_at, parts, state

_STATES: Final[dict[State, Promise]] = {
    State.CURRENT: gettext_lazy("Valid until {day}"),
    State.REPLACED: gettext_lazy("Replaced by a newer one on {day}"),
    State.WITHDRAWN: gettext_lazy("Stopped by you on {day}"),
    State.CLOSED: gettext_lazy("Ended on {day}, when your account was closed"),
    State.EXPIRED: gettext_lazy("Ended on {day}"),
}


_CAME_ABOUT: Final[dict[Consent.Kind, Promise]] = {
    Consent.Kind.AGREED: gettext_lazy("You agreed on"),
    Consent.Kind.TOLD: gettext_lazy("We told you on"),
    Consent.Kind.CHANGED: gettext_lazy("You changed it on"),
}


def standing(agreement: Consent) -> str:
    """Return what has become of the agreement."""
    day = date_format(localtime(ended_at(agreement)), "j F Y")
    return str(_STATES[state(agreement)]).format(day=day)


def line(agreement: Consent) -> tuple[str, str]:
    """Return when the agreement was made, and what has become of it."""
    return moment(agreement.granted_at), standing(agreement)


def facts(agreement: Consent) -> list[dict[str, Any]]:
    """Return who, when and what became of it, as a summary list takes them."""
    rows = [
        (_("Service"), agreement.application_name),
        (_("Run by"), agreement.organisation_name),
        (str(_CAME_ABOUT[Consent.Kind(agreement.kind)]), moment(agreement.granted_at)),
        (_("What became of it"), standing(agreement)),
    ]
    number = format_html('<span class="borough-as-it-is">{}</span>', agreement.pk)
    return [
        *({"key": {"text": label}, "value": {"text": value}} for label, value in rows),
        {"key": {"text": _("Number of this receipt")}, "value": {"html": number}},
    ]


def shared(agreement: Consent) -> list[dict[str, Any]]:
    """Return the details that were to be shared because the resident agreed, and on which terms."""
    return _rows(agreement, lambda part: part.is_shared and not part.was_told)


def told(agreement: Consent) -> list[dict[str, Any]]:
    """Return likewise those of which they were told, and which nobody asked them for."""
    return _rows(agreement, lambda part: part.was_told)


def kept_back(agreement: Consent) -> list[dict[str, Any]]:
    """Return likewise those that the resident kept back."""
    return _rows(agreement, lambda part: not part.is_shared)


def _rows(agreement: Consent, belongs: Callable[[Part], bool]) -> list[dict[str, Any]]:
    return [_row(part, agreement) for part in parts(agreement) if belongs(part)]


def _row(part: Part, agreement: Consent) -> dict[str, Any]:
    first, *others = [line for line in _lines(part, agreement) if line]
    told = format_html_join("", "<div>{}</div>", ((line,) for line in others))
    html = format_html('{}<div class="govuk-hint">{}</div>', first, told)
    return {"key": {"text": part.scope.label}, "value": {"html": html}}


def _lines(part: Part, agreement: Consent) -> list[str | SafeString]:
    labels = ((LABELS[claim],) for claim in part.claims if claim in LABELS)
    names = format_html_join("", "<div>{}</div>", labels)
    terms = part.terms
    if terms is None:
        return [names or str(part.scope.explanation), _since(part, agreement)]
    retention = _("What is kept, and for how long: {text}").format(text=terms.retention)
    return [
        names or str(part.scope.explanation),
        _since(part, agreement),
        _("What for: {purpose}").format(purpose=terms.purpose),
        # What was kept back was asked for only if the resident agreed: no more is to be said.
        str(WHY[terms.lawful_basis]).format(organisation=agreement.organisation_name)
        if part.is_shared
        else "",
        retention if terms.retention else "",
        _notice(terms.privacy_notice, terms.notice_version),
    ]


def _since(part: Part, agreement: Consent) -> str:
    """Return when it came to be shared, if that was not when the agreement was made."""
    answer = part.answer
    if answer is None or answer.at == agreement.granted_at:
        return ""
    text = _("We told you on {day}") if part.was_told else _("You agreed to it on {day}")
    return text.format(day=date_format(localtime(answer.at), "j F Y"))


def _notice(address: str, version: str) -> SafeString | str:
    if not address:
        return ""
    words = _("Privacy notice, version {version}:").format(version=version)
    # In full: on paper nobody follows a link.
    return format_html(
        '{} <a class="govuk-link borough-address" href="{}" rel="noreferrer">{}</a>',
        words if version else _("Privacy notice:"),
        address,
        address,
    )
