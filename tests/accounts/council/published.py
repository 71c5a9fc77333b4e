"""The council's values, published as its owner would."""

from accounts.council import operations, queries
from accounts.council.memory import memory
from accounts.council.rules import Detail
from accounts.models import Account, CouncilDetails
from tests import factories


def publish(by: Account | None = None, **changes: str) -> CouncilDetails:
    """Publish what is there with these changes, and let this process know at once."""
    newest = queries.newest()
    row = operations.publish(
        values=queries.values_of(newest) | {Detail(name): text for name, text in changes.items()},
        begun_at=newest.number if newest else 0,
        by=by or factories.staff_member("owner").account,
    )
    memory.forget()
    return row
