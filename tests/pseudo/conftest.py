"""The album of all pages in the made-up language, taken once for a run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.environment import ROOT
from tests.pseudo import catalogue
from tests.pseudo.shown import Letter, Page, Shown


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """Return every page and mail that the tour shows."""
    file = tmp_path_factory.mktemp("album") / "shown.json"
    command = [sys.executable, "-m", "tests.pseudo.taking", str(file)]
    taken = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
    assert taken.returncode == 0, taken.stderr
    kept = json.loads(file.read_text(encoding="utf-8"))
    pages = [Page(**page) for page in kept["pages"]]
    return Shown(pages, [Letter(**letter) for letter in kept["letters"]])


@pytest.fixture(scope="session")
def locale_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the made-up language, for `LOCALE_PATHS`."""
    folder = tmp_path_factory.mktemp("locale")
    catalogue.write(folder)
    return folder


@pytest.fixture
def two_languages(settings: Settings, locale_folder: Path) -> None:
    """Have the made-up language beside English."""
    settings.LOCALE_PATHS = [str(locale_folder)]
    settings.LANGUAGES = [("en-gb", "English"), (catalogue.LANGUAGE, "Ĺőńǵ")]
