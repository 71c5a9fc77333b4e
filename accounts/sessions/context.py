"""How long somebody stays signed in, as every template sees it."""

from django.conf import settings
from django.http import HttpRequest

from accounts.models import Session
from accounts.sessions.queries import facts_of
from accounts.sessions.rules import ends_at


def staying(request: HttpRequest) -> dict[str, object]:
    """Return `signed_in_until` and whether that can be put off, where somebody is signed in."""
    session: Session | None = getattr(request, "signed_in", None)
    words: dict[str, object] = {"warned_before": settings.WARNED_BEFORE}
    # The button beside it puts off the end of a real person's session alone.
    if session is None or getattr(request, "test_group", None) is not None:
        return words
    until = ends_at(facts_of(session, session.account))
    return words | {"signed_in_until": until, "may_stay": until < session.expires_at}
