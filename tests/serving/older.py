"""Brings a fresh database to where an older version left it: `python -m tests.serving.older`.

The command `migrate` takes a new database to the end at once, past the steps of before.
"""

import django
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

# Before residents and staff were told apart, and made-up people from real ones.
_STEPS = [
    ("accounts", "0015_test_groups_and_staff"),
    ("clients", "0009_members_and_test_residents"),
]

if __name__ == "__main__":
    django.setup()
    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    executor.migrate(_STEPS)
