"""Pages for what went wrong."""

from datetime import timedelta
from unittest import mock

from django.db import OperationalError
from django.test import Client

from accounts.limits.operations import OverLimitError, Verdict
from accounts.passwords.hash_queue import HashesBusyError
from tests.pseudo.looking import look

_VIEW = "accounts.pages.views.render"


def of_a_visitor() -> None:
    look(Client(), "/nothing-here", "/authorize?client_id=unknown")
    Client(enforce_csrf_checks=True).post("/reset-password")


def of_ours() -> None:
    wait = timedelta(minutes=5)
    ours: tuple[Exception, ...] = (RuntimeError(), OperationalError(), HashesBusyError(wait))
    for error in (*ours, OverLimitError(Verdict(wait))):
        with mock.patch(_VIEW, side_effect=error):
            look(Client(raise_request_exception=False), "/help/cookies")


PARTS = (of_a_visitor, of_ours)
