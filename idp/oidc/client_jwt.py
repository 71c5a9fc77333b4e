"""JWTs that an application signed, whatever for (RFC 7515, RFC 7519, RFC 8725)."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from django.utils import timezone

from clients.models import Application
from idp.oidc import client_keys
from idp.oidc.strict_json import NotStrictError, parse_object

MAX_LENGTH: Final = 16 * 1024
ALGORITHMS: Final = tuple(Application.SigningAlgorithm.values)
_COMPACT: Final = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)")
# RFC 8725 §3.10: `jku`, `jwk`, `x5u` and `x5c` would let a JWT bring its own key. RFC 7515 §4.1.11:
# none of what `crit` may name is known here, and RFC 7797's `b64` is among it. A thumbprint brings
# nothing and is not read (§4.1.7); libraries send it whose keys are in certificates.
_HEADER_MEMBERS: Final = frozenset({"alg", "kid", "typ", "cty", "x5t", "x5t#S256"})
# FAPI 2.0 Security Profile §5.3.2.1: 10 seconds in the future must pass, 60 must not.
_CLOCKS_DIFFER: Final = timedelta(seconds=30)
_LAST_SECOND: Final = 2**40


class Reason(StrEnum):
    """Why a JWT of an application is refused."""

    TOO_LONG = "jwt_too_long"
    NOT_A_JWT = "not_a_jwt"
    NOT_STRICT_JSON = "jwt_not_strict_json"
    HEADER_MEMBER = "jwt_header_member"
    TYP = "jwt_wrong_typ"
    UNSIGNED = "jwt_unsigned"
    ALGORITHM = "jwt_algorithm"
    CLAIM_MISSING = "jwt_claim_missing"
    CLAIM_MALFORMED = "jwt_claim_malformed"
    ISSUER = "jwt_wrong_issuer"
    SUBJECT = "jwt_wrong_subject"
    AUDIENCE = "jwt_wrong_audience"
    EXPIRED = "jwt_expired"
    LIVES_TOO_LONG = "jwt_lives_too_long"
    NOT_YET = "jwt_not_yet_valid"
    NO_KEY = "jwt_no_key_fits"
    SEVERAL_KEYS = "jwt_several_keys_fit"
    KEYS_UNREACHABLE = "jwt_keys_unreachable"
    SIGNATURE = "jwt_wrong_signature"


_PUBLIC: Final[dict[Reason, str]] = {
    Reason.TOO_LONG: "The JWT is too long.",
    Reason.NOT_A_JWT: "The JWT is not a signed one in compact form.",
    Reason.NOT_STRICT_JSON: "The JWT does not hold plain JSON objects, each member once.",
    Reason.HEADER_MEMBER: "The header of the JWT may have alg, kid, typ, cty and x5t alone.",
    Reason.TYP: "The typ in the header of the JWT is that of another kind of JWT.",
    Reason.UNSIGNED: "The JWT is not signed.",
    Reason.ALGORITHM: "The alg of the JWT is not one that is accepted from this application.",
    Reason.CLAIM_MISSING: "The JWT lacks a claim that it needs.",
    Reason.CLAIM_MALFORMED: "A claim of the JWT has the wrong type.",
    Reason.ISSUER: "The iss of the JWT is not the client_id.",
    Reason.SUBJECT: "The sub of the JWT is not right for its use.",
    Reason.AUDIENCE: "The aud of the JWT does not name this provider, or not as its use needs it.",
    Reason.EXPIRED: "The JWT has expired.",
    Reason.LIVES_TOO_LONG: "The exp of the JWT is too far ahead: let it live for five minutes.",
    Reason.NOT_YET: "The nbf or iat of the JWT is in the future.",
    Reason.NO_KEY: "No registered key of the application fits the kid and alg of the JWT.",
    Reason.SEVERAL_KEYS: "Several registered keys fit the JWT: name one by kid.",
    Reason.KEYS_UNREACHABLE: "The keys at the jwks_uri of the application could not be read.",
    Reason.SIGNATURE: "The signature of the JWT is wrong.",
}
_KEY_REASONS: Final = {
    client_keys.NoKey.NONE_FITS: Reason.NO_KEY,
    client_keys.NoKey.SEVERAL_FIT: Reason.SEVERAL_KEYS,
    client_keys.NoKey.UNREACHABLE: Reason.KEYS_UNREACHABLE,
}


class RefusedJwtError(Exception):
    """The JWT is refused; `reason` is for the log, `public` for the application's developer."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
        self.public = _PUBLIC[reason]


@dataclass(frozen=True)
class Unverified:
    """What a JWT says of itself before anything was checked: good for look-ups only."""

    header: Mapping[str, Any]
    claims: Mapping[str, Any]
    signed: bytes = field(repr=False)
    signature: bytes = field(repr=False)


@dataclass(frozen=True)
class Expected:
    """What a JWT must say for its use.

    `types`: of `typ`, in small letters, without "application/"; empty: it may be missing.
    `algorithm`: the registered one; empty: any of `algorithms`. `audiences`: each value of `aud` is
    one of these, or one value is, where `others_too` (RFC 7519 §4.1.3). `one_audience`: `aud` is a
    text, not a list. `about_itself`: whether `sub` must be the application, or must not be
    (RFC 9101 §10.8). `longest_span`: how long after `nbf` may `exp` be; both are then
    required. `longest_life`: how far ahead `exp` may be, which is then required.
    """

    types: Collection[str]
    audiences: Collection[str]
    algorithm: str = ""
    algorithms: Collection[str] = ALGORITHMS
    one_audience: bool = False
    others_too: bool = False
    about_itself: bool = False
    longest_life: timedelta | None = None
    longest_span: timedelta | None = None
    required: Collection[str] = ()


def read(token: str) -> Unverified:
    """Return what a JWT says of itself, unchecked.

    Raises:
        RefusedJwtError: it is none, whatever its signature.
    """
    if len(token) > MAX_LENGTH:
        raise RefusedJwtError(Reason.TOO_LONG)
    parts = _COMPACT.fullmatch(token)
    if parts is None:
        raise RefusedJwtError(Reason.NOT_A_JWT)
    try:
        head, claims, signature = (_decoded(part) for part in parts.groups())
        return Unverified(
            header=parse_object(head),
            claims=parse_object(claims),
            signed=f"{parts[1]}.{parts[2]}".encode(),
            signature=signature,
        )
    except NotStrictError as error:
        raise RefusedJwtError(Reason.NOT_STRICT_JSON) from error
    except ValueError as error:
        raise RefusedJwtError(Reason.NOT_A_JWT) from error


def verify(jwt: Unverified, application: Application, expected: Expected) -> dict[str, Any]:
    """Return the claims of a JWT that this application signed for this use.

    May ask the application's jwks_uri: never call it inside a transaction.

    Raises:
        RefusedJwtError: anything is wrong with it.
    """
    check_content(jwt, application.client_id, expected)
    check_signature(jwt, application, expected)
    return dict(jwt.claims)


def check_content(jwt: Unverified, client_id: str, expected: Expected) -> None:
    """Check all that needs no key, as if the application of this client_id had signed it.

    Raises:
        RefusedJwtError: it is not meant for this use.
    """
    reason = (
        _header_reason(jwt.header, expected.types)
        or _missing_reason(jwt.claims, expected)
        or _party_reason(jwt.claims, client_id, expected)
        or _time_reason(jwt.claims, expected.longest_life)
        or _span_reason(jwt.claims, expected.longest_span)
    )
    if reason is not None:
        raise RefusedJwtError(reason)


def check_signature(jwt: Unverified, application: Application, expected: Expected) -> None:
    """Check the signature with the application's own key.

    Raises:
        RefusedJwtError: it is not the application's, or not by its algorithm.
    """
    algorithm = jwt.header["alg"]
    if algorithm not in ([expected.algorithm] if expected.algorithm else expected.algorithms):
        raise RefusedJwtError(Reason.ALGORITHM)
    try:
        key = client_keys.key_for(application, kid=jwt.header.get("kid"), algorithm=algorithm)
    except client_keys.NoKeyError as error:
        raise RefusedJwtError(_KEY_REASONS[error.reason]) from error
    if not key.verifies(jwt.signed, jwt.signature):
        raise RefusedJwtError(Reason.SIGNATURE)


def _decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _header_reason(header: Mapping[str, Any], types: Collection[str]) -> Reason | None:
    if not set(header) <= _HEADER_MEMBERS:
        return Reason.HEADER_MEMBER
    if not all(isinstance(value, str) for value in header.values()):
        return Reason.HEADER_MEMBER
    if header.get("alg", "none").lower() == "none":
        return Reason.UNSIGNED
    # RFC 8725 §3.1: never an algorithm for which a public key would be a secret.
    if header["alg"] not in ALGORITHMS:
        return Reason.ALGORITHM
    # RFC 7515 §4.1.9: a media type, whose "application/" may be left out.
    typ = header.get("typ", "").lower().removeprefix("application/")
    return None if typ in types else Reason.TYP


def _missing_reason(claims: Mapping[str, Any], expected: Expected) -> Reason | None:
    required = {*expected.required, *(["exp"] if expected.longest_life else [])}
    required |= {"nbf", "exp"} if expected.longest_span else set()
    return Reason.CLAIM_MISSING if required - claims.keys() else None


def _party_reason(claims: Mapping[str, Any], client_id: str, expected: Expected) -> Reason | None:
    if claims.get("iss", client_id) != client_id:
        return Reason.ISSUER
    if "sub" in claims and (claims["sub"] == client_id) != expected.about_itself:
        return Reason.SUBJECT
    if "aud" in claims and not _is_for_us(claims["aud"], expected):
        return Reason.AUDIENCE
    return None


def _is_for_us(audience: object, expected: Expected) -> bool:
    """Say whether we are meant, and alone unless others do no harm: they could send it on."""
    if isinstance(audience, str):
        return audience in expected.audiences
    if not isinstance(audience, list) or expected.one_audience or not audience:
        return False
    if not all(isinstance(one, str) for one in audience):
        return False
    ours = [one in expected.audiences for one in audience]
    return any(ours) if expected.others_too else all(ours)


def _time_reason(claims: Mapping[str, Any], longest_life: timedelta | None) -> Reason | None:
    times = {name: claims[name] for name in ("exp", "nbf", "iat") if name in claims}
    if not all(is_time(value) for value in times.values()):
        return Reason.CLAIM_MALFORMED
    now, apart = timezone.now().timestamp(), _CLOCKS_DIFFER.total_seconds()
    if times.get("exp", _LAST_SECOND) <= now:
        return Reason.EXPIRED
    if longest_life and times["exp"] > now + longest_life.total_seconds():
        return Reason.LIVES_TOO_LONG
    latest = max(times.get("nbf", 0), times.get("iat", 0))
    return Reason.NOT_YET if latest > now + apart else None


def _span_reason(claims: Mapping[str, Any], longest: timedelta | None) -> Reason | None:
    # With that, an older `nbf` than this has an `exp` that has passed.
    if longest and claims["exp"] - claims["nbf"] > longest.total_seconds():
        return Reason.LIVES_TOO_LONG
    return None


def is_time(value: object) -> bool:
    """Say whether this is a NumericDate (RFC 7519 §2) that a calendar holds."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value < _LAST_SECOND
