"""Reads the sheets that somebody of the staff may see: by case, never by person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone
from django.utils.functional import Promise

from accounts.models import Account, StartCode
from accounts.staff import Role
from accounts.start_codes import queries
from accounts.start_codes.rules import Standing
from idp.console.queries import standing_of
from idp.console.starting.wording import STANDINGS


@dataclass(frozen=True)
class Sheet:
    """One sheet as staff see it: whose it is, they do not."""

    row: StartCode
    state: Promise
    is_waiting: bool


def of_today(account: Account) -> list[Sheet]:
    """Return the sheets that somebody of the staff printed today, the newest first."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    return _sheets(queries.made_by(account).filter(made_at__gte=midnight))


def of_case(case_reference: str) -> list[Sheet]:
    """Return the sheets of a case that is typed whole, whoever printed them, the newest first."""
    return _sheets(queries.of_case(case_reference))


def role_of(account: Account) -> Role:
    """Return in which role somebody prints: as a lead if they are one."""
    roles = standing_of(account).roles
    return Role.SUPPORT_LEAD if Role.SUPPORT_LEAD in roles else Role.SUPPORT


def _sheets(rows: Iterable[StartCode]) -> list[Sheet]:
    stands = [(row, queries.standing(row)) for row in rows]
    return [
        Sheet(row, STANDINGS[standing], standing is Standing.WAITING) for row, standing in stands
    ]
