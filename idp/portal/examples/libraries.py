"""The libraries that there is something to start with for; each is run by `tests/interop`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Text to us: what runs them is the tests of other libraries.
_PROGRAMS: Final = Path(__file__).parent / "programs"
_PRINTS: Final = _(
    "Open the address that it prints, and sign in as one of your test residents. The program then"
    " prints what the ID token says."
)


@dataclass(frozen=True)
class Library:
    """A library: its own name, the language, how to install it, its files and how to run them.

    `see` says what to do and see then, `note` whom it suits or what it wants first.
    """

    key: str
    name: str
    language: Promise
    install: str
    files: tuple[str, ...]
    run: str
    see: Promise
    note: Promise | str = ""

    def text(self, file: str) -> str:
        """Return what one of its files holds."""
        return (_PROGRAMS / f"{file}.txt").read_text(encoding="utf-8")

    @property
    def texts(self) -> dict[str, str]:
        """What each of its files holds, by name."""
        return {file: self.text(file) for file in self.files}


LIBRARIES: Final[dict[str, Library]] = {
    library.key: library
    for library in (
        Library(
            "authlib",
            "Authlib",
            _("Python"),
            "pip install authlib requests",
            ("with_authlib.py",),
            "python with_authlib.py",
            _PRINTS,
        ),
        Library(
            "openid-client",
            "openid-client",
            _("JavaScript on Node.js"),
            "npm install openid-client",
            ("with_openid_client.mjs",),
            "node with_openid_client.mjs",
            _PRINTS,
        ),
    )
}
