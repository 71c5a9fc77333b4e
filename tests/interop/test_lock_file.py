"""What `npm ci` installs is checked, and comes from wherever this machine gets its packages."""

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
LOCK = Path(__file__).parent / "package-lock.json"


def test_every_package_has_its_hash_and_none_an_address() -> None:
    text = LOCK.read_text(encoding="utf-8")
    assert "://" not in text
    packages = json.loads(text)["packages"]
    installed = {place: package for place, package in packages.items() if place}
    assert "node_modules/openid-client" in installed
    for package in installed.values():
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package
