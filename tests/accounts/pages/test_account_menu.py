"""The menu of signed-in pages is made from the settings."""

import re

from django.conf import settings
from django.template import engines
from django.test import RequestFactory
from django.urls import reverse

PAGE = '{% extends "layouts/account.html" %}'


def page(path: str) -> str:
    html = engines["django"].from_string(PAGE).render({}, RequestFactory().get(path))
    return re.sub(r"\s+", " ", html)


def test_every_entry_of_the_menu_leads_somewhere() -> None:
    assert settings.ACCOUNT_MENU
    html = page("/")
    for name, label in settings.ACCOUNT_MENU:
        assert f'href="{reverse(name)}">{label}</a>' in html


def test_the_entry_of_the_page_shown_is_marked() -> None:
    name, _label = settings.ACCOUNT_MENU[0]
    assert page(reverse(name)).count('aria-current="page"') == 1
    assert 'aria-current="page"' not in page("/somewhere-else")
