"""What the first page of an application lists, by subject."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.applications.certificates.rules import SubjectKind
from clients.applications.certificates.wording import SUBJECT_KINDS
from clients.applications.columns import described
from clients.applications.logo import queries as logos
from clients.applications.pages.forms import PARTS
from clients.applications.pages.wording import BASES, LEVELS, METHODS, PROFILES, SAFEGUARDS
from clients.applications.registration import Kind, Registration
from clients.applications.wording import KINDS
from clients.models import Application

_ACTIONS = {
    "names": _("Change name and pages"),
    "addresses": _("Change addresses"),
    "scopes": _("Choose scopes"),
    "level": _("Change the strength of sign-in"),
    "contacts": _("Change contacts"),
    "certificate": _("Change the name in its certificate"),
    "safeguards": _("Change what must hold"),
}


@dataclass(frozen=True)
class Row:
    """One fact; `code`: it is for programs. `address` changes this fact alone."""

    key: Promise | str
    values: tuple[object, ...]
    code: bool = False
    address: str = ""


@dataclass(frozen=True)
class Section:
    """The facts of one subject, and where they are changed, if they may be."""

    heading: Promise
    rows: list[Row] = field(default_factory=list)
    address: str = ""
    action: Promise | str = ""
    picture: str = ""


def sections(application: Application, *, may_change: bool) -> list[Section]:
    """Return what is registered, subject by subject."""
    registration = described(application)
    told = [Section(_("For your program"), list(_program(application, registration)))]
    rows = {
        "names": _names(registration),
        "addresses": _addresses(registration),
        "scopes": _scopes(application, registration, may_change=may_change),
        "level": [Row(_("At least"), (LEVELS[registration.minimum_level],))],
        "contacts": [Row(_("Whom to ask"), registration.contacts, code=True)],
        "certificate": _certificate(application),
        "safeguards": _safeguards(application),
    }
    for part, form in PARTS.items():
        if form.concerns(registration):
            address = page_of("change", application, part) if may_change else ""
            told.append(Section(form.heading, list(rows[part]), address, _ACTIONS[part]))
    if registration.kind is not Kind.SERVICE:
        told.append(_logo(application, may_change=may_change))
    return told


def _logo(application: Application, *, may_change: bool) -> Section:
    ids = [application.organisation.slug, application.slug]
    address = reverse("logos:change", args=ids) if may_change else ""
    picture = logos.address(application)
    rows = [] if picture else [Row(_("Picture"), ())]
    return Section(_("Logo"), rows, address, _("Change the logo"), picture)


def page_of(name: str, application: Application, *more: str) -> str:
    """Return the address of one of the application's pages."""
    ids = [application.organisation.slug, application.slug, *more]
    return reverse(f"applications:{name}", args=ids)


def _program(application: Application, registration: Registration) -> Iterable[Row]:
    yield Row(_("Client ID"), (application.client_id,), code=True)
    yield Row(_("Kind"), (KINDS[registration.kind],))
    yield Row(_("Authenticates"), (METHODS[application.token_endpoint_auth_method],))
    yield Row(_("PKCE"), (_("Required") if application.pkce == "required" else _("Optional"),))
    yield Row(_("Profile"), (PROFILES[application.profile],))
    yield Row(_("ID tokens are signed by"), (application.algorithm,), code=True)


def _certificate(application: Application) -> Iterable[Row]:
    if kind := application.certificate_subject_kind:
        yield Row(SUBJECT_KINDS[SubjectKind(kind)], (application.certificate_subject,), code=True)


def _safeguards(application: Application) -> Iterable[Row]:
    held = [words for part, words in SAFEGUARDS.items() if getattr(application, part)]
    yield Row(_("Always"), tuple(held) or (_("PKCE; all else is as each request has it"),))


def _names(registration: Registration) -> Iterable[Row]:
    yield Row(_("Name"), (registration.name,))
    yield Row(_("Home page"), _if_any(registration.home_url), code=True)
    yield Row(_("Privacy notice"), _if_any(registration.privacy_url), code=True)
    yield Row(_("Terms of use"), _if_any(registration.terms_url), code=True)
    yield Row(_("Without an account"), _if_any(registration.other_way))


def _addresses(registration: Registration) -> Iterable[Row]:
    addresses, callbacks = registration.addresses, registration.callbacks
    yield Row(_("Redirect URIs"), addresses.redirect_uris, code=True)
    yield Row(_("After signing out"), addresses.post_logout_redirect_uris, code=True)
    yield Row(_("Back-channel logout"), _if_any(callbacks.backchannel_logout_uri), code=True)
    yield Row(_("Front-channel logout"), _if_any(callbacks.frontchannel_logout_uri), code=True)
    yield Row(_("Login initiation"), _if_any(callbacks.initiate_login_uri), code=True)


def _scopes(
    application: Application, registration: Registration, *, may_change: bool
) -> Iterable[Row]:
    for one in registration.scopes:
        address = page_of("scope", application, one.scope) if may_change else ""
        facts = (one.purpose, BASES[one.lawful_basis], *_if_any(one.retention))
        yield Row(one.scope, facts, address=address)


def _if_any(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
