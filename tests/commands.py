"""Running operator commands in this process."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command


def run(*arguments: str) -> Any:  # noqa: ANN401 - whatever the command answers
    """Return what the command answers with --json."""
    return json.loads(text(*arguments, "--json")[0])


def text(*arguments: str) -> tuple[str, str]:
    """Return what the command prints for people, and its cautions."""
    printed, cautions = io.StringIO(), io.StringIO()
    call_command(*arguments, stdout=printed, stderr=cautions)
    return printed.getvalue(), cautions.getvalue()


def refused(*arguments: str) -> tuple[str, int]:
    """Return the message and exit code of a command that refuses."""
    with pytest.raises(CommandError) as error:
        text(*arguments)
    return str(error.value), error.value.returncode
