"""Which profile to choose and why, and what each way to prove itself needs."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.applications.certificates.rules import SELF_SIGNED, TLS_CLIENT_AUTH
from clients.applications.keys import pem
from clients.applications.pages import wording as pages
from clients.applications.registration import Profile

PRIVATE_KEY_JWT: Final = "private_key_jwt"
BY_PROOF, BY_CERTIFICATE = "dpop", "certificate"

PROFILE_HINTS: Final[dict[str, Promise]] = {
    Profile.STANDARD: _(
        "For most services. It is safe, and every OpenID Connect library can do it."
    ),
    Profile.HIGH: _(
        "For services that pay out money, hand out health data or end a tenancy. A stolen token is "
        "of no use, and nobody can change a request on its way."
    ),
}
METHODS: Final = {
    one: pages.METHODS[one] for one in (PRIVATE_KEY_JWT, TLS_CLIENT_AUTH, SELF_SIGNED)
}
METHOD_HINTS: Final[dict[str, Promise]] = {
    PRIVATE_KEY_JWT: _("Choose this if you are not sure. You give us its public key."),
    TLS_CLIENT_AUTH: _(
        "If an authority that the council trusts signs your certificates. You give us the name in "
        "them."
    ),
    SELF_SIGNED: _("You give us its public key. A new certificate may have the same key."),
}
# To type where the certificate shall be: the first makes it, the second prints what may be shown.
_CERTIFICATE: Final = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 \\\n"
    '  -subj "/CN=try-it-out" -keyout certificate-key.pem -out certificate.pem\n'
    "openssl x509 -in certificate.pem -pubkey -noout"
)
COMMANDS: Final = {PRIVATE_KEY_JWT: pem.COMMANDS, SELF_SIGNED: _CERTIFICATE}
BINDINGS: Final[dict[str, Promise]] = {
    BY_PROOF: _("To a key that it proves to hold (DPoP)"),
    BY_CERTIFICATE: _("To its certificate (mutual TLS)"),
}
BINDING_HINTS: Final[dict[str, Promise]] = {
    BY_PROOF: _("It works through every web server. Your library must know DPoP (RFC 9449)."),
    BY_CERTIFICATE: _("It comes with a certificate to every call (RFC 8705)."),
}
