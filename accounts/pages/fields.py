"""From a Django form field to the parameters of the GOV.UK component that shows it."""

from collections.abc import Callable, Mapping

from django.forms import BaseForm, BoundField, Widget, widgets
from django.utils.functional import Promise

from accounts.pages.dates import LABELS, PARTS, DateInput, wrong_parts
from accounts.pages.wording import WORDS

Params = dict[str, object]

# Attributes that the macros take as parameters of their own, under these names.
_NAMED = {
    "autocapitalize": "autocapitalize",
    "autocomplete": "autocomplete",
    "class": "classes",
    "inputmode": "inputmode",
    "pattern": "pattern",
    "rows": "rows",
    "spellcheck": "spellcheck",
}
# The server refuses what is too long and says so; the browser would cut a pasted password silently.
_DROPPED = frozenset({"cols", "maxlength", "minlength", "required"})


def first_error(field: BoundField) -> str | None:
    """Return the one message to show for the field, or None."""
    return next((str(error) for error in field.errors), None)


def _question(field: BoundField, part: str, *, heading: bool) -> Params:
    """Return label or legend, hint and error: what every component shares."""
    block = "govuk-fieldset__legend" if part == "legend" else f"govuk-{part}"
    classes = f"{block}--l" if heading else None
    error = first_error(field)
    return {
        part: {"text": field.label, "isPageHeading": heading, "classes": classes},
        "hint": {"text": field.help_text} if field.help_text else None,
        "errorMessage": {"text": error, **WORDS["error-message"]} if error else None,
    }


def _attributes(widget: Widget) -> Params:
    params: Params = {}
    rest: Params = {}
    for name, value in widget.attrs.items():
        if name in _NAMED:
            params[_NAMED[name]] = value
        elif name not in _DROPPED:
            rest[name] = value
    return {**params, "attributes": rest}


def _box(field: BoundField, *, heading: bool) -> Params:
    return {
        **_question(field, "label", heading=heading),
        **_attributes(field.field.widget),
        "id": field.auto_id,
        "name": field.html_name,
        "disabled": field.field.disabled,
    }


def _input(field: BoundField, *, heading: bool) -> tuple[str, Params]:
    kind = getattr(field.field.widget, "input_type", "text")
    return "input", {**_box(field, heading=heading), "type": kind, "value": field.value()}


def _file(field: BoundField, *, heading: bool) -> tuple[str, Params]:
    # No browser fills it in again.
    return "file-upload", _box(field, heading=heading)


def _password(field: BoundField, *, heading: bool) -> tuple[str, Params]:
    # Never a value: a password must not stand in a page's source, whatever the widget says.
    return "password-input", _box(field, heading=heading)


def _textarea(field: BoundField, *, heading: bool) -> tuple[str, Params]:
    return "textarea", {**_box(field, heading=heading), "value": field.value()}


def _chosen(field: BoundField) -> frozenset[str]:
    value = field.value()
    values = value if isinstance(value, list | tuple | set | frozenset) else [value]
    return frozenset(str(item) for item in values if item is not None)


def _items(field: BoundField, mark: str) -> list[Params]:
    chosen = _chosen(field)
    hints: Mapping[str, str | Promise] = getattr(field.form, "choice_hints", {}).get(field.name, {})
    choices = getattr(field.field, "choices", [])
    return [
        {
            "value": str(value),
            "text": text,
            mark: str(value) in chosen,
            "hint": {"text": hints[str(value)]} if str(value) in hints else None,
        }
        for value, text in choices
    ]


def _choices(field: BoundField, *, heading: bool) -> Params:
    question = _question(field, "legend", heading=heading)
    legend = question.pop("legend")
    return {
        **question,
        "fieldset": {"legend": legend},
        "idPrefix": field.auto_id,
        "name": field.html_name,
        "items": _items(field, "checked"),
        "classes": field.field.widget.attrs.get("class"),
    }


def _radios(field: BoundField, *, heading: bool) -> tuple[str, Params]:
    return "radios", _choices(field, heading=heading)


def _checkboxes(field: BoundField, *, heading: bool) -> tuple[str, Params]:
    return "checkboxes", _choices(field, heading=heading)


def _checkbox(field: BoundField, *, heading: bool) -> tuple[str, Params]:
    question = _question(field, "label", heading=heading)
    item: Params = {"value": "on", "text": field.label, "checked": bool(field.value())}
    item["hint"] = question["hint"]
    return "checkboxes", {
        "errorMessage": question["errorMessage"],
        "idPrefix": field.auto_id,
        "name": field.html_name,
        "items": [item],
    }


def _select(field: BoundField, *, heading: bool) -> tuple[str, Params]:
    return "select", {**_box(field, heading=heading), "items": _items(field, "selected")}


def _date(field: BoundField, *, heading: bool) -> tuple[str, Params]:
    question = _question(field, "legend", heading=heading)
    legend = question.pop("legend")
    return "date-input", {
        **question,
        "fieldset": {"legend": legend, "role": "group"},
        "id": field.auto_id,
        "namePrefix": field.html_name,
        "items": _date_items(field),
    }


def _date_items(field: BoundField) -> list[Params]:
    widget, wrong = field.field.widget, wrong_parts(field.errors)
    values = widget.format_value(field.value())
    return [
        {
            "name": part,
            "label": LABELS[part],
            "value": value,
            "autocomplete": f"bday-{part}" if getattr(widget, "birthday", False) else None,
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if part in wrong else ""),
        }
        for part, value in zip(PARTS, values, strict=True)
    ]


_Bridge = Callable[..., tuple[str, Params]]
# The first that fits: a subclass stands before its base.
_BRIDGES: list[tuple[type[Widget], _Bridge]] = [
    (DateInput, _date),
    (widgets.CheckboxSelectMultiple, _checkboxes),
    (widgets.RadioSelect, _radios),
    (widgets.Select, _select),
    (widgets.CheckboxInput, _checkbox),
    (widgets.Textarea, _textarea),
    (widgets.PasswordInput, _password),
    (widgets.FileInput, _file),
    (widgets.Input, _input),
]


def component(field: BoundField, *, heading: bool) -> tuple[str, Params]:
    """Return the component's name and parameters; `heading` makes the label the page's h1.

    Raises:
        LookupError: no GOV.UK component fits the field's widget.
    """
    widget = field.field.widget
    for kind, bridge in _BRIDGES:
        if isinstance(widget, kind):
            return bridge(field, heading=heading)
    message = f"No component for {type(widget).__name__}."
    raise LookupError(message)


def summary(form: BaseForm) -> Params:
    """Return the error summary's parameters: the form's own errors first, then field by field.

    A form that a button answers, and no field, names the button's id as `answered_at`.
    """
    visible = form.visible_fields()
    first = visible[0].auto_id if visible else None
    start = f"#{place}" if (place := getattr(form, "answered_at", first)) else None
    entries: list[Params] = [
        {"text": str(error), "href": start} for error in form.non_field_errors()
    ]
    for field in form:
        error = first_error(field)
        if error:
            entries.append(
                {"text": error, "href": None if field.is_hidden else f"#{_place(field)}"}
            )
    return {"errorList": entries}


def _place(field: BoundField) -> str:
    """Return the id of the box to go to: of a date, the first that is wrong."""
    if not isinstance(field.field.widget, DateInput):
        return field.auto_id
    wrong = wrong_parts(field.errors)
    return f"{field.auto_id}-{next(part for part in PARTS if part in wrong)}"
