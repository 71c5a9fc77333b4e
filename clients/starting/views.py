"""What partners can do here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.sessions.decorators import public


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Say what partners can do here and what it takes, to anybody."""
    return render(request, "clients/starting/start.html")
