"""The libraries that there is something to start with for; each is run by `tests/interop`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Text to us: what runs them is the tests of other libraries.
_PROGRAMS: Final = Path(__file__).parent / "programs"


@dataclass(frozen=True)
class Library:
    """A library: its own name, the language, how to install it, and the program's file."""

    key: str
    name: str
    language: Promise
    install: str
    file: str
    run: str

    @property
    def program(self) -> str:
        """The program's text."""
        return (_PROGRAMS / f"{self.file}.txt").read_text(encoding="utf-8")


LIBRARIES: Final[dict[str, Library]] = {
    library.key: library
    for library in (
        Library(
            "authlib",
            "Authlib",
            _("Python"),
            "pip install authlib requests",
            "with_authlib.py",
            "python with_authlib.py",
        ),
        Library(
            "openid-client",
            "openid-client",
            _("JavaScript on Node.js"),
            "npm install openid-client",
            "with_openid_client.mjs",
            "node with_openid_client.mjs",
        ),
    )
}
