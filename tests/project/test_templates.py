"""Every template keeps the layouts, the content policy, translation and the residents' words."""

import re
from pathlib import Path

import pytest

from tests.project import template_outline, template_text
from tests.project.template_text import TEMPLATES

HTML = template_text.templates("*.html")
EVERY = sorted([*HTML, *template_text.templates("*.txt")])
MAIL = TEMPLATES / "mail"
# Opened from a disk, where there is no style sheet of ours.
SAVED = TEMPLATES / "accounts" / "export" / "_document.html"
LAYOUTS = {"layouts/question.html", "layouts/account.html", "layouts/information.html"}
# What the content policy refuses at run time, or would if it were looser.
UNSAFE = re.compile(
    r"<style\b|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:|\|\s*safe\b|autoescape off",
    re.IGNORECASE,
)
# The left column of the project's glossary: for code and partners, never for residents.
CODE_WORDS = re.compile(
    r"\b(authenticat\w*|sessions?|tokens?|scopes?|claims?|consents?|applications?|clients?"
    r"|oauth|openid|assurance|credentials?)\b",
    re.IGNORECASE,
)
# Whose readers are partners and the council's staff, who need the words of the specifications.
FOR_PARTNERS = (
    "clients/",
    "idp/portal/",
    "components/organisation_",
    "mail/partners/",
    "idp/console/",
    "components/staff_",
)
# The name of the regulations, which is theirs to choose.
LAW = "(Websites and Mobile Applications)"


def _name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def _is_page(path: Path) -> bool:
    fragment = path.name.startswith("_") or "components" in path.parts
    return not (
        fragment or path.is_relative_to(MAIL) or path.parent.name in {"layouts", "templates"}
    )


PAGES = [path for path in HTML if _is_page(path)]
every_template = pytest.mark.parametrize("path", EVERY, ids=_name)
every_page = pytest.mark.parametrize("path", PAGES, ids=_name)


def test_there_are_pages_to_look_at() -> None:
    assert len(PAGES) >= 8


@every_page
def test_a_page_extends_a_layout(path: Path) -> None:
    assert LAYOUTS & set(template_outline.outline(_name(path)).parents)


@every_page
def test_a_page_has_a_title_of_its_own(path: Path) -> None:
    page = template_outline.outline(_name(path))
    # Where the layout says whose page it is, after what the page calls itself.
    own = "page" if "page" in page.blocks else "title"
    assert not template_outline.is_empty(page, own)


@every_page
def test_a_page_has_one_first_heading_and_it_says_something(path: Path) -> None:
    page = template_outline.outline(_name(path))
    assert template_outline.count_headings(page) == 1
    assert not template_outline.is_empty(page, "heading")


@every_template
def test_a_template_says_nothing_outside_translation(path: Path) -> None:
    assert template_text.untranslated(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", [p for p in HTML if not p.is_relative_to(MAIL)], ids=_name)
def test_a_page_has_no_inline_style_or_script_and_marks_nothing_safe(path: Path) -> None:
    allowed = ["<style"] if path == SAVED else []
    assert UNSAFE.findall(path.read_text(encoding="utf-8")) == allowed


@pytest.mark.parametrize(
    "path", [path for path in EVERY if not _name(path).startswith(FOR_PARTNERS)], ids=_name
)
def test_residents_read_no_word_of_the_code(path: Path) -> None:
    source = path.read_text(encoding="utf-8").replace(LAW, "")
    texts = template_text.translated(source)
    assert [text for text in texts if CODE_WORDS.search(text)] == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello there</p>",
        '<img src="x" alt="A picture">',
        '<input type="submit" value="Go on">',
        '{% govuk "button" text="Continue" %}',
        "{% if x %}Yes indeed{% endif %}",
        '{% govuk_block "details" summaryText="More" %}{% endgovuk_block %}',
    ],
)
def test_the_lint_finds_text_that_no_translator_sees(source: str) -> None:
    assert template_text.untranslated(source) != []


@pytest.mark.parametrize(
    "source",
    [
        '<p class="govuk-body">{% translate "Hello there" %}</p>',
        "<p>{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}: 12, &nbsp;</p>",
        '{% govuk "button" text=_("Continue") id="continue" %}',
        "{# a note #}<a href=\"{% url 'pages:contact' %}\">{{ label }}</a>",
        "<script src=\"{% static 'a.js' %}\"></script>",
    ],
)
def test_the_lint_passes_text_that_is_translated(source: str) -> None:
    assert template_text.untranslated(source) == []
