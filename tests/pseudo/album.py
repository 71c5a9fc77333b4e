"""Every page as HTML, in every state that the tour reaches, in one language."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from django.conf import settings
from django.test import Client

from tests.accounts.post import Letter
from tests.protocol.resident import heading
from tests.pseudo.shown import Page


@dataclass
class Album:
    """Of pages that differ in values alone the longest, and every mail."""

    language: str
    letters: list[Letter] = field(default_factory=list)
    _pages: dict[tuple[str, ...], Page] = field(default_factory=dict)

    def pages(self) -> list[Page]:
        """Return every page, in the order of their names."""
        return [page for _key, page in sorted(self._pages.items())]

    def note(self, answer: Any) -> None:  # noqa: ANN401 - the test client's own response
        """Keep what was answered, if it is a page."""
        if not answer.get("Content-Type", "").startswith("text/html") or not answer.content:
            return
        match = answer.wsgi_request.resolver_match
        page = Page(
            name=match.view_name if match else "",
            template=answer.templates[0].name if answer.templates else "",
            heading=heading(answer),
            html=answer.content.decode(),
            policy=answer.get("Content-Security-Policy", ""),
        )
        key = (page.name, page.template, page.heading, "errors" if page.has_errors else "")
        if key not in self._pages or len(self._pages[key].html) < len(page.html):
            self._pages[key] = page

    @contextmanager
    def open(self) -> Iterator[None]:
        """Keep whatever page Django's test clients show meanwhile, each in this language."""
        ask = Client.request

        def noted(client: Client, **request: Any) -> Any:  # noqa: ANN401 - as the client's own
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = self.language
            answer = ask(client, **request)
            self.note(answer)
            return answer

        with mock.patch.object(Client, "request", noted):
            yield
