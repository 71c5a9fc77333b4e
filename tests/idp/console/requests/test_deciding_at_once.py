"""Two of the staff decide one request at the same moment: one decision counts.

In threads of a command on the served provider's database, as nobody else's rows are seen from a
test's own transaction.
"""

import json
import secrets

import pytest

from tests.accounts.hostile.test_steps_at_once import AT_ONCE
from tests.serving.provider import Served, run_command

ROUNDS = 4
_DECIDE = (
    AT_ONCE
    + """
    from accounts.models import EmailChange
    from idp.console.requests.operations import NotDecidedError, decide
    from idp.console.requests.rules import Reason
    from idp.models import StaffRequest
    from tests.factories.people import staff_member
    asker = staff_member("support").account
    leads = [staff_member("support_lead").account for _ in range(2)]
    now = timezone.now()
    row = StaffRequest.objects.create(
        act="{act}", account=account, asked_by=asker, case_reference="BL-1", tier=2,
        known_by="counter", evidence=["passport"], due_at=now, expires_at=now + timedelta(days=7),
        new_address="{new}" and f"{new}{{number}}@example.org",
    )
    def decided(lead, reason):
        try:
            return str(decide(request=row, reason=reason, by=lead).outcome)
        except NotDecidedError as error:
            return str(error.refusal)
    told = at_once(
        lambda: decided(leads[0], Reason.CHECKED), lambda: decided(leads[1], Reason("{other}"))
    )
    row.refresh_from_db()
    events = AuditEvent.objects.filter(object_id=str(row.pk)).order_by("pk")
    found.append({{
        "told": told,
        "outcome": row.outcome,
        "decider": [lead.pk for lead in leads].index(row.decided_by_id),
        "events": sorted(event.event.rpartition(":")[2] for event in events),
        "begun": RecoveryRequest.objects.filter(account=account).count()
        + EmailChange.objects.filter(account=account).count(),
    }})
print(json.dumps(found))
"""
)


@pytest.mark.parametrize("act, new", [("reset_ways", ""), ("change_email", "new-")])
@pytest.mark.parametrize("other", ["checked", "pressed"])
def test_one_decision_counts_and_the_other_is_told_so(
    served: Served, act: str, new: str, other: str
) -> None:
    address = secrets.token_hex(8)
    script = _DECIDE.format(
        rounds=ROUNDS, address=address, act=act, other=other, new=new and f"{new}{address}"
    )
    found = json.loads(run_command(served.environment, "shell", "--no-imports", "-c", script))
    assert len(found) == ROUNDS
    for one in found:
        winner = one["decider"]
        assert one["told"][winner] == one["outcome"]
        assert one["told"][1 - winner] == "request_decided"
        assert one["outcome"] == ("agreed" if winner == 0 or other == "checked" else "refused")
        assert one["begun"] == int(one["outcome"] == "agreed")
        assert one["events"] == sorted([one["outcome"], "stopped"])
