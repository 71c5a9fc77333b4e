"""What the layouts add to every page and mail."""

import re

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from accounts.pages.context import council
from accounts.pages.forms import GovukForm

QUESTION = (
    '{% extends "layouts/question.html" %}{% block title %}Your name{% endblock %}'
    "{% block heading %}What is your name?{% endblock %}"
)


class NameForm(GovukForm):
    """One question."""

    name = forms.CharField(max_length=50, error_messages={"required": "Enter your name"})


def page(source: str = QUESTION, **context: object) -> str:
    template = engines["django"].from_string(source)
    html = template.render(context, RequestFactory().get("/question?flow=1"))
    return re.sub(r"\s+", " ", html)


def test_the_title_names_the_page_the_service_and_the_council() -> None:
    title = "<title>Your name – Borough Login – Example Borough Council</title>"
    assert title in page(form=NameForm())


def test_a_page_with_errors_says_so_first_in_its_title_and_above_its_heading() -> None:
    html = page(form=NameForm({}))
    assert "<title>Error: Your name" in html
    assert html.index("There is a problem") < html.index("<h1")
    assert '<a href="#id_name">Enter your name</a>' in html


def test_a_question_posts_to_its_own_address_with_protection() -> None:
    html = page(form=NameForm())
    assert '<form method="post" novalidate>' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert re.search(r'<button type="submit"[^>]* id="continue">Continue</button>', html)


def test_every_question_has_a_way_out() -> None:
    html = page()
    way_out = html[html.index("I cannot do this") : html.index("</details>")]
    assert 'href="tel:' in way_out
    assert 'href="/help/contact"' in way_out


def test_a_page_can_lead_back() -> None:
    assert re.search(
        r'<a href="/before" class="govuk-back-link">Back</a>', page(back_url="/before")
    )


@pytest.mark.parametrize("code", ["ABCDEFGH", "ABCD-EFGH"])
@pytest.mark.parametrize("template", ["errors/server_error.html", "accounts/pages/cookies.html"])
def test_the_help_code_is_shown_in_two_groups(code: str, template: str) -> None:
    html = render_to_string(template, {**council(None), "help_code": code})
    assert html.count(">ABCD-EFGH</span>") == 1


def test_the_script_that_marks_scripts_as_on_comes_first_in_the_body() -> None:
    assert re.search(r'<body[^>]*> <script src="[^"]*scripts-on[^"]*"></script>', page())


def test_a_text_mail_escapes_nothing_and_names_council_phone_and_code() -> None:
    source = '{% extends "mail/base.txt" %}{% block body %}Dear {{ name }},{% endblock %}'
    context = {**council(None), "help_code": "ABCDEFGH", "name": "O'Neill & Sons"}
    text = engines["django"].from_string(source).render(context)
    assert text.startswith("Dear O'Neill & Sons,")
    for part in ("ABCD-EFGH", "020 7946 0000", "Example Borough Council"):
        assert part in text


def test_an_html_mail_escapes_and_fetches_nothing() -> None:
    source = (
        '{% extends "mail/base.html" %}{% block subject %}Hello{% endblock %}'
        "{% block heading %}Hello{% endblock %}{% block body %}{{ name }}"
        '{% include "mail/components/button.html" with url=link label=name %}{% endblock %}'
    )
    context = {
        **council(None),
        "help_code": "X",
        "name": "<b>A</b>",
        "link": "https://a.example/?b",
    }
    html = engines["django"].from_string(source).render(context)
    assert "<b>A" not in html
    assert not re.search(r"<img|src=|url\(|@import|<link", html)
    assert html.count("https://a.example/?b") == 2
