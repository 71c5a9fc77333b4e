"""Finding out whose passkey answered, and whether that account may be used."""

from accounts.audit.actor import Actor
from accounts.limits import operations as limits
from accounts.limits.table import KNOWN_BROWSER, PASSKEY_NETWORK
from accounts.mfa.passkeys import operations as keys
from accounts.mfa.passkeys.operations import Asked
from accounts.models import Challenge, PendingSignIn
from accounts.security.browser import BrowserId
from accounts.signin.operations import Outcome, Refusal, refuse_stopped


def check_passkey(
    *, answer: str, browser: BrowserId, network: str, flow: PendingSignIn, by: Actor
) -> Outcome:
    """Return whose passkey gave this answer, the same refusal for an unknown key as for a lie.

    The key of somebody whom this sign-in is not for is an unknown one.
    """
    verdict = limits.hit(PASSKEY_NETWORK, network)
    if not verdict.allowed:
        return Outcome(refusal=Refusal.TOO_MANY_TRIES, verdict=verdict)
    asked = Asked(Challenge.Purpose.SIGN_IN, browser)
    authenticator = keys.check_assertion(answer=answer, asked=asked, by=by).authenticator
    if authenticator is None or not authenticator.account.is_known_to(flow.test_group):
        return Outcome(refusal=Refusal.NOT_RIGHT)
    account = authenticator.account
    stopped = refuse_stopped(account, by=by)
    if stopped is not None:
        return stopped
    if not flow.is_shared_device:
        limits.remember(KNOWN_BROWSER, account.sign_in_key, browser.hash)
    return Outcome(account=account, authenticator=authenticator.pk)
