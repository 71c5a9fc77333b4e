"""The record of processing activities (UK GDPR article 30), written from the declarations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from accounts.retention.queries import tables
from accounts.retention.vocabulary import Column, Columns, Fate, Purpose, Table
from accounts.retention.wording import LAWFUL_BASES, PURPOSES, period


@dataclass(frozen=True)
class Controller:
    """Who decides why and how: the council."""

    name: str
    address: str
    email: str


_HEAD: Final = """\
# Record of processing

What the login holds about people, what for, and until when (UK GDPR article 30). Printed by
`manage.py record_of_processing` from the declarations that the nightly `purge_expired` deletes by;
on a running system it names the council. What the council adds of its own: who its data protection
officer is, and who carries its mails and text messages.

| | |
|---|---|
| Controller | {name}, {address}, {email} |
| Whose data | people who have an account or begin one; people who look after a service |
| Who receives it | the organisations whose services people share details with, as `manage.py application list` lists them; whoever carries the council's mails and text messages |
| Transfers abroad | none by this software; where a service's organisation is, the council checks before it goes live |
| How it is kept safe | codes, tokens, cookies and links as keyed hashes only; secrets encrypted, the keys outside the database; passwords hashed by Argon2id; limits on every guess; an append-only log of every change, sealed by a key outside the database; TLS |
"""  # noqa: E501 - rows of a table
_PURPOSES: Final = """
## What for

| purpose | lawful basis | what is held for it |
|---|---|---|
"""
_PERIODS: Final = """
## How long, column by column

"Closed" is closed for good: its owner can have an account back until then. Columns marked * prove
something or are matched by, and tell a reader nothing.

| what | columns | kept | when the account is closed |
|---|---|---|---|
"""
_NOBODY: Final = """
## What is about nobody

| table | columns | because |
|---|---|---|
"""


def document(controller: Controller) -> str:
    """Return the whole record, as Markdown."""
    declared = tables()
    about_people = [table for table in declared if table.personal]
    return "".join(
        (
            _HEAD.format(**vars(controller)),
            _PURPOSES,
            *_lines(_of_purpose(purpose, about_people) for purpose in Purpose),
            _PERIODS,
            *_lines(_of_table(table) for table in about_people),
            _NOBODY,
            *_lines(cells for table in declared for cells in _of_nobody(table)),
        )
    )


def _lines(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for cells in rows:
        yield f"| {' | '.join(cells)} |\n"


def _of_purpose(purpose: Purpose, about_people: list[Table]) -> tuple[str, ...]:
    held = [
        str(table.what)
        for table in about_people
        if any(column.purpose is purpose for column in table.personal)
    ]
    return (str(PURPOSES[purpose]), LAWFUL_BASES[purpose], "; ".join(held))


def _of_table(table: Table) -> tuple[str, ...]:
    what = f"{table.what} (`{_label(table)}`)"
    return (what, _names(table.personal), period(table), _at_closing(table))


def _at_closing(table: Table) -> str:
    if not table.owner:
        return "ends by itself"
    if table.goes_at_closing:
        return "deleted"
    reasons = "; ".join(dict.fromkeys(str(column.why) for column in table.kept))
    gone = tuple(column for column in table.personal if column.fate is Fate.DELETED)
    if not gone:
        return f"kept: {reasons}"
    return f"{_names(table.kept)} kept: {reasons}. The rest is emptied"


def _of_nobody(table: Table) -> Iterator[tuple[str, ...]]:
    reasons: dict[str, list[Column]] = {}
    for column in table.columns:
        if not column.is_personal:
            reasons.setdefault(str(column.why), []).append(column)
    for why, columns in reasons.items():
        yield (f"`{_label(table)}`", _names(tuple(columns)), why)


def _names(columns: Columns) -> str:
    return ", ".join(f"`{column.name}`{'*' * column.is_secret}" for column in columns)


def _label(table: Table) -> str:
    return str(table.model._meta.label)  # noqa: SLF001 - Django's documented API
