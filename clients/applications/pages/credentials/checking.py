"""What a partner's server answers as its keys at this moment, in words."""

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.security.outgoing.client import fetch
from accounts.security.outgoing.refusals import FetchProblem, OutgoingRefusedError
from clients.applications.keys.rules import KeysProblem, algorithms_of, kept_keys, set_problems
from clients.applications.keys.wording import KEYS_PROBLEMS

# Only what shows after a connection on the public internet: the rest would tell of our network.
_ANSWERS: Final[dict[object, Promise]] = {
    FetchProblem.TLS: _("The server’s certificate is not trusted, or not for this host"),
    FetchProblem.REDIRECT: _("The server redirects: give the address that it redirects to"),
    FetchProblem.TOO_LARGE: _("The answer is larger than 64 KB: give only public keys"),
    FetchProblem.ENCODED: _("The answer is compressed, though we ask for it plain"),
    FetchProblem.MALFORMED: _("The server’s answer cannot be read"),
}
_UNREACHABLE: Final = _("The address cannot be reached from the public internet")
_NOT_OK: Final = _("The server does not answer with status 200")
_NOT_JSON: Final = _("The answer is not JSON")


@dataclass(frozen=True)
class Key:
    """A key that counts, as partners know it."""

    kid: str
    kind: str
    algorithms: str


@dataclass(frozen=True)
class Look:
    """The keys that count, and what is wrong."""

    keys: list[Key] = field(default_factory=list)
    problems: list[Promise] = field(default_factory=list)


def at(uri: str) -> Look:
    """Ask the address, as the token endpoint would; never call it inside a transaction."""
    try:
        answer = fetch(uri)
    except OutgoingRefusedError as error:
        known = KEYS_PROBLEMS | _ANSWERS
        return Look(problems=[known.get(error.reason, _UNREACHABLE)])
    if answer.status != HTTPStatus.OK:
        return Look(problems=[_NOT_OK])
    try:
        return of(json.loads(answer.body))
    except (ValueError, RecursionError):
        return Look(problems=[_NOT_JSON])


def of(jwks: object) -> Look:
    """Look at a set of keys."""
    problems = dict.fromkeys(KEYS_PROBLEMS[problem] for problem, _key in set_problems(jwks))
    keys = [
        Key(str(jwk.get("kid", "")), str(jwk.get("kty", "")), " ".join(sorted(algorithms_of(jwk))))
        for jwk in kept_keys(jwks)
    ]
    if not keys and not problems:
        problems = {KEYS_PROBLEMS[KeysProblem.NONE_FITS]: None}
    return Look(keys, list(problems))
