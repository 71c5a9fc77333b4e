"""Pages for what went wrong."""

from unittest import mock

from django.db import OperationalError
from django.test import Client

from tests.pseudo.looking import look

_VIEW = "accounts.pages.views.render"


def of_a_visitor() -> None:
    look(Client(), "/nothing-here", "/authorize?client_id=unknown")
    Client(enforce_csrf_checks=True).post("/reset-password")


def of_ours() -> None:
    for error in (RuntimeError, OperationalError):
        with mock.patch(_VIEW, side_effect=error):
            look(Client(raise_request_exception=False), "/help/cookies")


PARTS = (of_a_visitor, of_ours)
