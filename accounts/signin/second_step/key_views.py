"""The second step by a security key, and by a passkey where one is asked for."""

from typing import Final

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.mfa.queries import Kind
from accounts.security.access import no_page
from accounts.sessions.decorators import public
from accounts.sessions.flooding import counts_itself
from accounts.sessions.middleware import BoroughRequest
from accounts.signin.second_step import key_page
from accounts.signin.second_step.key_page import KeyPage

_PASSKEY: Final = KeyPage(Kind.PASSKEY, "passkey", "signin:second_step_passkey_options")
_SECURITY_KEY: Final = KeyPage(
    Kind.SECURITY_KEY, "security_key", "signin:second_step_security_key_options"
)


@public
@counts_itself
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: BoroughRequest) -> HttpResponse:
    """Ask for a passkey of the account, behind which nothing else is needed."""
    return key_page.show_or_take(request, _PASSKEY)


@public
@no_page
@counts_itself
@require_POST
def ask_passkey(request: BoroughRequest) -> HttpResponse:
    """Give the passkey page's script the question."""
    return key_page.ask(request, _PASSKEY)


@public
@counts_itself
@require_http_methods(["GET", "HEAD", "POST"])
def security_key(request: BoroughRequest) -> HttpResponse:
    """Ask for a security key of the account."""
    return key_page.show_or_take(request, _SECURITY_KEY)


@public
@no_page
@counts_itself
@require_POST
def ask_security_key(request: BoroughRequest) -> HttpResponse:
    """Give the security key page's script the question."""
    return key_page.ask(request, _SECURITY_KEY)
