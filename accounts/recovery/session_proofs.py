"""What a session shows of what the ladder asks for."""

from accounts.assurance import Method, methods_in
from accounts.models import Session
from accounts.recovery.rules import Shown

_MEANING = {Method.PASSWORD: Shown.PASSWORD, Method.RECOVERY_CODE: Shown.RECOVERY_CODE}


def shown_in(session: Session) -> frozenset[Shown]:
    """Return what the session's proofs show."""
    return frozenset(_MEANING[method] for method in methods_in(session.proofs) & _MEANING.keys())
