"""What Python says to residents goes through translation."""

from pathlib import Path

import pytest

from tests.environment import ROOT
from tests.project import python_text


@pytest.mark.parametrize(
    "path", python_text.sources(), ids=lambda path: str(path.relative_to(ROOT))
)
def test_python_says_nothing_outside_translation(path: Path) -> None:
    assert python_text.untranslated(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        'CharField(label="Name")',
        'CharField(error_messages={"required": "Enter it"})',
        'ChoiceField(choices=[("a", "Yes")])',
        'raise ValidationError("Enter your email address")',
        'form.add_error("email", "Enter your email address")',
        'x = f"Enter the {n} numbers of the code"',
    ],
)
def test_the_lint_finds_text_that_no_translator_sees(source: str) -> None:
    assert python_text.untranslated(source) != []


@pytest.mark.parametrize(
    "source",
    [
        'CharField(label=_("Name"), error_messages={"required": _("Enter it")})',
        'def f():\n    """Return a thing of that kind."""',
        'message = "No component fits this."\nraise LookupError(message)',
        'logger.info("Form refused because of %s", reason)',
        'ChoiceField(choices=[("yes", _("Yes"))])',
        'names = {"__Host-session": 1}',
    ],
)
def test_the_lint_passes_what_is_translated_or_not_for_residents(source: str) -> None:
    assert python_text.untranslated(source) == []
