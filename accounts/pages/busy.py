"""Answers to whoever gets no turn at the password hashes: a plain 503 that loses nothing typed."""

from collections.abc import Callable
from math import ceil

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from accounts.passwords.hash_queue import HashesBusyError


def note_in(form: BaseForm, busy: HashesBusyError) -> None:
    """Say above the form, which keeps all but the password, when to send it again."""
    seconds = _seconds(busy)
    form.add_error(
        None,
        ngettext(
            "Many people are using this service. Wait {seconds} second, then try again",
            "Many people are using this service. Wait {seconds} seconds, then try again",
            seconds,
        ).format(seconds=seconds),
    )


def answer(page: HttpResponse, busy: HashesBusyError) -> HttpResponse:
    """Return the page as an answer that tells programs, too, when to come again."""
    page.status_code = 503
    page["Retry-After"] = str(_seconds(busy))
    return page


class BusyMiddleware:
    """Answers for every view that has no form to show again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return a page for a full queue; any other error is for others."""
        if not isinstance(error, HashesBusyError):
            return None
        page = render(request, "errors/busy.html", {"seconds": _seconds(error)})
        return answer(page, error)


def _seconds(busy: HashesBusyError) -> int:
    return max(1, ceil(busy.retry_after.total_seconds()))
