"""Template tags for GOV.UK components and for forms shown with them."""

from datetime import datetime

from django import template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

from accounts.pages import components, fields
from accounts.pages.moments import exact_moment, exact_time_of_day, moment

register = template.Library()


def _nested(flat: dict[str, object]) -> dict[str, object]:
    """Return `label__text="x"` as `{"label": {"text": "x"}}`."""
    params: dict[str, object] = {}
    for name, value in flat.items():
        *path, last = name.split("__")
        target = params
        for step in path:
            inner = target.setdefault(step, {})
            if not isinstance(inner, dict):
                message = f"{name} is nested in a value that is not a group of parameters."
                raise template.TemplateSyntaxError(message)
            target = inner
        target[last] = value
    return params


@register.simple_tag
def govuk(component: str, **params: object) -> SafeString:
    """Render any component: `{% govuk "button" text=_("Continue") attributes__x="1" %}`."""
    return components.render(component, _nested(params))


@register.simple_block_tag
def govuk_block(content: SafeString, component: str, **params: object) -> SafeString:
    """Render a component whose `html` is the tag's body."""
    return components.render(component, {**_nested(params), "html": content})


@register.simple_tag
def govuk_field(field: BoundField, *, heading: bool = False) -> SafeString:
    """Render a form's field; with `heading=True` its label is the page's h1."""
    return components.render(*fields.component(field, heading=heading))


@register.simple_tag
def govuk_error_summary(form: BaseForm | str) -> SafeString:
    """Render what is wrong with the form, or nothing for a page without form or errors."""
    if isinstance(form, str) or not form.errors:
        return SafeString()
    return components.render("error-summary", fields.summary(form))


@register.filter
def help_code_words(code: object) -> str:
    """Return a help code in groups of four, as it is read out: ABCD-EFGH."""
    letters = str(code or "").replace("-", "")
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


@register.filter(name="moment")
def as_moment(at: datetime | None) -> str:
    """Return an aware time as residents and staff read it, 3 March 2026 at 4:05pm; none as ""."""
    return moment(at) if at else ""


@register.filter(name="exact_moment")
def as_exact_moment(at: datetime | None) -> str:
    """Return an aware time to the second, 3 March 2026 at 4:05:09pm; none as ""."""
    return exact_moment(at) if at else ""


@register.filter(name="exact_time")
def as_exact_time(at: datetime | None) -> str:
    """Return the time of day to the second, 4:05:09pm; none as ""."""
    return exact_time_of_day(at) if at else ""
