"""What the sign-in page's script asks before it asks the browser for a passkey."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from accounts.limits.operations import hit
from accounts.limits.rules import network_of
from accounts.limits.table import PASSKEY_OPTIONS_NETWORK
from accounts.mfa.passkeys import options
from accounts.security.access import no_page
from accounts.sessions.decorators import public
from accounts.sessions.middleware import BoroughRequest


@public
@no_page
@require_POST
def ask(request: BoroughRequest) -> HttpResponse:
    """Give this browser a question for any passkey; it depends on nothing that was typed."""
    if not hit(PASSKEY_OPTIONS_NETWORK, network_of(request.META["REMOTE_ADDR"])).allowed:
        return JsonResponse({}, status=429)
    return JsonResponse(options.for_sign_in(request.browser))
