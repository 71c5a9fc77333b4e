"""Details that are asked for and not given yet: the page where their owner may add each."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.profile import way_back
from accounts.profile.way_back import Way

# What has no page here cannot be given at all.
_PAGES: Final[Mapping[str, tuple[str, Promise]]] = {
    "name": ("profile:name", _("Add your name")),
    "birthdate": ("profile:date_of_birth", _("Add your date of birth")),
    "address": ("profile:find_address", _("Add your address")),
    "phone_number": ("profile:phone", _("Add your phone number")),
}


def of(names: Collection[str], values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return those of these claims that have no value and may be given one."""
    return tuple(name for name in _PAGES if name in names and name not in values)


def links(names: Collection[str], *, back_to: Way) -> list[dict[str, Any]]:
    """Return a link for each of these claims to its page, which leads back by this way."""
    return [
        {"href": way_back.leading_to(page, back_to=back_to), "text": text}
        for page, text in (_PAGES[name] for name in names)
    ]
