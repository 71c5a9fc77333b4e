"""The waits of getting back in may be longer than the ladder says, never shorter."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.checks import CheckMessage, Error

from accounts.recovery.rules import LADDER, LEAST_ADDRESS_AGE, LEAST_HOLD
from idp.checks.registry import rule

_FOLDER: Final = "accounts.letters.folder.Folder"
_LETTERS: Final = "accounts.letters.notify.NotifyLetters"
_TEXTS: Final = "accounts.texts.notify.NotifyTexts"
# setting -> its least value; the variable is named after the setting
_LEAST: Final = {
    **{terms.wait_setting: terms.least_wait for terms in LADDER.values() if terms.wait_setting},
    "RECOVERY_HOLD": LEAST_HOLD,
    "LETTER_ADDRESS_AGE": LEAST_ADDRESS_AGE,
}


@rule
def nobody_gets_in_sooner() -> Iterator[CheckMessage]:
    """An owner must have the time to see the mails and stop a stranger."""
    for setting, least in _LEAST.items():
        if getattr(settings, setting) < least:
            yield Error(
                f"{setting} is shorter than {least.total_seconds() / 3600:.0f} hours.",
                hint=f"Raise BOROUGH_{setting}_SECONDS to {least.total_seconds():.0f} or more.",
                id="borough.E090",
            )


@rule
def letters_can_leave() -> Iterator[CheckMessage]:
    """Residents would be promised a letter that nobody can write or post."""
    if settings.LETTERS_ADAPTER and not Path(settings.LETTERS_FONT).is_file():
        yield Error(
            f"There is no font at {settings.LETTERS_FONT!r} to write letters in.",
            hint="Set BOROUGH_LETTERS_FONT to a TrueType file.",
            id="borough.E091",
        )
    if settings.LETTERS_ADAPTER != _FOLDER:
        return
    if not Path(settings.LETTERS_CERTIFICATE).is_file() or not settings.LETTERS_DIR:
        yield Error(
            "Letters would be written to no folder, or sealed to nobody.",
            hint="Set BOROUGH_LETTERS_DIR and BOROUGH_LETTERS_CERTIFICATE.",
            id="borough.E092",
        )


@rule
def notify_can_be_used() -> Iterator[CheckMessage]:
    """GOV.UK Notify would refuse every letter and text message."""
    sends_texts = settings.TEXTS_ADAPTER == _TEXTS
    if (sends_texts or settings.LETTERS_ADAPTER == _LETTERS) and not settings.NOTIFY_API_KEY:
        yield Error(
            "Letters or text messages go through GOV.UK Notify, and there is no key for it.",
            hint="Set BOROUGH_NOTIFY_API_KEY.",
            id="borough.E093",
        )
    if sends_texts and not settings.NOTIFY_TEXT_TEMPLATE:
        yield Error(
            "Text messages go through GOV.UK Notify, and no template of theirs is named.",
            hint="Set BOROUGH_NOTIFY_TEXT_TEMPLATE.",
            id="borough.E094",
        )
