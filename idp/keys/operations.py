"""Making, promoting, retiring and revoking signing keys."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.security.encryption import encrypt
from idp.keys import rules
from idp.keys.material import Algorithm, generate
from idp.models import AccessToken, SigningKey

State = SigningKey.State


class UnknownKeyError(LookupError):
    """No key has this kid."""


class NextKeyTooNewError(Exception):
    """Services may not know the next key yet, so it must not sign."""


def create_missing(*, by: Actor) -> list[SigningKey]:
    """Make sure that each algorithm has an active key and a next one; return those made."""
    return [key for algorithm in Algorithm for key in _fill(algorithm, by=by)]


def rotate(algorithm: Algorithm, *, by: Actor) -> None:
    """Let the next key sign from now on, and publish a new next one.

    Raises:
        NextKeyTooNewError: the next key was published a moment ago; nothing was rotated.
    """
    with transaction.atomic():
        _lock(algorithm)
        _fill(algorithm, by=by)
        is_known = _next_is_known(algorithm)
        if is_known:
            _move_on(algorithm, by=by)
    # Raised only now: a next key that was missing is published all the same.
    if not is_known:
        raise NextKeyTooNewError(algorithm)


def rotate_due(*, by: Actor) -> list[Algorithm]:
    """Rotate each algorithm whose key has signed for long enough; return those rotated.

    For a job: where the next key is too new, a later run does it.
    """
    return [algorithm for algorithm in Algorithm if _rotate_if_due(algorithm, by=by)]


@transaction.atomic
def _rotate_if_due(algorithm: Algorithm, *, by: Actor) -> bool:
    _lock(algorithm)
    _fill(algorithm, by=by)
    # Read behind the lock: a run that waited for another finds a key that has just begun.
    active = SigningKey.objects.get(algorithm=algorithm, state=State.ACTIVE)
    every = settings.KEY_ROTATION
    due = rules.is_due(activated_at=active.activated_at, now=timezone.now(), every=every)
    if not due or not _next_is_known(algorithm):
        return False
    _move_on(algorithm, by=by)
    return True


def _next_is_known(algorithm: Algorithm) -> bool:
    following = SigningKey.objects.get(algorithm=algorithm, state=State.NEXT)
    return rules.is_known(created_at=following.created_at, now=timezone.now())


def _move_on(algorithm: Algorithm, *, by: Actor) -> None:
    for key in SigningKey.objects.filter(algorithm=algorithm, state=State.ACTIVE):
        _change(key, State.RETIRED, Event.SIGNING_KEY_RETIRED, by=by)
    _promote_next(algorithm, by=by)
    _fill(algorithm, by=by)


@transaction.atomic
def revoke(kid: str, *, by: Actor) -> SigningKey:
    """Accept nothing that this key signed from now on; a successor signs at once.

    Raises:
        UnknownKeyError: no key has this kid.
    """
    found = SigningKey.objects.filter(kid=kid).values_list("algorithm", flat=True).first()
    if found is None:
        raise UnknownKeyError(kid)
    algorithm = Algorithm(found)
    _lock(algorithm)
    key = SigningKey.objects.get(kid=kid)
    if key.state == State.REVOKED:
        return key
    was_active = key.state == State.ACTIVE
    _change(key, State.REVOKED, Event.SIGNING_KEY_REVOKED, by=by)
    AccessToken.objects.filter(kid=kid, revoked_at=None).update(revoked_at=timezone.now())
    if was_active:
        _promote_next(algorithm, by=by)
    _fill(algorithm, by=by)
    return key


def _lock(algorithm: Algorithm) -> None:
    """Wait for any other change of this algorithm's keys; what was read before is stale."""
    list(
        SigningKey.objects.select_for_update(no_key=True)
        .filter(algorithm=algorithm)
        .order_by("kid")
    )


def _promote_next(algorithm: Algorithm, *, by: Actor) -> None:
    for key in SigningKey.objects.filter(algorithm=algorithm, state=State.NEXT):
        _change(key, State.ACTIVE, Event.SIGNING_KEY_PROMOTED, by=by)


def _change(key: SigningKey, state: SigningKey.State, event: Event, *, by: Actor) -> None:
    key.state = state
    column = f"{state}_at" if state != State.ACTIVE else "activated_at"
    setattr(key, column, timezone.now())
    key.save(update_fields=["state", column])
    record(event, by=by, about=_about(key))


@transaction.atomic
def _fill(algorithm: Algorithm, *, by: Actor) -> list[SigningKey]:
    """Make the active and the next key where they are missing."""
    held = _held(algorithm)
    wanted = [state for state in (State.ACTIVE, State.NEXT) if state not in held]
    return list(_make(algorithm, wanted, by=by))


def _held(algorithm: Algorithm) -> set[str]:
    rows = SigningKey.objects.filter(algorithm=algorithm)
    return set(rows.values_list("state", flat=True))


def _make(
    algorithm: Algorithm, states: Iterable[SigningKey.State], *, by: Actor
) -> Iterable[SigningKey]:
    for state in states:
        pair = generate(algorithm)
        row = SigningKey(
            kid=pair.kid,
            algorithm=algorithm,
            state=state,
            private_key=encrypt(pair.private_der),
            public_jwk=pair.public_jwk,
            activated_at=timezone.now() if state == State.ACTIVE else None,
        )
        # Two processes may start at once: the table allows one active key, and the loser's is
        # dropped rather than an error.
        SigningKey.objects.bulk_create([row], ignore_conflicts=True)
        if SigningKey.objects.filter(kid=pair.kid).exists():
            record(Event.SIGNING_KEY_CREATED, by=by, about=_about(row))
            yield row


def _about(key: SigningKey) -> About:
    return About(object_kind="signing_key", object_id=key.kid, detail={"algorithm": key.algorithm})
