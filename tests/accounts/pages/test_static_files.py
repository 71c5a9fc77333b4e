"""The committed styles and scripts."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from tests.environment import ROOT

STATIC = ROOT / "accounts" / "static" / "accounts"
VENDOR = STATIC / "vendor"


@pytest.mark.parametrize("word", ["@font-face", "url(", "transport", "crest"])
def test_nothing_reserved_to_government_is_shipped(word: str) -> None:
    assert word not in (VENDOR / "govuk-frontend.min.css").read_text(encoding="utf-8").lower()


def test_the_licence_stands_beside_the_files() -> None:
    notice = (VENDOR / "THIRD_PARTY.md").read_text(encoding="utf-8")
    assert "Permission is hereby granted" in notice
    for path in VENDOR.glob("govuk-frontend.min.*"):
        assert path.name in notice


def test_the_styles_are_of_the_version_whose_html_is_rendered() -> None:
    styles = (VENDOR / "govuk-frontend.min.css").read_text(encoding="utf-8")
    assert '--govuk-frontend-version:"6.3.0"' in styles.replace(" ", "")


@pytest.mark.slow
def test_hashed_names_reach_everything_that_a_file_refers_to(
    settings: Settings, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "accounts.pages.storage.ModuleStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    init = next(path for path in (tmp_path / "accounts").glob("init.*.js"))
    imported = re.findall(r'from "\./(vendor/[^"]+)"', init.read_text(encoding="utf-8"))
    assert len(imported) == 1
    assert (tmp_path / "accounts" / imported[0]).is_file()
    assert re.fullmatch(r"vendor/govuk-frontend\.min\.[0-9a-f]{12}\.js", imported[0])
