"""How callers who were stuck are counted."""

from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.audit.actor import SYSTEM
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from idp.console.figures.counting import count
from idp.console.figures.queries import weeks
from idp.console.figures.rules import Figure

pytestmark = pytest.mark.django_db


def _caller(*causes: str) -> None:
    case = str(uuid4())
    for cause in causes:
        about = About(reason=cause, object_kind="help_session", object_id=case)
        record(Event.HELP_CAUSE_FOUND, by=SYSTEM, about=about)


def _counted() -> dict[str, int]:
    now = timezone.now()
    week = weeks(now)[-1]
    found = count([week], now=now)[week].items()
    return {part: number for (figure, part), number in found if figure is Figure.STUCK}


def test_that_nothing_was_found_counts_only_where_nothing_was_found_later() -> None:
    _caller("nothing_wrong", "slowed_down")
    _caller("nothing_here", "mail_bounced")
    _caller("slowed_down", "nothing_wrong")
    _caller("nothing_wrong")
    assert _counted() == {"slowed_down": 2, "mail_bounced": 1, "nothing_wrong": 1}


def test_two_causes_of_one_caller_count_each() -> None:
    _caller("slowed_down", "account_frozen")
    assert _counted() == {"slowed_down": 1, "account_frozen": 1}
