"""A transaction that is held open after its event keeps nobody waiting, and is sealed later."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import fresh
from tests.environment import ROOT
from tests.serving.provider import Prepared

pytestmark = [pytest.mark.slow, pytest.mark.once("postgresql")]

OTHERS = 7


def test_seven_record_beside_an_open_transaction_and_all_are_sealed(
    prepared: Prepared, tmp_path: Path
) -> None:
    engine = os.environ.get("BOROUGH_DATABASE_URL", "")
    with fresh.database(engine, tmp_path, like=prepared.database_url) as database_url:
        environment = {**os.environ, "BOROUGH_DATABASE_URL": database_url}
        finished = subprocess.run(
            [sys.executable, "-m", "tests.accounts.audit.held_open"],
            check=False,
            capture_output=True,
            cwd=ROOT,
            env=environment,
            text=True,
        )
    assert finished.returncode == 0, finished.stderr
    answer = json.loads(finished.stdout)
    if engine.startswith("postgres"):
        # Who waits for a lock for a second fails: all seven were done while the first was open.
        assert answer["while_open"] == {
            "is_open": True,
            "sealed": 0,
            "unsealed": OTHERS,
            "findings": 0,
        }
        assert answer["sealed_later"] == OTHERS + 1
    assert answer["findings"] == 0
