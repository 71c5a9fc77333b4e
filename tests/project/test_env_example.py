"""deploy/env.example and the settings tell of the same variables."""

import json
import re
import shlex
import subprocess
import sys

from tests.environment import ROOT

_READ = re.compile(r"\benv\.\w+\(\s*\"(BOROUGH_\w+)\"")
_EXAMPLE = ROOT / "deploy" / "env.example"
_SHOWN = re.compile(r"^#?(BOROUGH_\w+)=", re.MULTILINE)


def test_every_setting_is_explained_and_nothing_else_is() -> None:
    read = [
        name
        for settings in (ROOT / "idp").glob("*settings.py")
        for name in _READ.findall(settings.read_text(encoding="utf-8"))
    ]
    shown = _SHOWN.findall(_EXAMPLE.read_text(encoding="utf-8"))

    assert sorted(shown) == sorted(read)


def test_a_shell_reads_every_setting_as_systemd_does() -> None:
    uncommented = re.sub(
        r"^#(?=BOROUGH_)", "", _EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    lines = [line for line in uncommented.splitlines() if line.startswith("BOROUGH_")]
    expected = dict("".join(shlex.split(line)).split("=", 1) for line in lines)

    show = "import json, os; print(json.dumps(dict(os.environ)))"
    command = ["sh", "-eu", "-c", f'set -a; eval "$1"; set +a; {sys.executable} -c "$2"', "sh"]
    read = subprocess.run(
        [*command, uncommented, show], check=True, capture_output=True, text=True, env={}
    )

    assert read.stderr == ""
    assert expected.items() <= json.loads(read.stdout).items()
    assert expected["BOROUGH_MAIL_FROM"] == "Borough Login <no-reply@example.org>"
