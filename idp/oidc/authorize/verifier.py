"""The proof that a form was shown to this session, for this request and this step."""

from enum import StrEnum

from django.http import HttpRequest

from accounts.models import Session
from accounts.security import keyed_hash
from idp.models import AuthorizationRequest

_PURPOSE = "authorization-step"


class StepName(StrEnum):
    """The steps that have a form."""

    ACCOUNT = "account"
    BLOCKED = "blocked"
    GIVING_UP = "giving_up"
    SHARING = "sharing"
    REFUSING = "refusing"
    TEST_RESIDENT = "test_resident"


def make(
    row: AuthorizationRequest, step: StepName, session: Session | None, *, shown: str = ""
) -> str:
    """Return what the form carries; `shown` is whatever the answer must be about.

    A page shown to one account cannot be sent in for another that signed in meanwhile in another
    tab, nor an answer to one request or question be used for the next: CSRF tokens, which belong
    to the browser, stop neither.
    """
    return keyed_hash.digest(_PURPOSE, _message(row, step, session, shown))


def fits(
    request: HttpRequest,
    row: AuthorizationRequest,
    step: StepName,
    session: Session | None,
    *,
    shown: str = "",
) -> bool:
    """Say whether the form sent in carries what `make` gave it."""
    presented = request.POST.get("step", "")
    expected = _message(row, step, session, shown)
    return presented.isascii() and keyed_hash.matches(_PURPOSE, expected, presented)


def _message(row: AuthorizationRequest, step: StepName, session: Session | None, shown: str) -> str:
    return "\0".join([row.pk, step, str(session.pk) if session else "", shown])
