"""`manage.py keys VERB`."""

from typing import Final

from accounts.audit.actor import OPERATOR, SYSTEM
from accounts.management.operator_command import Options, Outcome, Refused, Row, Verb, argument
from idp.keys import operations, queries
from idp.keys.material import Algorithm
from idp.keys.rules import KEYS_KEPT_BY_SERVICES
from idp.models import SigningKey

_REVOKED: Final = (
    "Services that check tokens by themselves trust this key until they read /jwks again.",
)
_KEPT_MINUTES: Final = int(KEYS_KEPT_BY_SERVICES.total_seconds()) // 60
_TOO_NEW: Final = (
    f"The next key must be published for {_KEPT_MINUTES} minutes before it signs, so that every "
    "service knows it. After a leak, revoke the key that signs."
)


def _listed(_: Options) -> Outcome:
    return Outcome([_row(key) for key in queries.listed()])


def _created(_: Options) -> Outcome:
    operations.create_missing(by=OPERATOR)
    return Outcome([_row(key) for key in queries.listed()])


def _rotated(options: Options) -> Outcome:
    if options["due"]:
        operations.rotate_due(by=SYSTEM)
        return Outcome([_row(key) for key in queries.listed()])
    chosen = options["algorithm"]
    too_new = [
        algorithm
        for algorithm in ([Algorithm(chosen)] if chosen else Algorithm)
        if not _rotate(algorithm)
    ]
    if too_new:
        message = f"Not rotated: {', '.join(too_new)}. {_TOO_NEW}"
        raise Refused(message)
    return Outcome([_row(key) for key in queries.listed()])


def _rotate(algorithm: Algorithm) -> bool:
    try:
        operations.rotate(algorithm, by=OPERATOR)
    except operations.NextKeyTooNewError:
        return False
    return True


def _revoked(options: Options) -> Outcome:
    try:
        operations.revoke(options["kid"], by=OPERATOR)
    except operations.UnknownKeyError as unknown:
        message = f"There is no key {options['kid']!r}: see keys list"
        raise Refused(message) from unknown
    return Outcome([_row(key) for key in queries.listed()], _REVOKED)


def _row(key: SigningKey) -> Row:
    return {
        "kid": key.kid,
        "algorithm": key.algorithm,
        "state": key.state,
        "created_at": key.created_at,
        "activated_at": key.activated_at,
        "retired_at": key.retired_at,
        "revoked_at": key.revoked_at,
    }


VERBS: Final = (
    Verb("list", "List all signing keys, the oldest first.", _listed),
    Verb("create", "Make the keys that are missing; changes nothing if none is.", _created),
    Verb(
        "rotate",
        "Let the next key sign from now on, and publish a new next one.",
        _rotated,
        (
            argument(
                "--algorithm", choices=[name.value for name in Algorithm], help="only this one"
            ),
            argument(
                "--due",
                action="store_true",
                help="only those that have signed for as long as a key shall; for a timer",
            ),
        ),
    ),
    Verb(
        "revoke",
        "Accept nothing that a key signed; its successor signs at once.",
        _revoked,
        (argument("kid", help="as `keys list` shows it"),),
    ),
)
