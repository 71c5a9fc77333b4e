"""Why public keys were refused, in words that say what to give instead."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.security.outgoing.rules import UrlProblem
from clients.applications.keys.rules import KeysProblem

KEYS_PROBLEMS: Final[dict[StrEnum, Promise]] = {
    KeysProblem.NOT_A_SET: _("The keys must be a JWK Set: an object with a list named keys"),
    KeysProblem.TOO_LARGE: _("The keys are too large: give only public keys for signatures"),
    KeysProblem.TOO_MANY: _("Give at most 20 keys"),
    KeysProblem.PRIVATE: _("The key is private: keep it, make a new one and give its public half"),
    KeysProblem.SYMMETRIC: _("The key is a shared secret: give a public key"),
    KeysProblem.WEAK: _("The key is too weak: make another, by RSA with at least 2048 bits"),
    KeysProblem.MALFORMED: _("The key cannot be read as the public key that it says it is"),
    KeysProblem.KID_UNFIT: _("The kid of a key must be a text of 1 to 200 characters"),
    KeysProblem.KID_REPEATED: _("Two keys have the same kid"),
    KeysProblem.KID_MISSING: _("Give each key a kid where there are several"),
    KeysProblem.NONE_FITS: _(
        "No key is for signatures by ES256, RS256, PS256 or EdDSA: give one that is"
    ),
    KeysProblem.MISSING: _("Give the public keys, or the address where they are"),
    KeysProblem.TWICE: _("Give either the public keys or the address where they are, not both"),
    UrlProblem.EMPTY: _("Enter an address"),
    UrlProblem.TOO_LONG: _("The address is too long"),
    UrlProblem.CHARACTER: _("The address holds a character that no address may hold"),
    UrlProblem.SCHEME: _("The address must start with https://"),
    UrlProblem.USERINFO: _("The address must not hold a user name or password (@)"),
    UrlProblem.HOST: _("The address needs a full host name"),
    UrlProblem.HOST_IS_NUMBER: _("The address needs a host name, not a number"),
    UrlProblem.HOST_INSIDE: _("The address must be on the public internet"),
    UrlProblem.PORT: _("The port must be 443, or one from 1024 to 65535"),
}
