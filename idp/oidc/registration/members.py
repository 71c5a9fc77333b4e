"""The members of a registration as JSON brings them, each of its right type (RFC 7591 §2)."""

from collections.abc import Collection, Mapping
from typing import Any, NoReturn, TypeVar

from idp.oidc.registration.refusals import of_member, shown

Word = TypeVar("Word", bound=str)


class Members:
    """A JSON object; a member that is null counts as left out (RFC 7592 §2.2).

    Every reader raises a ProtocolError for a value of another type, which names the member.
    """

    def __init__(self, found: Mapping[str, Any]) -> None:
        self._found = {name: value for name, value in found.items() if value is not None}

    def __contains__(self, name: str) -> bool:
        return name in self._found

    def text(self, name: str) -> str:
        """Return a text; empty when it is left out."""
        value = self._found.get(name, "")
        return value if isinstance(value, str) else _refuse(name, "must be a text")

    def human_text(self, name: str, languages: Collection[str]) -> str:
        """Return a text for people: the plain one, or the first in these languages (§2.2)."""
        tagged = {member.lower(): member for member in self._found if member.startswith(f"{name}#")}
        wanted = (f"{name}#{language}".lower() for language in languages)
        found = next((tagged[member] for member in wanted if member in tagged), name)
        return self.text(name if name in self else found)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; none when it is left out."""
        value = self._found.get(name, [])
        fits = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return tuple(value) if fits else _refuse(name, "must be a list of texts")

    def flag(self, name: str) -> bool:
        """Return true or false; false when it is left out."""
        value = self._found.get(name, False)
        return value if isinstance(value, bool) else _refuse(name, "must be true or false")

    def whole_number(self, name: str) -> int | None:
        """Return a whole number, None when it is left out."""
        value = self._found.get(name)
        # To Python, true is a number.
        fits = value is None or (isinstance(value, int) and not isinstance(value, bool))
        return value if fits else _refuse(name, "must be a whole number")

    def json_object(self, name: str) -> Mapping[str, Any] | None:
        """Return an object, None when it is left out."""
        value = self._found.get(name)
        fits = value is None or isinstance(value, dict)
        return value if fits else _refuse(name, "must be an object")

    def choice(self, name: str, words: Collection[Word], default: Word) -> Word:
        """Return one of these words, the default when it is left out."""
        text = self.text(name)
        if not text:
            return default
        found = next((word for word in words if word == text), None)
        supported = " ".join(words)
        return found or _refuse(name, f"{shown(text)} is not supported; supported: {supported}")


def _refuse(name: str, why: str) -> NoReturn:
    raise of_member(name, f"{name} {why}.", detail="metadata_type")
