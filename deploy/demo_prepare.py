"""Brings a demonstration's database, static files and made-up people up to date, in one process.

`python -m deploy.demo_prepare --help`; one process instead of three commands because loading
Django is most of the time that each of them takes.
"""

import argparse
import sys

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def prepare(*, data: str, **urls: str) -> None:
    """Migrate where needed, collect static files, seed what is missing."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _say("Migrating the database")
        call_command("migrate", verbosity=0, interactive=False)
    # As in production: hashed names and compressed copies, which the served pages refer to.
    call_command("collectstatic", verbosity=0, interactive=False)
    _say("Preparing organisations, services and people")
    call_command("demo", data=data, **urls)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--council-tax-url", required=True)
    parser.add_argument("--hub-url", required=True)
    parser.add_argument("--housing-url", required=True)
    return parser.parse_args()


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    try:
        django.setup()
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
    prepare(**vars(_arguments()))
