"""Starting with the settings of a real council, in a process of its own."""

import os
import subprocess
import sys

import pytest

from tests.environment import ROOT

pytestmark = pytest.mark.slow

PRODUCTION = {
    "BOROUGH_ISSUER": "https://login.borough.gov.uk",
    "BOROUGH_TRUSTED_PROXIES": "127.0.0.1",
    "BOROUGH_SECRET_KEY": "Zq3-9fKx_Lw2vT7bYpRn0Hs8Ej5mUc1AdGiXoWl4Bz6kQrStUv",
    "BOROUGH_HASH_KEYS": "k1:bXVzdCBiZSAzMiBieXRlcyBsb25nLCBsaWtlIHRoaXM=",
    "BOROUGH_FIELD_ENCRYPTION_KEYS": "f1:YW5vdGhlciBvbmUgb2YgMzIgYnl0ZXMgaXMgaGVyZSE=",
    "BOROUGH_AUDIT_KEYS": "a1:YSB0aGlyZCBvbmUgb2YgMzIgYnl0ZXMsIG15IGRlYXI=",
    "BOROUGH_AUDIT_COPY": "/mnt/audit/seals",
    "BOROUGH_DATABASE_URL": "postgresql://borough@localhost/borough",
    "BOROUGH_COUNCIL_NAME": "Borough Council",
    "BOROUGH_COUNCIL_PHONE": "020 8726 6000",
    "BOROUGH_COUNCIL_EMAIL": "help@borough.gov.uk",
    "BOROUGH_COUNCIL_ADDRESS": "1 Mint Walk",
    "BOROUGH_COUNCIL_WEBSITE": "https://www.borough.gov.uk",
    "BOROUGH_ACCESSIBILITY_CONTACT": "access@borough.gov.uk",
    "BOROUGH_DATA_PROTECTION_CONTACT": "dpo@borough.gov.uk",
    "BOROUGH_MAIL_FROM": "Borough Login <login@borough.gov.uk>",
}


def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("BOROUGH_")}
    return subprocess.run(
        [sys.executable, *arguments],
        check=False,
        capture_output=True,
        cwd=ROOT,
        env={**ours, **PRODUCTION, **changes},
        text=True,
    )


def test_the_deployment_check_has_nothing_to_say_of_safe_settings() -> None:
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.startswith("System check identified no issues")


def test_the_server_loads_with_safe_settings() -> None:
    loaded = run("-c", "import idp.wsgi")
    assert loaded.returncode == 0, loaded.stderr


def test_neither_server_nor_commands_start_with_unsafe_ones() -> None:
    for arguments in (["-c", "import idp.wsgi"], ["manage.py", "account", "list"]):
        refused = run(*arguments, BOROUGH_DEMO="yes")
        assert refused.returncode == 1
        assert "borough.E003" in refused.stderr
