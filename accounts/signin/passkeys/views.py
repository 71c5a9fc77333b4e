"""Taking a passkey's answer from the sign-in page, and the question that its script asks first."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from accounts.assurance import Method
from accounts.audit.actor import ANONYMOUS
from accounts.help_codes.trail import note_step
from accounts.limits.operations import hit
from accounts.limits.rules import network_of
from accounts.limits.table import PASSKEY_OPTIONS_NETWORK
from accounts.mfa.passkeys import options
from accounts.models import PendingSignIn
from accounts.security.access import no_page
from accounts.sessions.decorators import public
from accounts.sessions.flooding import counts_itself
from accounts.sessions.middleware import BoroughRequest
from accounts.sessions.operations import AccountChangedError
from accounts.signin import flow as flows
from accounts.signin import refusals
from accounts.signin.operations import Outcome, Refusal
from accounts.signin.passkeys.operations import check_passkey
from accounts.signin.rules import FlowState

# The field that the page's script fills in.
ANSWER = "passkey"


@public
@no_page
@counts_itself
@require_POST
def ask(request: BoroughRequest) -> HttpResponse:
    """Give this browser a question for any passkey; it depends on nothing that was typed."""
    if not hit(PASSKEY_OPTIONS_NETWORK, network_of(request.META["REMOTE_ADDR"])).allowed:
        return JsonResponse({}, status=429)
    return JsonResponse(options.for_sign_in(request.browser))


def take(request: BoroughRequest, flow: PendingSignIn) -> HttpResponse | None:
    """Go on by a passkey's answer, or say why not; None where the answer was not right."""
    outcome = check_passkey(
        answer=request.POST[ANSWER],
        browser=request.browser,
        network=network_of(request.META["REMOTE_ADDR"]),
        flow=flow,
        by=ANONYMOUS,
    )
    if outcome.account is None:
        return _refuse(request, outcome)
    try:
        return flows.prove(
            request,
            flow=flow,
            account=outcome.account,
            method=Method.PASSKEY,
            authenticator=outcome.authenticator,
        )
    except flows.FlowDoneError:
        return refusals.flow_problem(request, FlowState.DONE, flow)
    except AccountChangedError:
        return _refuse(request, Outcome(refusal=Refusal.NOT_RIGHT))


def _refuse(request: BoroughRequest, outcome: Outcome) -> HttpResponse | None:
    if outcome.refusal is Refusal.TOO_MANY_TRIES:
        return refusals.too_many(request, outcome.verdict)
    if outcome.refusal in {Refusal.SUSPENDED, Refusal.CLOSED}:
        return refusals.account_not_usable(request, outcome.refusal)
    note_step(request, Refusal.NOT_RIGHT)
    return None
