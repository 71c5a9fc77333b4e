"""Words of an application's pages."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.assurance import Level
from clients.models import Application, ApplicationScope

LEVELS: Final[Mapping[Level, Promise]] = {
    Level.ONE_FACTOR: _("By a password, or more"),
    Level.TWO_FACTORS: _("By two factors, such as a password and a code"),
    Level.PHISHING_RESISTANT: _("By a passkey"),
}
BASES: Final[dict[str, Promise]] = {
    ApplicationScope.LawfulBasis.PUBLIC_TASK: _("Public task"),
    ApplicationScope.LawfulBasis.CONSENT: _("Consent"),
    ApplicationScope.LawfulBasis.CONTRACT: _("Contract"),
    ApplicationScope.LawfulBasis.LEGAL_OBLIGATION: _("Legal obligation"),
}
PROFILES: Final[dict[str, Promise]] = {
    Application.Profile.STANDARD: _("Standard"),
    Application.Profile.HIGH: _("High (FAPI 2.0)"),
}
# What may be asked of requests and tokens beside what always holds, by the part of a registration.
SAFEGUARDS: Final[dict[str, Promise]] = {
    "dpop_bound_access_tokens": _("Tokens are bound to a key of its own (DPoP)"),
    "certificate_bound_access_tokens": _("Tokens are bound to its certificate (mutual TLS)"),
    "requires_pushed_requests": _("It pushes its requests to us first (PAR)"),
    "requires_signed_requests": _("It signs its requests (JAR)"),
}
SAFEGUARD_HINTS: Final[dict[str, Promise]] = {
    "dpop_bound_access_tokens": _(
        "Without it, tokens are bound where a request brings a proof, and only there."
    ),
    "certificate_bound_access_tokens": _(
        "It comes with a certificate to every endpoint of mtls_endpoint_aliases."
    ),
    "requires_pushed_requests": _("Nobody can change or read them in the browser."),
    "requires_signed_requests": _("It needs public keys of its own."),
}
METHODS: Final[dict[str, Promise]] = {
    Application.AuthMethod.SECRET_BASIC: _("By a secret in the header (client_secret_basic)"),
    Application.AuthMethod.SECRET_POST: _("By a secret in the body (client_secret_post)"),
    Application.AuthMethod.PRIVATE_KEY_JWT: _("By a key of its own (private_key_jwt)"),
    Application.AuthMethod.TLS_CLIENT_AUTH: _("By a certificate of an authority (tls_client_auth)"),
    Application.AuthMethod.SELF_SIGNED_TLS_CLIENT_AUTH: _(
        "By a certificate of its own making (self_signed_tls_client_auth)"
    ),
    Application.AuthMethod.NONE: _("Not at all: it cannot keep a secret (none)"),
}
