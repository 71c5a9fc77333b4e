"""Pages and mails in the made-up language have no text that cannot be translated."""

import pytest

from tests.journeys.ledger import pages
from tests.project.template_text import TEMPLATES
from tests.pseudo.names import names
from tests.pseudo.reading import FOR_PROGRAMMERS, plain_english
from tests.pseudo.shown import Shown
from tests.pseudo.sources import messages
from tests.pseudo.stretching import stretched

_ERROR = f"{stretched('Error:')} "

pytestmark = [pytest.mark.once, pytest.mark.slow]


def test_the_catalogue_has_the_texts_of_programs_and_templates() -> None:
    found = messages()
    assert ("Sign in",) in found
    assert ("There is a problem",) in found
    assert len(found) > 300
    assert any(len(message) == 2 for message in found)


def test_words_become_two_fifths_longer_and_placeholders_stay() -> None:
    text = stretched("Sign in to {service}, %(time)s <b>now</b>")
    assert text == "Šíǵńńń íńń ťöö {service}, %(time)s <b>ńöŵŵŵ</b>"


def test_the_tour_shows_every_page_of_the_catalogue(shown: Shown) -> None:
    """A page that is missing here wants a part in `tests/pseudo/tour` that reaches it."""
    assert set(pages()) - {page.name for page in shown.pages} == set()


def test_the_tour_shows_every_template_of_a_page(shown: Shown) -> None:
    """Many URLs have several pages; each is here, not only the one that comes first."""
    assert _page_templates() - {page.template for page in shown.pages} == set()


def test_a_title_begins_with_the_pages_heading(shown: Shown) -> None:
    """Whoever hears the title knows the page, and first of all whether something is wrong."""
    wrong = {
        str(page): page.title
        for page in shown.pages
        if not page.title.startswith(f"{_ERROR * page.has_errors}{page.heading} – ")
    }
    assert wrong == {}


def test_pages_have_no_text_left_in_english(shown: Shown) -> None:
    found = {
        str(page): left
        for page in shown.pages
        if page.name not in FOR_PROGRAMMERS and (left := plain_english(page.html, names=names()))
    }
    assert found == {}


def test_mails_have_no_text_left_in_english(shown: Shown) -> None:
    assert len({letter.subject for letter in shown.letters}) > 10
    for letter in shown.letters:
        assert plain_english(letter.html, names=names()) == []
        assert plain_english(letter.text, names=names()) == []
        assert plain_english(letter.subject, names=names()) == []


def _page_templates() -> set[str]:
    """Return the names of all templates but mails and what pages are put together from."""
    parts = {"components", "layouts", "mail", "base.html"}
    named = (path.relative_to(TEMPLATES) for path in TEMPLATES.rglob("*.html"))
    return {
        path.as_posix()
        for path in named
        if path.parts[0] not in parts and not path.name.startswith("_")
    }
