"""A form that comes after somebody ended its session on purpose: nothing of it waits for anyone."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
import time_machine

from accounts.audit.actor import OPERATOR, resident
from accounts.freezing.operations import freeze_by_owner
from accounts.models import HelpCode, KeptForm, Session
from accounts.sessions import operations as sessions
from accounts.sessions.rules import Standing
from accounts.suspension.operations import suspend
from tests.accounts.hostile.late import NOON, STREET, TYPE, Latecomer

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Latecomer:
    return Latecomer()


ON_PURPOSE = {
    "signed out": lambda session: sessions.end(
        session=session, reason=Session.EndReason.SIGNED_OUT, by=resident(session.account)
    ),
    "ended elsewhere by its owner": lambda session: sessions.end_everything(
        account=session.account, by=resident(session.account)
    ),
    "ended by a new password": lambda session: sessions.end_all(
        account=session.account,
        reason=Session.EndReason.PASSWORD_CHANGED,
        by=resident(session.account),
    ),
    "frozen": lambda session: freeze_by_owner(session=session, by=resident(session.account)),
    "suspended": lambda session: suspend(account=session.account, by=OPERATOR),
}
every_end = pytest.mark.parametrize("end", ON_PURPOSE.values(), ids=ON_PURPOSE)


@every_end
def test_after_an_end_on_purpose_nothing_is_kept_of_whoever_still_types(
    ann: Latecomer, end: Callable[[Session], object]
) -> None:
    assert ann.session is not None
    end(ann.session)
    late = ann.client.post(TYPE, STREET)
    assert late["Location"] == f"/sign-in?{urlencode({'return_to': TYPE})}"
    assert not KeptForm.objects.exists()
    reasons = [step["reason"] for row in HelpCode.objects.all() for step in row.steps]
    assert Standing.ENDED_ON_PURPOSE in reasons


@every_end
def test_an_end_on_purpose_takes_what_was_kept_before(
    ann: Latecomer, end: Callable[[Session], object]
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ann.sign_in()
        ann.run_out(clock)
        ann.client.post(TYPE, STREET)
        assert KeptForm.objects.count() == 1
        end(Session.objects.filter(ended_at=None).latest("last_seen_at"))
    assert not KeptForm.objects.exists()
