"""Takes the album on a database of its own: `python -m tests.pseudo.taking FILE`.

In a process of its own, because Playwright leaves an event loop in that of the tests, in which
Django refuses its database.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import django

django.setup()

from django.core import mail  # noqa: E402 - models can be read from here on
from django.db import transaction  # noqa: E402
from django.test import override_settings  # noqa: E402
from django.test.utils import (  # noqa: E402
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

from tests.accounts import post  # noqa: E402
from tests.pseudo import catalogue, tour  # noqa: E402
from tests.pseudo.album import Album  # noqa: E402


def take() -> Album:
    """Return every page and mail of the tour."""
    album = Album(catalogue.LANGUAGE)
    with _database(), _made_up_language(), album.open():
        for part in tour.PARTS:
            mail.outbox.clear()
            with transaction.atomic():
                part()
                album.letters += post.letters()
                transaction.set_rollback(True)
    return album


@contextmanager
def _database() -> Iterator[None]:
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)


@contextmanager
def _made_up_language() -> Iterator[None]:
    with (
        tempfile.TemporaryDirectory() as folder,
        override_settings(
            LOCALE_PATHS=[folder],
            LANGUAGES=[("en-gb", "English"), (catalogue.LANGUAGE, "Ĺőńǵ")],
            LIMITS_ENABLED=False,
            TEXTS_ADAPTER="tests.accounts.texts.phone.PhoneInHand",
            LETTERS_ADAPTER="tests.accounts.letters.pillar_box.PillarBox",
        ),
    ):
        catalogue.write(Path(folder))
        yield


if __name__ == "__main__":
    taken = take()
    shown = {
        "pages": [asdict(page) for page in taken.pages()],
        "letters": [asdict(letter) for letter in taken.letters],
    }
    Path(sys.argv[1]).write_text(json.dumps(shown), encoding="utf-8")
