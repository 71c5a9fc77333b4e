"""What this app holds, column by column: what is shared, and what the protocol needs for it.

Owns what each column is held for, until when, and what becomes of it at closing; must not delete.
A new column is declared here, or a test fails.
"""

from typing import Final

from accounts.retention.vocabulary import Table
from idp.held import helping, running, sharing, telling, tokens

TABLES: Final[tuple[Table, ...]] = (
    *sharing.TABLES,
    *tokens.TABLES,
    *telling.TABLES,
    *running.TABLES,
    *helping.TABLES,
)
