"""Which public keys an application may register, and which of them may verify (RFC 7517)."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from accounts.security.outgoing.rules import UrlProblem, url_problem
from clients.applications.keys.material import (
    ALGORITHMS,
    MalformedKeyError,
    WeakKeyError,
    is_known,
    kind_of,
    public_key,
)

MOST_KEYS: Final = 20
LARGEST_SET: Final = 32 * 1024
LONGEST_KID: Final = 200
# RFC 7518 §6.2.2, §6.3.2, §6.4.1: members of private and of symmetric keys.
PRIVATE_MEMBERS: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
# By one's own public keys (OIDC Core §9, RFC 8705 §2.2.2).
KEYED_METHODS: Final = frozenset({"private_key_jwt", "self_signed_tls_client_auth"})
_KEPT: Final = ("kty", "crv", "n", "e", "x", "y", "kid", "alg", "use", "key_ops")


class KeysProblem(StrEnum):
    """Why keys are refused."""

    NOT_A_SET = "keys_not_a_set"
    TOO_LARGE = "keys_too_large"
    TOO_MANY = "keys_too_many"
    PRIVATE = "key_private"
    SYMMETRIC = "key_symmetric"
    WEAK = "key_weak"
    MALFORMED = "key_malformed"
    KID_UNFIT = "key_kid_unfit"
    KID_REPEATED = "key_kid_repeated"
    KID_MISSING = "key_kid_missing"
    NONE_FITS = "keys_none_fits"
    MISSING = "keys_missing"
    TWICE = "keys_twice"


@dataclass(frozen=True)
class Keys:
    """Public keys as registered: the set itself, or where it is; at most one of them."""

    jwks: Mapping[str, Any] | None = None
    jwks_uri: str = ""

    @property
    def are_given(self) -> bool:
        """Whether there are any."""
        return self.jwks is not None or bool(self.jwks_uri)


NO_KEYS: Final = Keys()


def registered_problems(
    keys: Keys, *, needed: bool, allowed: Collection[str]
) -> Iterator[tuple[str, KeysProblem | UrlProblem, str]]:
    """Yield every reason to refuse an application's keys: the part, the problem, and which key.

    `allowed`: as `host:port`, what may be asked though it is inside.
    """
    if needed and not keys.are_given:
        yield "jwks", KeysProblem.MISSING, ""
    if keys.jwks is not None and keys.jwks_uri:
        yield "jwks_uri", KeysProblem.TWICE, keys.jwks_uri
    if keys.jwks is not None:
        yield from (("jwks", problem, named) for problem, named in set_problems(keys.jwks))
    if keys.jwks_uri and (problem := url_problem(keys.jwks_uri, allowed=allowed)):
        yield "jwks_uri", problem, keys.jwks_uri


def stored_set(jwks: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return a set without problems as it is kept: the members that have a meaning here."""
    if jwks is None:
        return None
    return {"keys": [_kept(jwk) for jwk in jwks["keys"]]}


def set_problems(jwks: object) -> Iterator[tuple[KeysProblem, str]]:
    """Yield every reason to refuse a set of keys that an application registers, and of which key.

    Keys for encryption and of unknown kinds are passed over, as RFC 7517 §5 wants.
    """
    keys = _listed(jwks)
    if keys is None:
        yield KeysProblem.NOT_A_SET, ""
        return
    if len(json.dumps(jwks)) > LARGEST_SET:
        yield KeysProblem.TOO_LARGE, ""
    if len(keys) > MOST_KEYS:
        yield KeysProblem.TOO_MANY, ""
        return
    problems = [(problem, _named(jwk)) for jwk in keys if (problem := _key_problem(jwk))]
    yield from problems or _choice_problems([jwk for jwk in keys if algorithms_of(jwk)])


def kept_keys(jwks: object) -> list[dict[str, Any]]:
    """Return the keys of a fetched set that may verify, with the members that we use.

    Private, weak and malformed ones are left out, however good the others are.
    """
    keys = _listed(jwks)
    if keys is None or len(keys) > MOST_KEYS:
        return []
    fit = [jwk for jwk in keys if algorithms_of(jwk) and not _key_problem(jwk)]
    return [_kept(jwk) for jwk in fit]


def fitting(
    keys: Sequence[Mapping[str, Any]], *, kid: str | None, algorithm: str
) -> list[Mapping[str, Any]]:
    """Return the keys that a JWT with this header may have been signed with; one, if all is well.

    Without a kid all count, with one those of that name, or else those without any name.
    """
    able = [jwk for jwk in keys if algorithm in algorithms_of(jwk)]
    if kid is None:
        return able
    named = [jwk for jwk in able if jwk.get("kid") == kid]
    return named or [jwk for jwk in able if "kid" not in jwk]


def algorithms_of(jwk: Mapping[str, Any]) -> frozenset[str]:
    """Return the algorithms whose signatures the key may verify; none for any other kind of key."""
    operations = jwk.get("key_ops", ["verify"])
    verifies = isinstance(operations, list) and "verify" in operations
    if not verifies or jwk.get("use", "sig") != "sig" or not is_known(jwk):
        return frozenset()
    able = ALGORITHMS[kind_of(jwk)]
    return frozenset(name for name in able if jwk.get("alg", name) == name)


def _listed(jwks: object) -> list[dict[str, Any]] | None:
    keys = jwks.get("keys") if isinstance(jwks, dict) else None
    if not isinstance(keys, list) or not all(isinstance(jwk, dict) for jwk in keys):
        return None
    return keys


def _kept(jwk: Mapping[str, Any]) -> dict[str, Any]:
    return {name: jwk[name] for name in _KEPT if name in jwk and _is_plain(jwk[name])}


def _is_plain(value: object) -> bool:
    texts = value if isinstance(value, list) else [value]
    return all(isinstance(text, str) and text.isprintable() for text in texts)


def _key_problem(jwk: Mapping[str, Any]) -> KeysProblem | None:
    if jwk.get("kty") == "oct":
        return KeysProblem.SYMMETRIC
    if not PRIVATE_MEMBERS.isdisjoint(jwk):
        return KeysProblem.PRIVATE
    if "kid" in jwk and not _is_kid(jwk["kid"]):
        return KeysProblem.KID_UNFIT
    return _material_problem(jwk) if is_known(jwk) else None


def _material_problem(jwk: Mapping[str, Any]) -> KeysProblem | None:
    try:
        public_key(jwk)
    except WeakKeyError:
        return KeysProblem.WEAK
    except MalformedKeyError:
        return KeysProblem.MALFORMED
    return None


def _choice_problems(keys: Sequence[Mapping[str, Any]]) -> Iterator[tuple[KeysProblem, str]]:
    """Yield why a signature would not tell which key to take."""
    if not keys:
        yield KeysProblem.NONE_FITS, ""
    for kid, count in Counter(jwk.get("kid") for jwk in keys).items():
        if count > 1 and kid is not None:
            yield KeysProblem.KID_REPEATED, kid
    if len(keys) > 1 and any("kid" not in jwk for jwk in keys):
        yield KeysProblem.KID_MISSING, ""


def _is_kid(kid: object) -> bool:
    return isinstance(kid, str) and 0 < len(kid) <= LONGEST_KID and kid.isprintable()


def _named(jwk: Mapping[str, Any]) -> str:
    return str(jwk.get("kid", jwk.get("kty", "")))
