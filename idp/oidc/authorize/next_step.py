"""What has to happen next for a stored authorization request, and why. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.assurance import Level
from idp.consent.rules import Coverage
from idp.oidc.apart import why_apart
from idp.oidc.authorize.reasons import PRIVATE, SILENT_ERRORS, Reason


@dataclass(frozen=True)
class SignedIn:
    """The session of the browser that asks; `test_group`: whose test resident it is, if one's."""

    account: UUID
    auth_time: datetime
    is_test: bool = False
    test_group: UUID | None = None
    is_staff: bool = False
    account_usable: bool = True
    level: Level = Level.ONE_FACTOR
    is_shared_device: bool = False


@dataclass(frozen=True)
class Facts:
    """All that the decision rests on.

    `level` is how strong the sign-in must be. `account_confirmed` and `shared_now` say what this
    session's owner did for this very request. `for_device`: another device waits for its answer.
    `blocked`: the session's owner wants nothing to do with the application. `tells_only`: it may
    have what it asks for without their being asked. `test_group`: whose test residents alone the
    application serves; `switched_off`: it is for trying out, where nothing is.
    """

    now: datetime
    asked_at: datetime
    session: SignedIn | None
    test_group: UUID | None = None
    switched_off: bool = False
    application_usable: bool = True
    for_device: bool = False
    prompts: frozenset[str] = frozenset()
    max_age: int | None = None
    level: Level = Level.ONE_FACTOR
    expected_account: UUID | None = None
    account_confirmed: bool = False
    signed_out_of_service: bool = False
    blocked: bool = False
    shared_now: bool = False
    coverage: Coverage = Coverage.NO_CONSENT
    tells_only: bool = False


@dataclass(frozen=True)
class SignUp:
    """Create an account first."""

    reason: Reason


@dataclass(frozen=True)
class SignIn:
    """Sign in, sign in again, or prove more than before."""

    reason: Reason


@dataclass(frozen=True)
class ConfirmAccount:
    """Ask "Continue as …?"."""

    reason: Reason


@dataclass(frozen=True)
class ConfirmDevice:
    """Ask for the device's code, and whether the device is in front of whoever types it."""

    reason: Reason


@dataclass(frozen=True)
class AskConsent:
    """Show the sharing page."""

    reason: Reason


@dataclass(frozen=True)
class SayBlocked:
    """Say that the application is blocked, and let the owner choose."""

    reason: Reason


@dataclass(frozen=True)
class TellSharing:
    """Record what the application gets without being asked for it, and tell its owner; no page."""

    reason: Reason


@dataclass(frozen=True)
class Refuse:
    """Answer with this error code."""

    error: str
    reason: Reason


@dataclass(frozen=True)
class Answer:
    """Answer with a code."""


Interruption = SignUp | SignIn | ConfirmAccount | ConfirmDevice | SayBlocked | AskConsent
Step = Interruption | TellSharing | Refuse | Answer


def next_step(facts: Facts) -> Step:
    """Return the first step that a rule asks for; with prompt=none, its error instead."""
    step = _first_step(facts)
    # What nobody has been told of is covered by nothing: prompt=none brings no agreement about.
    if "none" in facts.prompts and isinstance(step, Interruption | TellSharing):
        return Refuse(SILENT_ERRORS[step.reason], _told(step.reason))
    return step


def _told(reason: Reason) -> Reason:
    # The reason goes with the error: a service must not learn that it was blocked, say.
    return Reason.NO_CONSENT if reason in PRIVATE else reason


def _first_step(facts: Facts) -> Step:
    if facts.switched_off:
        return Refuse("unauthorized_client", Reason.SANDBOX_OFF)
    if not facts.application_usable:
        return Refuse("unauthorized_client", Reason.APPLICATION_NOT_USABLE)
    session = facts.session
    if session is None:
        return _start(facts)
    steps = (rule(facts, session) for rule in _RULES)
    return next((step for step in steps if step is not None), Answer())


def _served(facts: Facts, session: SignedIn) -> Step | None:
    apart = why_apart(
        is_test=session.is_test,
        group=session.test_group,
        served=facts.test_group,
        is_staff=session.is_staff,
    )
    return Refuse("access_denied", Reason(apart.value)) if apart is not None else None


def _usable(facts: Facts, session: SignedIn) -> Step | None:
    del facts
    unusable = not session.account_usable
    return Refuse("access_denied", Reason.ACCOUNT_NOT_USABLE) if unusable else None


def _start(facts: Facts) -> Step:
    if "create" in facts.prompts:
        return _account_made(facts)
    return SignIn(Reason.NO_SESSION)


def _account_made(facts: Facts) -> SignUp | SignIn:
    # Test residents are made by their organisation alone: one signs in as another of them.
    made = SignUp if facts.test_group is None else SignIn
    return made(Reason.PROMPT_CREATE)


def _device_confirmed(facts: Facts, session: SignedIn) -> Step | None:
    # By whoever is signed in now, on a page that named their account: to sign in is not enough.
    del session
    if facts.for_device and not facts.account_confirmed:
        return ConfirmDevice(Reason.DEVICE_NOT_CONFIRMED)
    return None


def _create(facts: Facts, session: SignedIn) -> Step | None:
    # Initiating User Registration §4.1: the account page comes first, whoever is signed in.
    if "create" in facts.prompts and not _signed_in_since(facts, session):
        return _account_made(facts)
    return None


def _right_account(facts: Facts, session: SignedIn) -> Step | None:
    # OIDC Core §3.1.2.1: id_token_hint names who has to be signed in, now or by this request.
    if facts.expected_account in {None, session.account}:
        return None
    reason = Reason.HINT_NAMES_ANOTHER_ACCOUNT
    if _signed_in_since(facts, session):
        return Refuse("login_required", reason)
    return SignIn(reason)


def _login(facts: Facts, session: SignedIn) -> Step | None:
    if "login" in facts.prompts and not _signed_in_since(facts, session):
        return SignIn(Reason.PROMPT_LOGIN)
    return None


def _fresh(facts: Facts, session: SignedIn) -> Step | None:
    # A sign-in for this request counts however long the sharing page was then read.
    if facts.max_age is None or _signed_in_since(facts, session):
        return None
    # In seconds, not as a timedelta: a max_age of ages would overflow one.
    age = (facts.now - session.auth_time).total_seconds()
    return SignIn(Reason.MAX_AGE) if age > facts.max_age else None


def _account_chosen(facts: Facts, session: SignedIn) -> Step | None:
    if facts.account_confirmed or _signed_in_since(facts, session):
        return None
    if "select_account" in facts.prompts:
        return ConfirmAccount(Reason.PROMPT_SELECT_ACCOUNT)
    if session.is_shared_device:
        # Whoever sits here now may not be who signed in.
        return ConfirmAccount(Reason.SHARED_DEVICE)
    if facts.signed_out_of_service:
        return ConfirmAccount(Reason.SIGNED_OUT_OF_SERVICE)
    return None


def _strong_enough(facts: Facts, session: SignedIn) -> Step | None:
    # RFC 9470 §5: a level that was asked for is needed. After "Continue as …?": nobody is asked to
    # prove more of somebody else's account.
    return SignIn(Reason.LEVEL) if session.level < facts.level else None


def _not_blocked(facts: Facts, session: SignedIn) -> Step | None:
    # After all that is asked of everybody: an answer at another point would tell of the block.
    del session
    return SayBlocked(Reason.BLOCKED) if facts.blocked else None


def _shared(facts: Facts, session: SignedIn) -> Step | None:
    del session
    if "consent" in facts.prompts and not facts.shared_now:
        return AskConsent(Reason.PROMPT_CONSENT)
    if facts.coverage is Coverage.COVERED:
        return None
    reason = Reason(facts.coverage.value)
    return TellSharing(reason) if facts.tells_only else AskConsent(reason)


def _signed_in_since(facts: Facts, session: SignedIn) -> bool:
    """Say whether this session's sign-in happened for this request: only a later one can have.

    Opening /authorize/continue directly finds the old session, and so skips nothing.
    """
    return session.auth_time > facts.asked_at


_RULES: tuple[Callable[[Facts, SignedIn], Step | None], ...] = (
    _served,
    _usable,
    _device_confirmed,
    _create,
    _right_account,
    _login,
    _fresh,
    _account_chosen,
    _strong_enough,
    _not_blocked,
    _shared,
)
