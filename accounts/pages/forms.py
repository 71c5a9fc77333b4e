"""The form that every page's form extends, and fields that need more than Django's."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.template import loader
from django.utils.functional import Promise
from django.utils.text import format_lazy

from accounts.pages import wording


class GovukRenderer(DjangoTemplates):
    """Renders forms by the project's own templates and hidden inputs by Django's."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"

    def get_template(self, template_name: str) -> Any:  # noqa: ANN401 - two engines' types
        """Return the project's template for forms and fields, else Django's."""
        if template_name.startswith("components/"):
            return loader.get_template(template_name)
        return super().get_template(template_name)


class GovukForm(forms.Form):
    """A form shown by GOV.UK components, with every error in plain words.

    `choice_hints` maps a field's name to hints under its choices: `{"details": {"phone": _("…")}}`.
    `given_back`: when what it holds was sent before, and came too late.
    """

    use_required_attribute = False
    choice_hints: Mapping[str, Mapping[Any, str | Promise]] = {}
    given_back: datetime | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            for code, words in wording.PLAIN_ERRORS.items():
                field.error_messages.setdefault(code, words)
            if isinstance(field, forms.EmailField):
                field.error_messages.setdefault("invalid", wording.EMAIL_FORMAT)


class OneTimeCodeField(forms.CharField):
    """A code of digits from a mail or an app; spaces and hyphens between them do not count."""

    def __init__(self, *, digits: int = 6, **kwargs: Any) -> None:
        self.digits = digits
        self.format_error = format_lazy(wording.CODE_FORMAT, digits=digits)
        attrs = {
            "autocomplete": "one-time-code",
            "class": "govuk-input--width-10 govuk-input--extra-letter-spacing",
            "inputmode": "numeric",
            "pattern": "[0-9]*",
            "spellcheck": False,
        }
        codes = ("required", "max_length", "null_characters_not_allowed")
        errors = dict.fromkeys(codes, self.format_error) | kwargs.pop("error_messages", {})
        widget = forms.TextInput(attrs=attrs)
        super().__init__(max_length=64, widget=widget, error_messages=errors, **kwargs)

    def clean(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return the digits alone."""
        typed = super().clean(value)
        if not typed:
            return ""
        text = re.sub(r"[\s-]", "", typed)
        # Not \d and not int(): both take digits of other scripts, which no code of ours has.
        if not re.fullmatch(rf"[0-9]{{{self.digits}}}", text):
            raise ValidationError(self.format_error, code="invalid")
        return text
