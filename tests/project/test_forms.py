"""Every form that a person fills in is worded, bounded and helps the browser to fill it in."""

import importlib
from collections.abc import Iterator

import pytest
from django import forms

from accounts.pages.forms import GovukForm
from tests.environment import ROOT


def _forms() -> Iterator[type[forms.BaseForm]]:
    for app in ("accounts", "clients", "idp"):
        for path in sorted((ROOT / app).rglob("forms.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            module = importlib.import_module(".".join(parts))
            own = [
                v for v in vars(module).values() if getattr(v, "__module__", "") == module.__name__
            ]
            yield from (v for v in own if isinstance(v, type) and issubclass(v, forms.BaseForm))


FORMS = list(_forms())
FIELDS: dict[str, forms.Field] = {
    f"{form.__module__}.{form.__name__}.{name}": field
    for form in FORMS
    for name, field in getattr(form, "base_fields", {}).items()
}
SEEN = {name: field for name, field in FIELDS.items() if not field.widget.is_hidden}
every_field = pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
every_seen_field = pytest.mark.parametrize("field", SEEN.values(), ids=SEEN)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.__module__}.{form.__name__}")
def test_a_form_is_shown_by_the_design_system(form: type[forms.BaseForm]) -> None:
    assert issubclass(form, GovukForm)


@every_seen_field
def test_a_field_says_in_its_own_words_that_it_is_needed(field: forms.Field) -> None:
    standard = forms.Field.default_error_messages["required"]
    assert not field.required or field.error_messages["required"] != standard


@every_seen_field
def test_a_field_has_a_label_of_its_own(field: forms.Field) -> None:
    assert field.label


@every_seen_field
def test_a_text_field_tells_the_browser_how_to_fill_it(field: forms.Field) -> None:
    typed = isinstance(field.widget, forms.TextInput | forms.Textarea | forms.PasswordInput)
    assert not typed or field.widget.attrs.get("autocomplete")


@every_field
def test_a_text_field_has_a_greatest_length(field: forms.Field) -> None:
    # A password has its own limit where it is set or checked: too long is one way of being wrong.
    free = isinstance(field.widget, forms.PasswordInput)
    assert free or not isinstance(field, forms.CharField) or field.max_length


def test_no_password_is_ever_shown_again() -> None:
    shown = [name for name, field in SEEN.items() if getattr(field.widget, "render_value", False)]
    assert shown == []
