"""What this app holds, column by column: the declarations of all its tables.

Owns what each column is held for, until when, and what becomes of it at closing; must not delete.
A new column is declared here, or a test fails.
"""

from typing import Final

from accounts.held import changes, council, jobs, mails, people, rights, signing_in, ways
from accounts.retention.vocabulary import Table

TABLES: Final[tuple[Table, ...]] = (
    *people.TABLES,
    *ways.TABLES,
    *signing_in.TABLES,
    *mails.TABLES,
    *changes.TABLES,
    *rights.TABLES,
    *jobs.TABLES,
    *council.TABLES,
)
