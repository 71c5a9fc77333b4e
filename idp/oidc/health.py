"""Whether this process runs, and whether it can do its work: for whoever starts and watches it."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from accounts.security.access import machine
from idp.keys.material import Algorithm
from idp.keys.queries import algorithms_ready


@machine
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks nothing of the database."""
    del request
    return _plain("ok", 200)


@machine
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether tables are there and every algorithm has a key that signs."""
    del request
    try:
        ready = algorithms_ready()
    except DatabaseError:
        return _plain("database not ready", 503)
    missing = ", ".join(algorithm for algorithm in Algorithm if algorithm not in ready)
    if missing:
        return _plain(f"no key signs by {missing}: run manage.py keys create", 503)
    return _plain("ok", 200)


def _plain(text: str, status: int) -> HttpResponse:
    response = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
