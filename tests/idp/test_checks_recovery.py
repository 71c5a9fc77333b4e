"""Waits that may not be shorter than the ladder says, and ways out that must be whole."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from idp.checks.registry import borough_rules

WAITS = {
    "RECOVERY_PASSWORD_WAIT": timedelta(hours=72),
    "RECOVERY_POST_WAIT": timedelta(hours=24),
    "RECOVERY_COUNTER_WAIT": timedelta(hours=24),
    "RECOVERY_HOLD": timedelta(hours=48),
    "LETTER_ADDRESS_AGE": timedelta(days=30),
}
FOLDER = "accounts.letters.folder.Folder"
LETTERS = "accounts.letters.notify.NotifyLetters"
TEXTS = "accounts.texts.notify.NotifyTexts"


def found() -> set[str | None]:
    return {message.id for message in borough_rules() if str(message.id).startswith("borough.E09")}


def test_the_settings_as_they_come_are_safe() -> None:
    assert found() == set()


@pytest.mark.parametrize("name", WAITS)
def test_a_wait_may_be_longer_never_shorter(settings: Settings, name: str) -> None:
    setattr(settings, name, WAITS[name] + timedelta(days=7))
    assert found() == set()
    setattr(settings, name, WAITS[name] - timedelta(seconds=1))
    assert found() == {"borough.E090"}


def test_letters_to_a_folder_need_folder_certificate_and_font(
    settings: Settings, tmp_path: Path
) -> None:
    settings.LETTERS_ADAPTER = FOLDER
    settings.LETTERS_FONT = str(tmp_path / "nothing.ttf")
    assert found() == {"borough.E091", "borough.E092"}
    for name in ("LETTERS_FONT", "LETTERS_CERTIFICATE"):
        file = tmp_path / name
        file.touch()
        setattr(settings, name, str(file))
    settings.LETTERS_DIR = str(tmp_path)
    assert found() == set()


def test_notify_needs_a_key_and_a_template(settings: Settings, tmp_path: Path) -> None:
    font = tmp_path / "font.ttf"
    font.touch()
    settings.LETTERS_FONT = str(font)
    settings.LETTERS_ADAPTER = LETTERS
    assert found() == {"borough.E093"}
    settings.TEXTS_ADAPTER = TEXTS
    assert found() == {"borough.E093", "borough.E094"}
    settings.NOTIFY_API_KEY, settings.NOTIFY_TEXT_TEMPLATE = "key", "template"
    assert found() == set()
