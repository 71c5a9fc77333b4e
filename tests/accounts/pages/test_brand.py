"""A council's own stylesheet and names."""

from pathlib import Path

import pytest
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from accounts.council.shown import complete
from accounts.pages import brand, views
from accounts.pages.context import council
from tests.environment import ROOT


def request() -> HttpRequest:
    return RequestFactory().get("/brand.css", {"v": str(council(None)["brand_version"])})


def test_without_a_stylesheet_no_page_asks_for_one() -> None:
    assert council(None)["brand_version"] == ""
    with pytest.raises(Http404):
        views.brand_stylesheet(request())


def test_the_stylesheet_is_served_as_it_is_and_kept_by_browsers(
    settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "brand.css"
    path.write_text(":root { --govuk-brand-colour: #4b1d6b; }")
    settings.BRAND_STYLESHEET = str(path)
    response = views.brand_stylesheet(request())
    assert response.content == path.read_bytes()
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response["Cache-Control"]


def test_another_stylesheet_has_another_address(settings: Settings, tmp_path: Path) -> None:
    versions = set()
    for name in ("one", "two"):
        path = tmp_path / name
        path.write_text(name)
        settings.BRAND_STYLESHEET = str(path)
        versions.add(council(None)["brand_version"])
    assert len(versions) == 2


def test_a_stylesheet_that_is_not_there_stops_the_page(settings: Settings, tmp_path: Path) -> None:
    settings.BRAND_STYLESHEET = str(tmp_path / "absent.css")
    with pytest.raises(FileNotFoundError):
        brand.stylesheet(complete({}))


def test_the_shipped_example_changes_only_colours_that_exist() -> None:
    compiled = ROOT / "accounts/static/accounts/vendor/govuk-frontend.min.css"
    known = compiled.read_text(encoding="utf-8")
    example = (ROOT / "deploy/assets/brand-example.css").read_text(encoding="utf-8")
    names = [line.split(":")[0].strip() for line in example.splitlines() if "--govuk-" in line]
    assert names
    assert [name for name in names if f"{name}:" not in known] == []


def test_a_phone_number_becomes_an_address_to_call(settings: Settings) -> None:
    settings.COUNCIL_PHONE = "+44 (20) 7946 0000"
    details = council(None)["council"]
    assert getattr(details, "phone_link", "") == "tel:+442079460000"
