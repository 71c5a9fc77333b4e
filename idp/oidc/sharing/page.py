"""What the sharing page shows: every detail with its value, and what it is for."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.profile.way_back import Way
from clients.models import Application, ApplicationScope
from clients.scopes import SCOPES, Scope
from idp.models import AuthorizationRequest
from idp.oidc import claims_parameter
from idp.oidc.optional import ToShare
from idp.oidc.sharing import missing
from idp.oidc.sharing.addresses import NO_CHOICE, Addresses
from idp.oidc.sharing.wording import LABELS, REASONS, SAID, said, shown


@dataclass(frozen=True)
class Detail:
    """One line of the page: a scope, the values it releases, and what the application says of it.

    Or of a scope that is not asked for, the claims that are asked for one by one. `notice` is the
    privacy notice's address and version. `missing`: claims without a value that may be given one.
    `is_open`: some of it is not given, and the agreement covers it once it is.
    """

    scope: str
    label: str | Promise
    values: list[str]
    purpose: str
    basis: str
    retention: str = ""
    notice: tuple[str, str] = ("", "")
    version: int = 0
    is_optional: bool = False
    missing: tuple[str, ...] = ()
    is_open: bool = False


def details(
    row: AuthorizationRequest,
    values: dict[str, Any],
    asked: ToShare,
    *,
    offered: Addresses = NO_CHOICE,
) -> list[Detail]:
    """Return what the application would get of these values, in the catalogue's order.

    Instead of the address that it gets stands that it is chosen on the page where several are
    `offered`.
    """
    shown_details = []
    for scope in SCOPES.values():
        single = [claim for claim in scope.claims if claim in asked.claim_names]
        reason = asked.told.get(scope.name)
        if scope.name in asked.scopes:
            detail = _detail(scope, values, reason)
        elif single:
            detail = _single(scope, single, values, reason)
        else:
            continue
        is_optional = scope.name in asked.optional
        # A made-up person has no account pages to give anything on.
        is_made_up = row.application.test_group is not None
        wanted = [] if is_made_up else _wanted(single, values, asked)
        to_give = missing.of(wanted, values)
        detail = replace(detail, is_optional=is_optional, missing=to_give)
        shown_details.append(_with_terms(detail, reason, row.application))
    return [_to_choose(detail) for detail in shown_details] if offered else shown_details


def _wanted(names: list[str], values: dict[str, Any], asked: ToShare) -> list[str]:
    """Return the claims of a scope that somebody may want to give on the way.

    Those that are asked for by name, and all of which none is there. Nobody is led to give a date
    of birth only because it is among what a service gets that asks for a name.
    """
    by_name = claims_parameter.names(asked.claims)
    none_there = values.keys().isdisjoint(names)
    return [name for name in names if none_there or name in by_name]


def fingerprint(
    application: Application, shown_details: list[Detail], offered: Addresses = NO_CHOICE
) -> str:
    """Return what an answer is about: whom one shares with, what, and on which terms.

    Part of the form's verifier: if it changes before the answer comes, the page is shown again.
    """
    parts = [application.name, application.organisation.name]
    for detail in shown_details:
        parts += [detail.scope, detail.purpose, detail.basis, *detail.values]
        parts += [detail.retention, *detail.notice, str(detail.version)]
    parts += offered.shown()
    return "\0".join(parts)


def rows(shown_details: list[Detail], *, back_to: Way) -> list[dict[str, Any]]:
    """Return the details that the service needs as a summary list takes them.

    Each with a way to the pages where what is missing is added, and back by this way.
    """
    return [
        {
            "key": {"text": detail.label},
            "value": {"html": _value(detail)},
            "actions": {"items": missing.links(detail.missing, back_to=back_to)},
        }
        for detail in shown_details
        if not detail.is_optional
    ]


def choices(shown_details: list[Detail], agreed: Collection[str]) -> list[dict[str, Any]]:
    """Return the details that one may keep back as checkboxes take them.

    Ticked are those that were agreed to before (`agreed`, scopes): never one that is new.
    """
    return [
        {
            "value": detail.scope,
            "html": _choice(detail),
            "hint": {"text": detail.purpose},
            "checked": detail.scope in agreed,
        }
        for detail in shown_details
        if detail.is_optional
    ]


def missing_choices(shown_details: list[Detail], *, back_to: Way) -> list[dict[str, Any]]:
    """Return likewise what is missing of the details that one may keep back."""
    names = [name for detail in shown_details if detail.is_optional for name in detail.missing]
    return missing.links(names, back_to=back_to)


def is_open(shown_details: list[Detail], *, optional: bool) -> bool:
    """Whether something that is needed, or `optional`, is shared only once it is given."""
    return any(detail.is_open for detail in shown_details if detail.is_optional is optional)


def reasons(application: Application, shown_details: list[Detail]) -> list[str]:
    """Return on which basis in law the organisation asks for each detail."""
    organisation = application.organisation.name
    return [
        str(REASONS[detail.basis]).format(details=detail.label, organisation=organisation)
        for detail in shown_details
        if detail.basis in REASONS
    ]


def _detail(scope: Scope, values: dict[str, Any], reason: ApplicationScope | None) -> Detail:
    # What may be given later is named too: the agreement covers it.
    to_give = missing.of(scope.claims, values)
    released = [claim for claim in scope.claims if claim in values or claim in to_give]
    label: str | Promise = scope.label
    if scope.name == "openid":
        lines = [_("A number only this service gets")]
    elif not scope.claims:
        lines = [str(scope.explanation)]
    else:
        label, lines = _lines(scope, released, values)
    is_open = bool(to_give) or not lines
    return replace(_with_reason(scope, label, lines, reason), is_open=is_open)


def _to_choose(detail: Detail) -> Detail:
    if detail.scope != "email":
        return detail
    return replace(detail, label=LABELS["email"], values=[_("The one that you choose below")])


def _single(
    scope: Scope, names: list[str], values: dict[str, Any], reason: ApplicationScope | None
) -> Detail:
    """Return the line of claims that are asked for one by one: each is named, with a value or not.

    The agreement covers their names, and so a value that comes later.
    """
    label, lines = _lines(scope, names, values)
    is_open = not values.keys() >= set(names)
    return replace(_with_reason(scope, label, lines, reason), is_open=is_open)


def _with_reason(
    scope: Scope, label: str | Promise, lines: list[str], reason: ApplicationScope | None
) -> Detail:
    purpose, basis = (reason.purpose, reason.lawful_basis) if reason else ("", "")
    return Detail(scope.name, label, lines or [_("Not given")], purpose, basis)


def _with_terms(
    detail: Detail, reason: ApplicationScope | None, application: Application
) -> Detail:
    if reason is None:
        return detail
    notice = reason.privacy_notice or application.privacy_url, reason.notice_version
    return replace(detail, retention=reason.retention, notice=notice, version=reason.version)


def _lines(
    scope: Scope, names: list[str], values: dict[str, Any]
) -> tuple[str | Promise, list[str]]:
    """Return the line's label and values: a lone value needs no label of its own."""
    facts = [said(claim, values[claim]) for claim in names if claim in SAID and claim in values]
    told = {
        claim: shown(claim, values[claim]) if claim in values else _("Not given")
        for claim in names
        if claim not in SAID or claim not in values
    }
    if len(told) == 1:
        (claim, value), *_rest = told.items()
        return LABELS[claim], [value, *facts]
    return scope.label, [*(f"{LABELS[claim]}: {value}" for claim, value in told.items()), *facts]


def _choice(detail: Detail) -> SafeString:
    lines = format_html_join("", "<div>{}</div>", ((value,) for value in detail.values))
    return format_html("<strong>{}</strong>{}", detail.label, lines)


def _value(detail: Detail) -> SafeString:
    lines = format_html_join("", "<div>{}</div>", ((value,) for value in detail.values))
    if not detail.purpose:
        return lines
    return format_html('{}<div class="govuk-hint">{}</div>', lines, detail.purpose)
