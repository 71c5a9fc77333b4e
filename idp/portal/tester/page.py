"""What the page of a run shows: sent beside returned, the ID token, and what was checked."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from idp.models import TesterRun
from idp.portal.tester.rules import Check
from idp.portal.tester.wording import CHECKS, MISTAKES
from idp.portal.trail.words.catalogue import explained
from idp.portal.trail.words.vocabulary import Words

_REASON: Final = re.compile(r"Reason: ([a-z_]{1,60})\.")


@dataclass(frozen=True)
class Finding:
    """One check in words."""

    passed: bool
    words: str


def both(run: TesterRun) -> list[tuple[str, str, str]]:
    """Return each parameter with what was sent and what came back."""
    sent, answer = run.sent["parameters"], run.returned.get("answer", {})
    token = run.returned.get("token", {})
    returned = {**{name: str(value) for name, value in token.items()}, **answer}
    names = [*sent, *(name for name in returned if name not in sent)]
    return [(name, sent.get(name, ""), returned.get(name, "")) for name in names]


def findings(run: TesterRun) -> list[Finding]:
    """Return what was checked, what failed first."""
    found = [
        Finding(passed, str(CHECKS[Check(name)][0 if passed else 1]))
        for name, passed in run.returned.get("checks", {}).items()
    ]
    return sorted(found, key=lambda finding: finding.passed)


def mistake(run: TesterRun) -> str:
    """Return what the run did wrong on purpose, in words; empty for nothing."""
    words = {str(value): str(text) for value, text in MISTAKES}
    return words[run.sent["mistake"]] if run.sent["mistake"] else ""


def refusal(run: TesterRun) -> Words | None:
    """Return why no ID token came, and what mends it; None if one came."""
    refused, answer = run.returned.get("refused"), run.returned.get("answer", {})
    if refused:
        words = explained(refused["reason"])
        return Words(*(str(text).format_map(_known(run)) for text in words))
    if "error" not in answer:
        return None
    description = answer.get("error_description", "")
    if found := _REASON.search(description):
        return explained(found[1])
    fix = _("The newest of this application’s requests has what mends it.")
    return Words(description or answer["error"], fix)


def _known(run: TesterRun) -> dict[str, str]:
    return {
        "sent": str(run.sent["parameters"]["redirect_uri"]),
        "parameter": "",
        "issuer": "",
        "method": str(run.application.token_endpoint_auth_method),
    }


def members(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return a JSON object's members as texts."""
    return [
        (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in found.items()
    ]
