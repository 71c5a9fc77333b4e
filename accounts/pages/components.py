"""GOV.UK components rendered by the published macros, from one environment kept in memory."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import cast

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader

from accounts.pages.wording import WORDS

_PACKAGE = "govuk_frontend_jinja"
# Making an environment costs milliseconds, rendering a button with a made one a tenth of one.
_environment = Environment(
    loader=PrefixLoader({_PACKAGE: PackageLoader(_PACKAGE)}), autoescape=True
)


@cache
def _macro(component: str) -> Callable[[Mapping[str, object]], str]:
    template = _environment.get_template(f"{_PACKAGE}/components/{component}/macro.html")
    name = "govuk" + "".join(part.capitalize() for part in component.split("-"))
    return cast("Callable[[Mapping[str, object]], str]", getattr(template.module, name))


def _plain(value: object, name: str = "") -> object:
    """Return the value as the macros want it: no None (they test for undefined), no lazy text."""
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, Mapping):
        return {key: _plain(item, key) for key, item in value.items() if item is not None}
    if isinstance(value, str) and name.lower().endswith("html"):
        # The macros put these on the page as they are: what nobody marked safe is text.
        return conditional_escape(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value if item is not None]
    return value


def render(component: str, params: Mapping[str, object]) -> SafeString:
    """Return the component's HTML; every text that is not marked safe is escaped.

    Raises:
        jinja2.TemplateNotFound: there is no component of that name.
    """
    complete = {**WORDS.get(component, {}), **params}
    return mark_safe(_macro(component)(cast("Mapping[str, object]", _plain(complete))))
