"""Why a registration is not fit for the high profile, in words that name the rule."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from clients.applications.high.rules import SECTIONS, HighProblem

_WORDS: Final[dict[HighProblem, Promise]] = {
    HighProblem.PUBLIC: _("The high profile is for websites with a server and for programs"),
    HighProblem.METHOD: _(
        "In the high profile an application authenticates by private_key_jwt, tls_client_auth or "
        "self_signed_tls_client_auth"
    ),
    HighProblem.UNBOUND: _(
        "In the high profile tokens are bound: to a key (DPoP) or to the application’s certificate"
    ),
    HighProblem.NOT_PUSHED: _("In the high profile an application pushes all its requests (PAR)"),
    HighProblem.PKCE: _("In the high profile every request has a code challenge (PKCE)"),
    HighProblem.ALGORITHM: _("In the high profile all is signed by ES256, PS256 or EdDSA"),
    HighProblem.REDIRECT_URI: _("In the high profile addresses to return to are https"),
    HighProblem.FIXED: _(
        "The profile is chosen when an application is made, and stays: make another application"
    ),
}
HIGH_PROBLEMS: Final[dict[StrEnum, Promise]] = {
    problem: format_lazy("{} ({})", words, SECTIONS[problem]) for problem, words in _WORDS.items()
}
