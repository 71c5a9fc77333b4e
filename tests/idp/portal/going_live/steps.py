"""Steps of organisations and approvers on the way to a live application."""

import re
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from accounts.assurance import Method
from accounts.models import Account
from clients.models import Application
from idp.models import Delivery, RequestTrail
from tests import factories
from tests.clients.approval import rounds
from tests.protocol.resident import Resident


def browser_of(account: Account, *methods: Method) -> Resident:
    """Return a browser in which the account signed in just now by these."""
    browser = Resident()
    for method in methods:
        if method != Method.PASSWORD:
            factories.way(account, method)
    browser.sign_in(account, *methods)
    return browser


def approver_at(account: Account | None = None) -> Resident:
    """Return the browser of an approver who signed in to their staff account."""
    browser = Resident()
    browser.sign_in(account or rounds.approver(), Method.PASSKEY)
    return browser


def page_of(application: Application, step: str = "") -> str:
    """Return the address of an application's page about going live, or of a step of it."""
    organisation = application.organisation.slug
    return f"/organisations/{organisation}/applications/{application.slug}/live{step}"


def sent(browser: Resident, address: str, **values: str) -> HttpResponse:
    """Send a form of that page."""
    page = browser.client.get(address.rpartition("/live")[0] + "/live")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    found = token[1] if token else browser.client.cookies["csrftoken"].value
    answer: HttpResponse = browser.submit(address, {"csrfmiddlewaretoken": found, **values})
    return answer


def sign_in_of(application: Application, **columns: Any) -> RequestTrail:
    """Return the trace of a sign-in that an application may show."""
    defaults = {"endpoint": "token", "protected_by": "pkce nonce", "is_authenticated": True}
    return RequestTrail.objects.create(
        application=application,
        duration=1,
        status=200,
        outcome="ok",
        **{**defaults, **columns},
    )


def shown_all(application: Application) -> None:
    """Let a sandbox application have shown all that the checklist wants."""
    now = timezone.now()
    RequestTrail.objects.create(
        application=application,
        at=now - timedelta(hours=2),
        endpoint="authorize",
        duration=1,
        status=303,
        outcome="access_denied",
        is_authenticated=False,
    )
    sign_in_of(application, at=now - timedelta(hours=1))
    sign_in_of(application, endpoint="userinfo", protected_by="")
    Delivery.objects.create(
        application=application,
        sid="s",
        subject="s",
        state=Delivery.State.DELIVERED,
        expires_at=now,
        done_at=now,
        last_status=200,
    )
