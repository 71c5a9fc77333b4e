"""The tags that put GOV.UK components on a page."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from jinja2 import TemplateNotFound

HOSTILE = "<script>alert(1)</script>"


def render(source: str, **context: object) -> str:
    return Template("{% load govuk %}" + source).render(Context(context))


def test_a_component_takes_its_parameters_by_name() -> None:
    html = render('{% govuk "button" text="Continue" id="continue" %}')
    assert 'id="continue"' in html
    assert "Continue" in html
    assert 'class="govuk-button"' in html


def test_two_underscores_lead_into_a_group_of_parameters() -> None:
    html = render('{% govuk "input" name="town" label__text="Town" label__classes="big" %}')
    assert '<label class="govuk-label big" for="town">' in html


def test_a_group_inside_a_plain_value_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="not a group"):
        render('{% govuk "input" label="Town" label__text="Town" %}')


def test_an_unknown_component_is_refused() -> None:
    with pytest.raises(TemplateNotFound):
        render('{% govuk "carousel" %}')


def test_lazy_text_is_shown_in_the_language_of_the_page() -> None:
    assert "Continue" in render('{% govuk "button" text=words %}', words=_("Continue"))


def test_nothing_given_is_nothing_shown() -> None:
    assert "id=" not in render('{% govuk "button" text="Go" id=absent %}', absent=None)


@pytest.mark.parametrize("name", ["text", "html"])
def test_text_from_outside_is_escaped_whatever_parameter_takes_it(name: str) -> None:
    html = render('{% govuk "inset-text" ' + name + "=words %}", words=HOSTILE)
    assert HOSTILE not in html
    assert "&lt;script&gt;" in html


def test_text_from_outside_is_escaped_inside_lists() -> None:
    rows = [{"key": {"text": "Name"}, "value": {"html": HOSTILE}}]
    assert HOSTILE not in render('{% govuk "summary-list" rows=rows %}', rows=rows)


def test_html_that_is_marked_safe_stays() -> None:
    html = render('{% govuk "inset-text" html=words %}', words=mark_safe("<b>Now</b>"))
    assert "<b>Now</b>" in html


def test_a_block_puts_its_body_into_the_component_and_escapes_what_it_prints() -> None:
    source = '{% govuk_block "details" summaryText="More" %}<p>{{ x }}</p>{% endgovuk_block %}'
    html = render(source, x=HOSTILE)
    assert "<p>&lt;script&gt;" in html
    assert "govuk-details" in html


def test_a_page_without_a_form_has_no_error_summary() -> None:
    assert render("{% govuk_error_summary form %}") == ""


@pytest.mark.parametrize("code", ["ABCDEFGH", "ABCD-EFGH"])
def test_a_help_code_is_shown_in_groups_of_four(code: str) -> None:
    assert render("{{ code|help_code_words }}", code=code) == "ABCD-EFGH"


def test_no_help_code_is_no_text() -> None:
    assert render("{{ code|help_code_words }}", code=None) == ""


def test_a_time_is_shown_by_the_clock_here() -> None:
    at = datetime(2026, 7, 3, 15, 5, tzinfo=UTC)
    assert render("{{ at|moment }}", at=at) == "3 July 2026 at 4:05pm"


def test_a_time_is_shown_to_the_second_where_that_tells_one_from_the_next() -> None:
    at = datetime(2026, 7, 3, 15, 5, 9, tzinfo=UTC)
    assert render("{{ at|exact_moment }}", at=at) == "3 July 2026 at 4:05:09pm"
    assert render("{{ at|exact_time }}", at=at) == "4:05:09pm"


@pytest.mark.parametrize("name", ["moment", "exact_moment", "exact_time"])
def test_no_time_shows_as_nothing(name: str) -> None:
    assert render("{{ at|" + name + " }}", at=None) == ""
