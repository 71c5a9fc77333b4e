"""The words in which an app declares what each column of a table is.

A table is declared once, in its app's `held` package: what its rows are, when they end, and for
each column either why it is not about a person or what it is held for and what becomes of it once
its account is closed for good. Periods are written nowhere else: the purge deletes by them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, StrEnum
from typing import Any, Final, TypeAlias

from django.db.models import DateTimeField, ForeignKey, Model, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localdate

Words: TypeAlias = str | Promise


class Purpose(Enum):
    """What something about a person is held for; `wording.py` says it in words."""

    SIGN_IN = "sign_in"
    SAFETY = "safety"
    REACH = "reach"
    PROFILE = "profile"
    SHARING = "sharing"
    PROOF = "proof"
    RIGHTS = "rights"
    PARTNERS = "partners"


class Fate(StrEnum):
    """What becomes of a column about a person once the account is closed for good."""

    DELETED = "deleted"
    KEPT = "kept"


# A column that has no value of its own for "empty": null, its default or an empty text will do.
_NOTHING_SPECIAL: Final = object()


@dataclass(frozen=True)
class Column:
    """One column; `purpose` is None where it is not about a person.

    `why`: why it is not about a person, or why it is kept when the account is gone. `is_secret`: it
    proves something or is matched by, and tells a reader nothing. `emptied`: what it holds once it
    is deleted and its row is not.
    """

    name: str
    purpose: Purpose | None = None
    fate: Fate | None = None
    why: Words = ""
    is_secret: bool = False
    emptied: object = _NOTHING_SPECIAL

    @property
    def is_personal(self) -> bool:
        """Whether it is about a person."""
        return self.purpose is not None

    def empty_value(self, model: type[Model]) -> object:
        """Return what it holds once it is deleted and its row is not."""
        if self.emptied is not _NOTHING_SPECIAL:
            return self.emptied
        field = model._meta.get_field(self.name)  # noqa: SLF001 - Django's documented API
        if getattr(field, "null", False):
            return None
        return field.get_default()  # type: ignore[union-attr]


Columns: TypeAlias = tuple[Column, ...]


def personal(
    names: str,
    purpose: Purpose,
    *,
    kept: Words = "",
    secret: bool = False,
    emptied: object = _NOTHING_SPECIAL,
) -> Columns:
    """Declare that these columns are about a person.

    `kept` says why they stay when the account is closed for good; without it they are deleted then.
    """
    fate = Fate.KEPT if kept else Fate.DELETED
    return tuple(
        Column(name, purpose, fate, kept, is_secret=secret, emptied=emptied)
        for name in names.split()
    )


def not_personal(names: str, why: str) -> Columns:
    """Declare that these columns are about nobody."""
    return tuple(Column(name, why=why) for name in names.split())


@dataclass(frozen=True)
class After:
    """Rows are purged some time after the moment in one of their columns.

    `when` says in words what happens at that moment ("it expires"). `due`, if given, narrows what
    is old enough to what may go at this moment.
    """

    column: str
    when: Words
    time: timedelta = timedelta()
    due: Callable[[QuerySet[Any], datetime], QuerySet[Any]] | None = None

    def rows(self, model: type[Model], now: datetime) -> QuerySet[Any]:
        """Return the rows whose time is over."""
        latest: datetime | date = now - self.time
        if not isinstance(model._meta.get_field(self.column), DateTimeField):  # noqa: SLF001
            latest = localdate(now - self.time)
        rows = model._default_manager.filter(**{f"{self.column}__lte": latest})  # noqa: SLF001
        return self.due(rows, now) if self.due else rows


@dataclass(frozen=True)
class With:
    """Rows go with the row that this foreign key leads to."""

    key: str


@dataclass(frozen=True)
class AtClosing:
    """What is personal in a row goes once the account was closed for good."""


@dataclass(frozen=True)
class Endless:
    """Rows stay, and why."""

    why: Words


@dataclass(frozen=True)
class Table:
    """What the rows of a table are, whose, when they end, and what each column is.

    `owner` is the way from a row to its account, empty where it belongs to none.
    """

    model: type[Model]
    what: Words
    ends: After | With | AtClosing | Endless
    groups: tuple[Columns, ...]
    owner: str = ""

    @property
    def columns(self) -> Columns:
        """Every column, in the order of the declaration."""
        return tuple(column for group in self.groups for column in group)

    @property
    def personal(self) -> Columns:
        """The columns about a person."""
        return tuple(column for column in self.columns if column.is_personal)

    @property
    def kept(self) -> Columns:
        """The columns about a person that stay when the account is closed for good."""
        return tuple(column for column in self.personal if column.fate is Fate.KEPT)

    @property
    def goes_at_closing(self) -> bool:
        """Whether whole rows go once their account is closed for good: nothing in them stays."""
        return bool(self.owner) and not self.kept

    def parent(self) -> type[Model] | None:
        """Return the table whose rows these go with."""
        if not isinstance(self.ends, With):
            return None
        field = self.model._meta.get_field(self.ends.key)  # noqa: SLF001
        assert isinstance(field, ForeignKey)  # noqa: S101 - a test goes through all of them
        return field.related_model
