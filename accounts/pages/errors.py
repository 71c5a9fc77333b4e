"""Pages for what went wrong: in plain words, with the help code, the phone and a next step."""

import logging
import sys
from collections.abc import Mapping, Sequence
from datetime import timedelta
from math import ceil

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.pages.context import council_without_looking
from accounts.security.tokens import readable_code

logger = logging.getLogger(__name__)

Text = str | Promise


def problem(
    request: HttpRequest,
    *,
    status: int,
    heading: Text,
    explanation: Text,
    next_steps: Sequence[Text] = (),
) -> HttpResponse:
    """Return a page that says what happened and what the reader can do about it."""
    words = {"heading": heading, "explanation": explanation, "next_steps": next_steps}
    return render(request, "errors/problem.html", words, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read (handler400)."""
    if isinstance(exception, DisallowedHost):
        return problem(
            request,
            status=400,
            heading=_("This address is not in use"),
            explanation=_("Nothing was changed."),
            next_steps=[_("Open %(address)s instead.") % {"address": settings.ISSUER}],
        )
    return problem(
        request,
        status=400,
        heading=_("We could not read what your browser sent"),
        explanation=_("The address or the form may be damaged. Nothing was changed."),
        next_steps=[
            _("If you followed a link, copy the whole of it into the address bar."),
            _("Go back to the service you came from and start from there."),
        ],
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for what this reader may not see (handler403)."""
    del exception
    return problem(
        request,
        status=403,
        heading=_("You cannot see this page"),
        explanation=_("This page is for somebody else, or you are signed in as somebody else."),
        next_steps=[_("Go back to the service you came from and sign in as yourself.")],
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request for an address that does not exist (handler404)."""
    del exception
    return problem(
        request,
        status=404,
        heading=_("Page not found"),
        explanation=_("There is no page at this address."),
        next_steps=[
            _("If you typed the address, check that it is correct."),
            _("If you pasted the address, check that you copied the whole of it."),
            _("If you followed a link in an old message, go back to the service it was for."),
        ],
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was not sent from our own page in this browser (CSRF_FAILURE_VIEW)."""
    logger.info("form refused: %s", reason)
    return problem(
        request,
        status=403,
        heading=_("We could not tell that this form came from you"),
        explanation=_(
            "This happens when cookies are turned off, or when the page was open for a long time. "
            "Nothing was changed."
        ),
        next_steps=[
            _("Go back, reload the page and fill in the form once more."),
            _("Check that your browser allows cookies for this website."),
        ],
    )


def waiting_words(wait: timedelta) -> dict[str, object]:
    """Return a wait in whole minutes and as a time of day, never one that is too early."""
    minutes = max(1, ceil(wait.total_seconds() / 60))
    return {"minutes": minutes, "until": timezone.now() + timedelta(minutes=minutes)}


def too_many_requests(
    request: HttpRequest,
    wait: timedelta,
    *,
    template: str = "errors/too_many_requests.html",
    words: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Answer somebody who has reached a limit, saying how long it holds.

    `template` may extend the usual one, to offer other ways, and gets `words` too.
    """
    words = {**waiting_words(wait), **(words or {})}
    response = render(request, template, words, status=429)
    response["Retry-After"] = str(max(1, ceil(wait.total_seconds())))
    return response


def _without_database(template: str, status: int, words: dict[str, object]) -> HttpResponse:
    # Rendered without the request: no context processor runs, so none can fail as the page did.
    words = {**council_without_looking(), **words}
    return HttpResponse(render_to_string(template, words), status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours (handler500) without touching the database."""
    # Django asks for this page while it handles the exception. A lock that did not come free or a
    # lost connection is worth another try.
    cause = sys.exc_info()[1]
    if isinstance(cause, OperationalError):
        logger.error("no database: %s", type(cause.__cause__ or cause).__name__)
        return unavailable()
    reference = readable_code()
    match = request.resolver_match
    # The name of the page, not its path: paths of mailed links hold their secret.
    logger.error("server error %s on %s", reference, match.view_name if match else "no page")
    return _without_database("errors/server_error.html", 500, {"help_code": reference})


def unavailable() -> HttpResponse:
    """Answer while the database cannot be reached, or lets nobody write."""
    response = _without_database("errors/unavailable.html", 503, {})
    response["Retry-After"] = "300"
    return response
