"""Reads how a session stands to what keeps its account safe."""

from uuid import UUID

from django.conf import settings
from django.utils import timezone

from accounts.assurance import Method
from accounts.models import Authenticator, Session
from accounts.safety import rules
from accounts.safety.rules import Presence, Refusal, Shown


def refusal_of(session: Session) -> Refusal | None:
    """Return why the session may not mark a way to reach its owner, or None if it may."""
    presence = Presence(
        shown=_shown(session),
        signed_in_at=session.signed_in_at,
        held_until=session.account.changes_held_until,
    )
    return rules.refusal(presence, now=timezone.now(), fresh_for=settings.FRESH_SIGN_IN)


def _shown(session: Session) -> tuple[Shown, ...]:
    """Return the session's proofs; one by an authenticator that is gone or doubted is left out."""
    rows = Authenticator.objects.filter(account=session.account_id, suspect_since=None)
    since = dict(rows.values_list("pk", "created_at"))
    return tuple(
        Shown(Method(proof["method"]), since.get(UUID(proof["authenticator"])))
        if "authenticator" in proof
        else Shown(Method(proof["method"]))
        for proof in session.proofs
        if "authenticator" not in proof or UUID(proof["authenticator"]) in since
    )
