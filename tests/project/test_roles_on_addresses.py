"""Every address of an organisation's pages, opened by every role and by whoever has none."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.audit.events import Event
from accounts.models import AuditEvent
from accounts.security.access import Access
from clients.models import Member, Organisation
from clients.organisations.members.rules import Permission, may
from tests import factories
from tests.clients.colleague import Colleague, member
from tests.project.organisation_addresses import NOT_THERE_YET, made

pytestmark = [pytest.mark.django_db, pytest.mark.once]

EXAMPLES = {"int": 1, "slug": "nobody", "str": "t" * 43, "uuid": f"{0:08}-0000-4000-8000-{0:012}"}
_PLACE = re.compile(r"<(\w+):(\w+)>")


def _walk(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, entry.namespace or namespace)
        else:
            yield f"{namespace}:{entry.name}", entry


PAGES = {
    name: entry
    for name, entry in _walk(get_resolver())
    if getattr(entry.callback, "access", None) is Access.MEMBER
}
every_page = pytest.mark.parametrize("name", PAGES)


def _permission(name: str) -> Permission:
    return Permission(vars(PAGES[name].callback)["permission"])


def _places(name: str) -> dict[str, str]:
    """Return the kind of each name in the address."""
    return {place: kind for kind, place in _PLACE.findall(str(PAGES[name].pattern))}


def _address(name: str, of: Organisation, *, with_things_of: Organisation) -> tuple[str, bool]:
    """Return an address of the organisation's, and whether all that it names is known."""
    namespace, values = name.partition(":")[0], dict[str, Any]()
    is_known = name not in NOT_THERE_YET
    for place, kind in _places(name).items():
        if place == "organisation":
            values[place] = of.slug
            continue
        thing = made(namespace, place, with_things_of)
        is_known = is_known and thing is not None
        values[place] = EXAMPLES[kind] if thing is None else thing
    return reverse(name, kwargs=values), is_known


def _refusals(organisation: Organisation) -> int:
    rows = AuditEvent.objects.filter(event=Event.ORGANISATION_ACCESS_REFUSED)
    return rows.filter(organisation_id=organisation.pk).count()


def test_there_are_pages_to_try() -> None:
    assert len(PAGES) >= 10


@every_page
def test_a_page_of_an_organisation_names_it(name: str) -> None:
    assert "organisation" in _places(name)


@every_page
@pytest.mark.parametrize("role", Member.Role)
def test_a_member_enters_exactly_what_their_role_may(name: str, role: Member.Role) -> None:
    row, colleague = member(role)
    of = row.organisation
    address, is_known = _address(name, of, with_things_of=of)
    if may(role, _permission(name)):
        status = colleague.get(address).status_code
        assert status != 403
        assert status != 404 or not is_known
        assert _refusals(of) == 0 or not is_known
        return
    for answer in (colleague.get(address), colleague.post(address)):
        assert answer.status_code == 403
    assert _refusals(of) == 2


@every_page
def test_nobody_else_learns_that_the_page_is_there(name: str) -> None:
    owner, _ = member()
    of = owner.organisation
    address, _ = _address(name, of, with_things_of=of)
    for stranger in (member()[1], Colleague()):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address).status_code == 404
    assert _refusals(of) == 4


@pytest.mark.parametrize("name", [name for name in PAGES if len(_places(name)) > 1])
def test_what_is_another_organisations_is_not_there_in_ones_own(name: str) -> None:
    owner, colleague = member()
    foreign = factories.organisation()
    address, _ = _address(name, owner.organisation, with_things_of=foreign)
    assert colleague.get(address).status_code in {404, 405}
    assert colleague.post(address).status_code in {404, 405}
