"""What an application's program must do, beside what every OpenID Connect library does."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.applications.columns import kind_of
from clients.applications.form.rules import returns
from clients.models import Application

_BY_CERTIFICATE: Final = {
    Application.AuthMethod.TLS_CLIENT_AUTH,
    Application.AuthMethod.SELF_SIGNED_TLS_CLIENT_AUTH,
}


class Demand(StrEnum):
    """One thing that the application's program must be able to do."""

    KEY = "key"
    AUDIENCE = "audience"
    CERTIFICATE = "certificate"
    DPOP = "dpop"
    PUSHED = "pushed"
    SIGNED = "signed"
    HTTPS = "https"


# As the end of "this application must".
DEMANDS: Final[Mapping[Demand, Promise]] = {
    Demand.KEY: _("prove itself by an assertion that it signs (private_key_jwt)"),
    Demand.AUDIENCE: _(
        "have the issuer alone as aud of the assertion, as a text and not as a list"
    ),
    Demand.CERTIFICATE: _(
        "come with its certificate (mutual TLS) to the addresses that mtls_endpoint_aliases names"
    ),
    Demand.DPOP: _(
        "prove at each request that it holds a key (DPoP), and try again with the nonce that it is"
        " given"
    ),
    Demand.PUSHED: _("push each request to us before it sends anybody to sign in (PAR)"),
    Demand.SIGNED: _("sign its requests by a key of its own (JAR)"),
    Demand.HTTPS: _("have an https address for people to come back to, in the sandbox too"),
}


def demands_of(application: Application) -> frozenset[Demand]:
    """Return all that the application's program must be able to do."""
    method = application.token_endpoint_auth_method
    asks_people = returns(kind_of(application))
    is_high = application.profile == Application.Profile.HIGH
    by_certificate = method in _BY_CERTIFICATE or application.certificate_bound_access_tokens
    found = {
        Demand.KEY: method == Application.AuthMethod.PRIVATE_KEY_JWT,
        Demand.AUDIENCE: is_high and method == Application.AuthMethod.PRIVATE_KEY_JWT,
        Demand.CERTIFICATE: by_certificate,
        Demand.DPOP: application.dpop_bound_access_tokens,
        Demand.PUSHED: asks_people and application.requires_pushed_requests,
        Demand.SIGNED: asks_people and application.requires_signed_requests,
        Demand.HTTPS: asks_people and is_high,
    }
    return frozenset(demand for demand, holds in found.items() if holds)
