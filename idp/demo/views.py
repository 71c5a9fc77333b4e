"""The outbox page."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.sessions.decorators import demo_only
from idp.demo import outbox


@demo_only
@require_safe
def show_outbox(request: HttpRequest) -> HttpResponse:
    """Show every mail of the demonstration, to people as a page and to scripts as JSON."""
    mails = outbox.newest()
    if request.GET.get("format") == "json":
        listed = [asdict(mail) for mail in mails]
        return JsonResponse(listed, safe=False, headers={"Cache-Control": "no-store"})
    return render(request, "idp/demo/outbox.html", {"mails": mails})
