"""A registration as the columns of an application's row, and back."""

from dataclasses import asdict, fields
from typing import Any

from accounts.assurance import Level
from clients.applications.callbacks.rules import Callbacks
from clients.applications.certificates.rules import Certificate
from clients.applications.keys.rules import Keys, stored_set
from clients.applications.registration import (
    DEVICE_GRANT,
    Addresses,
    Kind,
    Profile,
    Registration,
    ScopeWanted,
)
from clients.applications.requests.rules import Pkce, Requests
from clients.models import Application

# Parts that are columns of the same name.
_SAME = (
    *("name", "home_url", "privacy_url", "other_way", "terms_url", "logo_uri"),
    *(
        "minimum_level",
        "is_sensitive",
        "receives_events",
        "algorithm",
        "userinfo_algorithm",
        "assertion_algorithm",
    ),
    *("sector_identifier_uri", "skips_sharing"),
)


def columns_of(registration: Registration) -> dict[str, Any]:
    """Return all columns that a registration fills, but for the names that it is given for life."""
    kind, environment = registration.kind, Application.Environment
    default_method = "client_secret_basic" if kind.keeps_secret else "none"
    groups = registration.callbacks, registration.certificate, registration.requests
    grouped = {part: value for group in groups for part, value in asdict(group).items()}
    return {
        **{part: getattr(registration, part) for part in _SAME},
        **{part: _as_stored(value) for part, value in grouped.items()},
        "profile": registration.profile,
        "environment": environment.LIVE if registration.live else environment.SANDBOX,
        "application_type": "native" if kind is Kind.NATIVE else "web",
        "client_type": "confidential" if kind.keeps_secret else "public",
        "token_endpoint_auth_method": registration.auth_method or default_method,
        "jwks": stored_set(registration.keys.jwks),
        "jwks_uri": registration.keys.jwks_uri,
        "grant_types": _grant_types(registration),
        "redirect_uris": " ".join(registration.addresses.redirect_uris),
        "post_logout_redirect_uris": " ".join(registration.addresses.post_logout_redirect_uris),
        "contacts": list(registration.contacts),
    }


def described(application: Application) -> Registration:
    """Return the registration that an application's row and its scopes stand for."""
    columns = {part: getattr(application, part) for part in _SAME}
    columns["minimum_level"] = Level(application.minimum_level)
    names = (field.name for field in fields(ScopeWanted))
    scopes = application.scopes.order_by("pk").values_list(*names)
    return Registration(
        **columns,
        slug=application.slug,
        kind=kind_of(application),
        profile=Profile(application.profile),
        live=application.environment == Application.Environment.LIVE,
        auth_method=application.token_endpoint_auth_method,
        addresses=Addresses(
            tuple(application.redirect_uris.split()),
            tuple(application.post_logout_redirect_uris.split()),
        ),
        scopes=tuple(ScopeWanted(*scope) for scope in scopes),
        keys=Keys(application.jwks, application.jwks_uri),
        callbacks=Callbacks(**_group(application, Callbacks)),
        certificate=Certificate(**_group(application, Certificate)),
        requests=Requests(**{**_group(application, Requests), "pkce": Pkce(application.pkce)}),
        contacts=tuple(application.contacts),
        sector_identifier=application.sector_identifier,
    )


def kind_of(application: Application) -> Kind:
    """Return what runs the application."""
    if application.grant_types == ["client_credentials"]:
        return Kind.SERVICE
    if DEVICE_GRANT in application.grant_types:
        return Kind.DEVICE
    if application.application_type == Application.Type.NATIVE:
        return Kind.NATIVE
    public = application.client_type == Application.CLIENT_PUBLIC
    return Kind.SPA if public else Kind.WEB


def _grant_types(registration: Registration) -> list[str]:
    if registration.kind is Kind.SERVICE:
        return ["client_credentials"]
    offline = any(wanted.scope == "offline_access" for wanted in registration.scopes)
    grant = DEVICE_GRANT if registration.kind is Kind.DEVICE else "authorization_code"
    own_name = ["client_credentials"] if registration.receives_events else []
    return [grant, *(["refresh_token"] if offline else []), *own_name]


def _group(
    application: Application, group: type[Callbacks] | type[Certificate] | type[Requests]
) -> dict[str, Any]:
    names = (field.name for field in fields(group))
    return {name: _as_told(getattr(application, name)) for name in names}


def _as_stored(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _as_told(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
