"""Whether what a code or token stands on still holds, read afresh at every use."""

from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef

from accounts.models import Account, Session
from accounts.sessions.queries import facts_of
from accounts.sessions.rules import is_open
from clients.models import Application
from idp.models import Consent, RefreshToken
from idp.oidc.apart import Apart, why_apart
from idp.oidc.assurance import LEVEL_OF


class Fallen(StrEnum):
    """Why a code or token that was once good is good no more."""

    ACCOUNT_NOT_ACTIVE = "account_not_active"
    APPLICATION_NOT_ACTIVE = "application_not_active"
    CONSENT_EXPIRED = "consent_expired"
    CONSENT_SUPERSEDED = "consent_superseded"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    LEVEL_TOO_LOW = "level_too_low"
    SESSION_OVER = "session_over"
    SIGNED_OUT_OF_SERVICE = "signed_out_of_service"
    REAL_RESIDENT_AT_SANDBOX = Apart.REAL_RESIDENT_AT_SANDBOX.value
    TEST_RESIDENT_AT_LIVE = Apart.TEST_RESIDENT_AT_LIVE.value
    TEST_RESIDENT_OF_ANOTHER = Apart.TEST_RESIDENT_OF_ANOTHER.value
    STAFF = Apart.STAFF.value


def of_agreement(
    *, account: Account, application: Application, consent: Consent, now: datetime
) -> Fallen | None:
    """Return what ended the resident's agreement with the application, None while it holds.

    Or why the two never meet. Needs the application's organisation loaded.
    """
    apart = why_apart(
        is_test=account.is_test,
        group=account.test_group,
        served=application.test_group,
        is_staff=account.is_staff,
    )
    if apart is not None:
        return Fallen(apart.value)
    conditions = {
        Fallen.ACCOUNT_NOT_ACTIVE: not account.is_active,
        Fallen.APPLICATION_NOT_ACTIVE: not application.is_usable(),
        Fallen.CONSENT_WITHDRAWN: consent.withdrawn_at is not None,
        # A new agreement takes its tokens along; one left behind was issued beside the change.
        Fallen.CONSENT_SUPERSEDED: consent.superseded_at is not None,
        Fallen.CONSENT_EXPIRED: consent.expires_at <= now,
    }
    return next((reason for reason, fallen in conditions.items() if fallen), None)


def of_sign_in(
    *, session: Session, account: Account, signed_out: bool, now: datetime
) -> Fallen | None:
    """Return what ended the sign-in at this application, None while it lasts."""
    if not is_open(facts_of(session, account), now=now):
        return Fallen.SESSION_OVER
    return Fallen.SIGNED_OUT_OF_SERVICE if signed_out else None


def of_level(*, acr: str, application: Application) -> Fallen | None:
    """Return whether the council has asked for more since than the sign-in gave."""
    return Fallen.LEVEL_TOO_LOW if LEVEL_OF[acr] < application.minimum_level else None


# Terms that changed since, or a service's new name, end nothing here: tokens go on under the
# agreement that they were issued on until the next sign-in asks. A resident who is away would
# otherwise lose what runs in their name because of a corrected notice. A scope that the application
# may not ask for any more is another matter: its tokens end when it is taken away.


def still_covered(scope: str, consent: Consent) -> list[str]:
    """Return the scopes of a token that the agreement, as it is now, still covers."""
    return [name for name in scope.split() if name in consent.scopes]


def family_over(family: str) -> Exists:
    """Return the condition that a token family was ended; `family` is the outer row's column.

    One revoked row is enough: a rotation that ran beside the end may have added another row.
    """
    return Exists(RefreshToken.objects.filter(token_family=OuterRef(family), revoked__isnull=False))
