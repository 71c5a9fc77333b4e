"""What a recovery was begun by, shown once more at the end of its wait."""

from accounts.audit.actor import ANONYMOUS, resident
from accounts.models import OutboundMessage, RecoveryRequest, Session
from accounts.passwords import operations as passwords
from accounts.recovery.codes import operations as codes
from accounts.recovery.opening import operations
from accounts.recovery.opening.operations import Again
from accounts.recovery.rules import Refusal, Rung, Shown
from accounts.recovery.session_proofs import shown_in
from accounts.security.browser import BrowserId

_CODES = {Rung.POST: Shown.POSTED_CODE, Rung.COUNTER: Shown.COUNTER_CODE}


def by_mail(
    *, message: OutboundMessage, request: RecoveryRequest, typed: str, browser: BrowserId
) -> Refusal | None:
    """Open the recovery by the mailed link and the password or code that it began with.

    Call it outside any transaction: a hash takes long, and a counted try must stay counted.
    """
    account, rung = request.account, Rung(request.rung)
    if rung is Rung.KNOWN_PASSWORD:
        right, proof = passwords.check(account, typed), Shown.PASSWORD
    else:
        right, proof = codes.matches(request, codes.as_code(typed)), _CODES[rung]
    shown = frozenset({Shown.MAILBOX, proof} if right else {Shown.MAILBOX})
    again = Again(shown, message.address_key)
    return operations.open_it(
        request=request, account=account, again=again, browser=browser, by=ANONYMOUS
    )


def in_session(*, session: Session, request: RecoveryRequest, browser: BrowserId) -> Refusal | None:
    """Open the recovery by a sign-in with the password and a recovery code."""
    return operations.open_it(
        request=request,
        account=session.account,
        again=Again(shown_in(session)),
        browser=browser,
        by=resident(session.account),
    )
