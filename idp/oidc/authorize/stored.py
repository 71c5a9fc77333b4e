"""A stored request that the browser brings back by its id."""

from enum import StrEnum

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts.security.browser import BrowserId, is_token
from clients.models import Application
from idp.models import AuthorizationRequest


class Fault(StrEnum):
    """Why a stored request cannot go on; logged and shown to staff by this name."""

    UNKNOWN = "request_unknown"
    OTHER_BROWSER = "request_of_another_browser"
    EXPIRED = "request_expired"
    USED = "request_used"


class CannotGoOnError(Exception):
    """The request cannot go on. `application` is set only where its browser asks."""

    def __init__(self, fault: Fault, application: Application | None = None) -> None:
        super().__init__(fault)
        self.fault = fault
        self.application = application


def named(request: HttpRequest) -> str:
    """Return the id that the address or the form gives, unchecked."""
    return (request.POST if request.method == "POST" else request.GET).get("request", "")


def open_for(browser: BrowserId, request_id: str) -> AuthorizationRequest:
    """Return the request if this browser began it and it is neither expired nor used.

    Raises:
        CannotGoOnError: it is not.
    """
    rows = AuthorizationRequest.objects.select_related("application__organisation")
    row = rows.filter(pk=request_id).first() if is_token(request_id) else None
    if row is None:
        raise CannotGoOnError(Fault.UNKNOWN)
    if not row.browser_hash:
        # `bind` gave it to nobody: it came too late.
        raise CannotGoOnError(Fault.EXPIRED)
    if not browser.owns(row.browser_hash):
        raise CannotGoOnError(Fault.OTHER_BROWSER)
    if row.consumed_at is not None:
        raise CannotGoOnError(Fault.USED, row.application)
    if row.expires_at <= timezone.now():
        raise CannotGoOnError(Fault.EXPIRED, row.application)
    return row


def bind(browser: BrowserId, request_id: str) -> None:
    """Give a request that came by a cross-site POST to the first browser that brings its id.

    Our cookies stayed behind with that POST (SameSite=Lax), so nobody owned it yet.
    """
    if is_token(request_id):
        give(browser, AuthorizationRequest.objects.filter(pk=request_id, pushed_at=None))


def give(browser: BrowserId, rows: QuerySet[AuthorizationRequest]) -> None:
    """Give the one request among these rows to this browser, unless another has it.

    The condition is in the statement: of two browsers, one alone gets it. Its time begins now:
    prepared by somebody else, it must not take a sign-in of before for one that `prompt` or
    `max_age` asks for.
    """
    now = timezone.now()
    unowned = rows.filter(browser_hash="", expires_at__gt=now)
    if unowned.exists():
        unowned.update(
            browser_hash=browser.hash, created_at=now, expires_at=now + settings.FLOW_LIFETIME
        )


def address(page: str, row: AuthorizationRequest) -> str:
    """Return the address of a page for this request."""
    return f"{reverse(page)}?{urlencode({'request': row.pk})}"
