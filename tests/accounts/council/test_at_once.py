"""Two owners who publish at the same moment: one of them is told, and nothing is lost."""

import secrets

from tests.accounts.hostile.test_steps_at_once import AT_ONCE, ROUNDS, told
from tests.serving.provider import Served

_TWO = (
    AT_ONCE
    + """
    from accounts.council import operations, queries
    from accounts.council.rules import Detail

    newest = queries.newest()
    begun, values = newest.number if newest else 0, queries.values_of(newest)

    def publish(hours):
        changes = values | {{Detail.HOURS: f"{{hours}} {{begun}}"}}
        try:
            return operations.publish(values=changes, begun_at=begun, by=account).number
        except operations.ChangedMeanwhileError:
            return "told"

    found.append([begun, at_once(lambda: publish("Always"), lambda: publish("Never"))])
    operations.publish(values=queries.values_of(None), begun_at=begun + 1, by=account)
print(json.dumps(found))
"""
)


def test_of_two_who_publish_at_once_one_is_told(served: Served) -> None:
    found = told(served, _TWO, address=secrets.token_hex(8))
    assert len(found) == ROUNDS
    for begun, answers in found:
        assert sorted(map(str, answers)) == sorted([str(begun + 1), "told"])
