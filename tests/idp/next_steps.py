"""What a request needs next, for each rule of the decision."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from accounts.assurance import Level
from idp.consent.rules import Coverage
from idp.oidc.authorize.next_step import (
    Answer,
    AskConsent,
    ConfirmAccount,
    ConfirmDevice,
    Facts,
    Refuse,
    SayBlocked,
    SignedIn,
    SignIn,
    SignUp,
    Step,
)
from idp.oidc.authorize.reasons import Reason

ASKED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NOW = ASKED + timedelta(minutes=3)
JANE = UUID(int=1)
SAM = UUID(int=2)
BEFORE = SignedIn(JANE, auth_time=ASKED - timedelta(minutes=10))
TRUST = UUID(int=3)
MADE_UP = replace(BEFORE, is_test=True, test_group=TRUST)
SINCE = SignedIn(JANE, auth_time=ASKED + timedelta(minutes=1))
SHARED = replace(BEFORE, is_shared_device=True)
STRONG = replace(BEFORE, level=Level.TWO_FACTORS)
SETTLED = Facts(now=NOW, asked_at=ASKED, session=BEFORE, coverage=Coverage.COVERED)


def facts(**changes: object) -> Facts:
    """Return the facts of a request that could be answered at once, but for these."""
    return replace(SETTLED, **changes)  # type: ignore[arg-type]


def prompts(*values: str) -> frozenset[str]:
    return frozenset(values)


TABLE: list[tuple[str, Facts, Step]] = [
    ("all is settled", facts(), Answer()),
    (
        "the application or its organisation is not active",
        facts(application_usable=False),
        Refuse("unauthorized_client", Reason.APPLICATION_NOT_USABLE),
    ),
    (
        "the account is not active",
        facts(session=replace(BEFORE, account_usable=False)),
        Refuse("access_denied", Reason.ACCOUNT_NOT_USABLE),
    ),
    (
        "the application is for trying out, where nothing is tried out",
        facts(switched_off=True),
        Refuse("unauthorized_client", Reason.SANDBOX_OFF),
    ),
    (
        "a real resident at an application for trying out",
        facts(test_group=TRUST),
        Refuse("access_denied", Reason.REAL_RESIDENT_AT_SANDBOX),
    ),
    (
        "a test resident at a live application",
        facts(session=replace(BEFORE, is_test=True, test_group=TRUST)),
        Refuse("access_denied", Reason.TEST_RESIDENT_AT_LIVE),
    ),
    (
        "somebody made up whom no organisation has, at a live application",
        facts(session=replace(BEFORE, is_test=True)),
        Refuse("access_denied", Reason.TEST_RESIDENT_AT_LIVE),
    ),
    (
        "a test resident of another organisation",
        facts(session=replace(BEFORE, is_test=True, test_group=SAM), test_group=TRUST),
        Refuse("access_denied", Reason.TEST_RESIDENT_OF_ANOTHER),
    ),
    (
        "somebody's staff account at a live application",
        facts(session=replace(BEFORE, is_staff=True)),
        Refuse("access_denied", Reason.STAFF),
    ),
    (
        "somebody's staff account at an application for trying out",
        facts(session=replace(BEFORE, is_staff=True), test_group=TRUST),
        Refuse("access_denied", Reason.STAFF),
    ),
    ("one of its own test residents", facts(session=MADE_UP, test_group=TRUST), Answer()),
    (
        "an account is to be created at an application for trying out",
        facts(session=None, test_group=TRUST, prompts=prompts("create")),
        SignIn(Reason.PROMPT_CREATE),
    ),
    (
        "an account is to be created there though a test resident is signed in",
        facts(session=MADE_UP, test_group=TRUST, prompts=prompts("create")),
        SignIn(Reason.PROMPT_CREATE),
    ),
    ("nobody is signed in", facts(session=None), SignIn(Reason.NO_SESSION)),
    (
        "an account is to be created and nobody is signed in",
        facts(session=None, prompts=prompts("create")),
        SignUp(Reason.PROMPT_CREATE),
    ),
    (
        "an account is to be created though somebody is signed in",
        facts(prompts=prompts("create")),
        SignUp(Reason.PROMPT_CREATE),
    ),
    (
        "the account was created for this request",
        facts(session=SINCE, prompts=prompts("create")),
        Answer(),
    ),
    (
        "the hint names another account",
        facts(expected_account=SAM),
        SignIn(Reason.HINT_NAMES_ANOTHER_ACCOUNT),
    ),
    ("the hint names this account", facts(expected_account=JANE), Answer()),
    (
        "the hint names another account and this one signed in all the same",
        facts(expected_account=SAM, session=SINCE),
        Refuse("login_required", Reason.HINT_NAMES_ANOTHER_ACCOUNT),
    ),
    (
        "prompt=login with an older sign-in",
        facts(prompts=prompts("login")),
        SignIn(Reason.PROMPT_LOGIN),
    ),
    (
        "prompt=login with a sign-in at the very moment of the request",
        facts(prompts=prompts("login"), session=replace(BEFORE, auth_time=ASKED)),
        SignIn(Reason.PROMPT_LOGIN),
    ),
    (
        "prompt=login with a sign-in for this request",
        facts(prompts=prompts("login"), session=SINCE),
        Answer(),
    ),
    ("max_age passed", facts(max_age=600), SignIn(Reason.MAX_AGE)),
    ("max_age not passed", facts(max_age=13 * 60), Answer()),
    ("max_age=0 with an older sign-in", facts(max_age=0), SignIn(Reason.MAX_AGE)),
    ("max_age=0 with a sign-in for this request", facts(max_age=0, session=SINCE), Answer()),
    ("max_age of ages", facts(max_age=10**18), Answer()),
    (
        "an account is to be chosen",
        facts(prompts=prompts("select_account")),
        ConfirmAccount(Reason.PROMPT_SELECT_ACCOUNT),
    ),
    (
        "the account was chosen",
        facts(prompts=prompts("select_account"), account_confirmed=True),
        Answer(),
    ),
    (
        "the account was chosen by signing in",
        facts(prompts=prompts("select_account"), session=SINCE),
        Answer(),
    ),
    (
        "the resident had signed out of this service alone",
        facts(signed_out_of_service=True),
        ConfirmAccount(Reason.SIGNED_OUT_OF_SERVICE),
    ),
    (
        "the resident had signed out of this service alone and came back knowingly",
        facts(signed_out_of_service=True, account_confirmed=True),
        Answer(),
    ),
    (
        "nobody who is signed in now has confirmed the device",
        facts(for_device=True, session=SINCE, level=Level.TWO_FACTORS),
        ConfirmDevice(Reason.DEVICE_NOT_CONFIRMED),
    ),
    (
        "who is signed in has the device before them",
        facts(for_device=True, session=SHARED, account_confirmed=True),
        Answer(),
    ),
    (
        "a device waits and nobody is signed in",
        facts(for_device=True, session=None),
        SignIn(Reason.NO_SESSION),
    ),
    (
        "somebody else may sit at the shared device by now",
        facts(session=SHARED),
        ConfirmAccount(Reason.SHARED_DEVICE),
    ),
    (
        "who sits at the shared device goes on as who signed in",
        facts(session=SHARED, account_confirmed=True),
        Answer(),
    ),
    (
        "who sits at the shared device signed in for this request",
        facts(session=replace(SINCE, is_shared_device=True)),
        Answer(),
    ),
    (
        "the sign-in is too weak",
        facts(level=Level.TWO_FACTORS),
        SignIn(Reason.LEVEL),
    ),
    (
        "a sign-in for this request is too weak",
        facts(level=Level.TWO_FACTORS, session=SINCE),
        SignIn(Reason.LEVEL),
    ),
    (
        "two factors are no passkey",
        facts(level=Level.PHISHING_RESISTANT, session=STRONG),
        SignIn(Reason.LEVEL),
    ),
    ("the sign-in is as strong as asked", facts(level=Level.TWO_FACTORS, session=STRONG), Answer()),
    (
        "the sign-in is stronger than asked",
        facts(session=replace(BEFORE, level=Level.PHISHING_RESISTANT)),
        Answer(),
    ),
    (
        "the application is blocked, whatever was agreed",
        facts(blocked=True),
        SayBlocked(Reason.BLOCKED),
    ),
    (
        "blocked beside a level that is not reached: others are asked for that first",
        facts(blocked=True, level=Level.TWO_FACTORS),
        SignIn(Reason.LEVEL),
    ),
    *(
        (f"the agreement falls short: {gap}", facts(coverage=gap), AskConsent(Reason(gap.value)))
        for gap in Coverage
        if gap is not Coverage.COVERED
    ),
    (
        "prompt=consent though all is agreed",
        facts(prompts=prompts("consent")),
        AskConsent(Reason.PROMPT_CONSENT),
    ),
    (
        "prompt=consent and agreed for this request",
        facts(prompts=prompts("consent"), shared_now=True),
        Answer(),
    ),
    (
        "agreed for this request, then withdrawn in another tab",
        facts(shared_now=True, coverage=Coverage.NO_CONSENT),
        AskConsent(Reason.NO_CONSENT),
    ),
]
