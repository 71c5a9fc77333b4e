"""What an organisation that nobody has checked may call itself."""

import re
import unicodedata
from typing import Final

from clients.organisations.rules import NameProblem, looks

# Only the council makes organisations that are called like a public authority.
_PARTS: Final = ("council", "government", "govuk", "localauthority")
_WORDS: Final = frozenset({"gov", "govt", "council", "councils"})
# Mails name organisations: none shall bring its own link into a mail of ours.
_ADDRESS: Final = re.compile(r"://|www\.|@|\w\.[a-z]{2,}\b", re.IGNORECASE)


def self_given_problem(name: str) -> NameProblem | None:
    """Return why nobody may give their organisation this name themselves, if so."""
    plain = unicodedata.normalize("NFKC", name)
    if _ADDRESS.search(plain):
        return NameProblem.ADDRESS
    words = {looks(word) for word in re.split(r"\W+", plain)}
    seen = looks(name)
    official = words & {looks(word) for word in _WORDS} or any(looks(p) in seen for p in _PARTS)
    return NameProblem.OFFICIAL if official else None
