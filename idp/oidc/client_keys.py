"""Which public key verifies what an application signed (OIDC Core §10.1, RFC 7515 Appendix D)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from jwt.algorithms import get_default_algorithms

from clients.applications.keys.material import MalformedKeyError, WeakKeyError, public_key
from clients.applications.keys.rules import fitting
from clients.models import Application
from idp.oidc import fetched_keys

_CHECKS: Final = get_default_algorithms()


class NoKey(StrEnum):
    """Why no key can be told."""

    NONE_FITS = "none_fits"
    SEVERAL_FIT = "several_fit"
    UNREACHABLE = "unreachable"


class NoKeyError(LookupError):
    """No key can be told."""

    def __init__(self, reason: NoKey) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class VerifyingKey:
    """A key with the one algorithm that it is used for here."""

    algorithm: str
    public: Any

    def verifies(self, signed: bytes, signature: bytes) -> bool:
        """Say whether this signature is the key's."""
        return bool(_CHECKS[self.algorithm].verify(signed, self.public, signature))


def key_for(application: Application, *, kid: str | None, algorithm: str) -> VerifyingKey:
    """Return the application's key of this kid, or the one that fits where there is no kid.

    An unknown kid lets the jwks_uri be asked anew, so never call it inside a transaction.

    Raises:
        NoKeyError: none fits, several do, or the jwks_uri cannot be read.
    """
    if application.jwks is not None:
        return _chosen(application.jwks["keys"], kid=kid, algorithm=algorithm)
    if not application.jwks_uri:
        raise NoKeyError(NoKey.NONE_FITS)
    known = fetched_keys.known(application)
    if known.is_fresh and fitting(known.keys, kid=kid, algorithm=algorithm):
        return _chosen(known.keys, kid=kid, algorithm=algorithm)
    known = fetched_keys.renewed(application)
    if not known.are_there:
        raise NoKeyError(NoKey.UNREACHABLE)
    return _chosen(known.keys, kid=kid, algorithm=algorithm)


def _chosen(keys: Sequence[Mapping[str, Any]], *, kid: str | None, algorithm: str) -> VerifyingKey:
    found = fitting(keys, kid=kid, algorithm=algorithm)
    if len(found) > 1:
        raise NoKeyError(NoKey.SEVERAL_FIT)
    try:
        return VerifyingKey(algorithm, public_key(found[0]))
    except (IndexError, MalformedKeyError, WeakKeyError) as error:
        raise NoKeyError(NoKey.NONE_FITS) from error
