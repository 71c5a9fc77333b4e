"""The record of processing in the docs is what the declarations say today."""

from io import StringIO

from django.core.management import call_command
from pytest_django import Settings

from accounts.retention.queries import tables
from tests.environment import ROOT

RECORD = ROOT / "deploy" / "record-of-processing.md"


def printed() -> str:
    out = StringIO()
    call_command("record_of_processing", stdout=out)
    return out.getvalue()


def test_the_record_in_the_docs_is_the_one_that_would_be_printed(settings: Settings) -> None:
    settings.COUNCIL_NAME = "Example Borough Council"
    settings.COUNCIL_ADDRESS = "Town Hall, 1 High Street, Example"
    settings.COUNCIL_EMAIL = "help@example.org"
    is_current = printed() == RECORD.read_text(encoding="utf-8")
    assert is_current, "manage.py record_of_processing > deploy/record-of-processing.md"


def test_it_names_the_council_and_every_table_about_people(settings: Settings) -> None:
    settings.COUNCIL_NAME = "Ambridge"
    record = printed()
    assert "| Controller | Ambridge, " in record
    for table in tables():
        if table.personal:
            assert f"(`{table.model._meta.label}`)" in record  # noqa: SLF001
