"""The way out at once, on pages that may put whoever is seen on them in danger."""

import re
from dataclasses import dataclass

import pytest
from django.template import engines
from django.test import RequestFactory
from pytest_django import Settings

PAGE = '{% extends "layouts/information.html" %}'


@dataclass(frozen=True)
class Flow:
    """What the layout asks of a sign-in."""

    is_sensitive: bool


@dataclass(frozen=True)
class SignUp:
    """What the layout asks of a sign-up."""

    flow: Flow


SENSITIVE, OTHER = (
    [{"exit_this_page": so}, {"flow": Flow(so)}, {"sign_up": SignUp(Flow(so))}]
    for so in (True, False)
)


def page(**context: object) -> str:
    return engines["django"].from_string(PAGE).render(context, RequestFactory().get("/"))


@pytest.mark.parametrize("context", SENSITIVE)
def test_it_is_a_link_that_works_without_scripts(
    settings: Settings, context: dict[str, object]
) -> None:
    settings.EXIT_URL = "https://weather.example.org/"
    html = page(**context)
    links = re.findall(r'<a href="https://weather\.example\.org/"[^>]*>', html)
    assert len(links) == 2
    assert all('rel="nofollow noreferrer"' in link for link in links)
    assert "govuk-js-exit-this-page-skiplink" in links[0]
    assert "govuk-js-exit-this-page-button" in links[1]
    assert html.index(links[0]) < html.index("<header") < html.index(links[1])
    assert html.index(links[1]) < html.index("<main")


@pytest.mark.parametrize("context", [{}, *OTHER])
def test_other_pages_do_not_have_it(context: dict[str, object]) -> None:
    assert "xit this page" not in page(**context)
