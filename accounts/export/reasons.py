"""What a part is held for and how long, as the declaration of its table says."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.export.part import Asked, Part
from accounts.models import Account
from accounts.retention.queries import table_of
from accounts.retention.vocabulary import AtClosing, Table, With
from accounts.retention.wording import PURPOSES, period


@dataclass(frozen=True)
class Reasons:
    """Why rows are held, until when, and what stays of them once their account is closed."""

    purposes: list[str]
    kept: str
    stays: list[str]


def of(part: Part) -> Reasons:
    """Return the reasons to hold what the part tells."""
    table = table_of(part.rows(Asked(Account(), includes_private=True)).model)
    held_for = dict.fromkeys(column.purpose for column in table.personal if column.purpose)
    return Reasons(
        purposes=[str(PURPOSES[purpose]) for purpose in held_for],
        kept=_kept(table),
        stays=[str(why) for why in dict.fromkeys(column.why for column in table.kept)],
    )


def _kept(table: Table) -> str:
    if isinstance(table.ends, AtClosing) or (
        isinstance(table.ends, With) and table.parent() is Account
    ):
        return _("Until you change or remove it, or your account is closed for good")
    return period(table)
