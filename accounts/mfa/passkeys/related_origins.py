"""The list in which browsers look up whether another website may use our passkeys."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.security.access import machine


@machine
@require_safe
@cache_control(public=True, max_age=3600)
def related_origins(request: HttpRequest) -> HttpResponse:
    """Name the websites that share our passkeys (WebAuthn Level 3 §5.11)."""
    del request
    return JsonResponse({"origins": settings.PASSKEY_ORIGINS})
