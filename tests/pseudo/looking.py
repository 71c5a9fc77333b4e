"""Looking at a page and at what its forms answer, without changing anything."""

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.accounts.visitor import Response, Visitor
from tests.journeys.ledger import page_name, pages
from tests.protocol.forms import Form, forms

_LINK = re.compile(r'<a [^>]*href="([^"]+)"')
# Pages under one name differ in values alone, and after two in nothing new.
_ALIKE = 2
_OURS = {"", urlsplit(settings.ISSUER).netloc}


def look(client: Client, *addresses: str) -> list[Response]:
    """Open each page, send each of its forms as it came, and see where that leads."""
    return [_look(client, address) for address in addresses]


def wander(visitor: Visitor, flow: str) -> None:
    """Look at every page that has an address of its own, and at all that these lead to."""
    ahead, seen = list(_addresses(flow)), Counter[str | None]()
    while ahead:
        address = ahead.pop(0)
        name = page_name(address)
        if seen[name] < _ALIKE:
            seen[name] += 1
            ahead += _links(_look(visitor.client, address))


def _addresses(flow: str) -> Iterator[str]:
    for name in sorted(set(pages())):
        try:
            path = reverse(name)
        except NoReverseMatch:
            continue
        # Its refusals speak to the service's programmers, in the specifications' language.
        if name != "authorize:start":
            yield f"{path}?flow={flow}"


def _look(client: Client, address: str) -> Response:
    page = client.get(address)
    if _is_page(page):
        for form in forms(page.content.decode()):
            if form.method.lower() == "post":
                _try(client, form, address)
    return page


def _try(client: Client, form: Form, address: str) -> None:
    """Send the form by each of its buttons, and forget that it was sent."""
    for pressed in list(form.buttons.values()) or [{}]:
        cookies = deepcopy(client.cookies)
        with transaction.atomic():
            answer = client.post(_local(form.action) or address, {**form.values, **pressed})
            if answer.status_code in {302, 303} and (local := _local(answer["Location"])):
                client.get(local)
            transaction.set_rollback(True)
        client.cookies = cookies


def _links(page: Response) -> list[str]:
    if not _is_page(page):
        return []
    found = (_local(unescape(link)) for link in _LINK.findall(page.content.decode()))
    return [address for address in found if address.startswith("/")]


def _local(address: str) -> str:
    parts = urlsplit(address)
    if parts.netloc not in _OURS or parts.scheme not in {"", "http"}:
        return ""
    return parts._replace(scheme="", netloc="", fragment="").geturl()


def _is_page(answer: Response) -> bool:
    return bool(answer.get("Content-Type", "").startswith("text/html") and answer.content)
