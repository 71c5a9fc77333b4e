"""The pages of organisations, as Django's own table of addresses has them."""

import re
from collections.abc import Iterator
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.security.access import Access
from clients.models import Organisation
from clients.organisations.members.rules import Permission
from tests.project.organisation_addresses import NOT_THERE_YET, made

EXAMPLES: Final = {
    "int": 1,
    "slug": "nobody",
    "str": "t" * 43,
    "uuid": f"{0:08}-0000-4000-8000-{0:012}",
}
_PLACE = re.compile(r"<(\w+):(\w+)>")


def _walk(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, entry.namespace or namespace)
        else:
            yield f"{namespace}:{entry.name}", entry


PAGES: Final = {
    name: entry
    for name, entry in _walk(get_resolver())
    if getattr(entry.callback, "access", None) is Access.MEMBER
}


def permission(name: str) -> Permission:
    """Return what the page takes."""
    return Permission(vars(PAGES[name].callback)["permission"])


def places(name: str) -> dict[str, str]:
    """Return the kind of each name in the address."""
    return {place: kind for kind, place in _PLACE.findall(str(PAGES[name].pattern))}


def address(
    name: str, of: Organisation, *, with_things_of: Organisation, **known: Any
) -> tuple[str, bool]:
    """Return an address of the organisation's, and whether all that it names is known.

    `known`: what stands in some of its places.
    """
    namespace, values = name.partition(":")[0], dict[str, Any]()
    is_known = name not in NOT_THERE_YET
    for place, kind in places(name).items():
        if place == "organisation":
            values[place] = of.slug
            continue
        thing = known.get(place) or made(namespace, place, with_things_of)
        is_known = is_known and thing is not None
        values[place] = EXAMPLES[kind] if thing is None else thing
    return reverse(name, kwargs=values), is_known
