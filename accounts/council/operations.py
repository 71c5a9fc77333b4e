"""Publishes what residents see of the council."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit.actor import staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.council import queries, rules
from accounts.council.memory import memory
from accounts.council.rules import Values
from accounts.models import Account, CouncilDetails


class ChangedMeanwhileError(Exception):
    """Somebody else has published since: nothing of theirs is overwritten."""


class NothingChangedError(Exception):
    """It is what everybody sees already."""


@transaction.atomic
def publish(
    *, values: Values, begun_at: int, by: Account, put_back: int | None = None
) -> CouncilDetails:
    """Make these values what everybody sees, and return the new version.

    `values`: each as `rules.read` returns it. `begun_at`: the number of the version that they were
    made from, 0 for the settings. `put_back`: the number of the version that they repeat.

    Raises:
        ChangedMeanwhileError: that version counts no longer.
        NothingChangedError: nothing would differ.
    """
    newest = queries.newest()
    if (newest.number if newest else 0) != begun_at:
        raise ChangedMeanwhileError
    changed = rules.changed(queries.values_of(newest), values)
    if not changed:
        raise NothingChangedError
    version = _insert(CouncilDetails(number=begun_at + 1, put_back=put_back), values, by)
    about = About(
        object_kind="council_details",
        object_id=str(version.number),
        detail={"changed": ",".join(changed), "put_back": put_back or 0},
    )
    record(Event.COUNCIL_DETAILS_PUBLISHED, by=staff(by), about=about)
    transaction.on_commit(memory.forget)
    return version


def _insert(version: CouncilDetails, values: Values, by: Account) -> CouncilDetails:
    version.values = {str(name): value for name, value in values.items()}
    version.published_by, version.published_at = by, timezone.now()
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError:
        # Two at the same moment: the number is taken.
        raise ChangedMeanwhileError from None
    return version
