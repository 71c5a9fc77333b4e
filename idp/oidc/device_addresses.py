"""Where codes are typed: one place for residents, and one for each organisation's test residents.

Whoever sits at the first is never asked about an application for trying out, nor the other way
round: the code alone could not tell whose session it is about.
"""

from django.http import HttpRequest
from django.urls import reverse

from clients.models import Application

ENTER = "device:enter"
OPEN = "device:open"
CONFIRM = "device:confirm"


def of(application: Application, page: str = ENTER) -> str:
    """Return the address of this page for devices that the application runs on."""
    if application.test_group is None:
        return reverse(page)
    return reverse(page, kwargs={"organisation": application.organisation.slug})


def beside(request: HttpRequest, page: str) -> str:
    """Return the address of another of these pages, for the same people as the request's."""
    return reverse(page, kwargs=request.resolver_match.kwargs if request.resolver_match else {})
