"""deploy/env.example and the settings tell of the same variables."""

import re

from tests.environment import ROOT

_READ = re.compile(r"\benv\.\w+\(\s*\"(BOROUGH_\w+)\"")
_SHOWN = re.compile(r"^#?(BOROUGH_\w+)=", re.MULTILINE)


def test_every_setting_is_explained_and_nothing_else_is() -> None:
    read = _READ.findall((ROOT / "idp" / "settings.py").read_text(encoding="utf-8"))
    shown = _SHOWN.findall((ROOT / "deploy" / "env.example").read_text(encoding="utf-8"))

    assert sorted(shown) == sorted(read)
