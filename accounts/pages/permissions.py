"""What pages, and whatever they hold, may ask a browser for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Keys are asked for by our own pages alone; what no page of ours needs, nobody gets.
_POLICY = (
    "publickey-credentials-create=(self), publickey-credentials-get=(self), "
    "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
)


class PermissionsPolicyMiddleware:
    """Says so in the Permissions-Policy header of every page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with the header on it."""
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            response["Permissions-Policy"] = _POLICY
        return response
