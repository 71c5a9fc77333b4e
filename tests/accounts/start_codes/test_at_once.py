"""A sheet asked for twice at once, and a code used while one of the staff cancels it."""

import secrets

from tests.accounts.hostile.test_steps_at_once import AT_ONCE, ROUNDS, told
from tests.serving.provider import Served

_TWO = (
    AT_ONCE
    + """
    from uuid import uuid4
    from django.db import transaction
    from accounts.models import PendingSignIn, StartCode
    from accounts.start_codes import operations, queries
    from accounts.start_codes.operations import AlreadyMadeError, Asked, NotGoodError, Papers

    asked = Asked(uuid4(), "support", "own_time", "", 0, Papers())

    def print_one():
        try:
            return operations.make(asked=asked, by=account).row.pk is not None
        except AlreadyMadeError:
            return False

    def use():
        with transaction.atomic():
            row = queries.locked_of_flow(flow)
            if row is None:
                return "not used"
            operations.use_up(row=row, account=account)
            return "used"

    def cancel():
        try:
            operations.cancel(row=row, by=account)
        except NotGoodError:
            return "not cancelled"
        return "cancelled"

    prints = at_once(print_one, print_one)
    row = StartCode.objects.get(made_by=account)
    flow = PendingSignIn.objects.create(
        browser_hash="x", return_to="/account", expires_at=timezone.now() + timedelta(hours=1)
    )
    operations.claim(row=row, flow=flow)
    found.append([sorted(prints), at_once(use, cancel)])
print(json.dumps(found))
"""
)


def test_one_form_prints_one_sheet_and_a_code_is_either_used_or_cancelled(served: Served) -> None:
    found = told(served, _TWO, address=secrets.token_hex(8))
    assert len(found) == ROUNDS
    for prints, answers in found:
        assert prints == [False, True]
        assert answers in (["used", "not cancelled"], ["not used", "cancelled"])
