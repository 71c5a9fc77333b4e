"""The guide for when people part, begun by two clicks at the same moment."""

import secrets

from tests.accounts.hostile.test_steps_at_once import AT_ONCE, ROUNDS, told
from tests.serving.provider import Served

_TWO_BEGUN = (
    AT_ONCE
    + """
    from accounts.models import Leaving
    from accounts.safety.leaving.operations import begin
    from accounts.security.browser import BrowserId
    from accounts.security.tokens import random_token

    browser = random_token()
    begun = lambda: begin(account=account, browser=BrowserId(browser)) and "begun"
    found.append([*at_once(begun, begun), Leaving.objects.filter(account=account).count()])
print(json.dumps(found))
"""
)


def test_two_clicks_begin_one_guide(served: Served) -> None:
    name = f"{secrets.token_hex(8)}x"
    assert told(served, _TWO_BEGUN, address=name) == [["begun", "begun", 1]] * ROUNDS
