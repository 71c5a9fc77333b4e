"""Each kind of field becomes the GOV.UK component that fits it."""

import re

import pytest
from django import forms

from accounts.pages import components, fields
from accounts.pages.forms import GovukForm, OneTimeCodeField


class Everything(GovukForm):
    """One field of each kind."""

    email = forms.EmailField(
        label="Email address",
        help_text="We write to you there",
        max_length=30,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "data-x": "1"}),
        error_messages={"required": "Enter your email address"},
    )
    password = forms.CharField(
        max_length=10,
        widget=forms.PasswordInput(
            render_value=True, attrs={"autocomplete": "new-password", "minlength": 2}
        ),
    )
    code = OneTimeCodeField(label="Code")
    service = forms.ChoiceField(choices=[("a", "Council Tax"), ("b", "Parking")])
    place = forms.ChoiceField(
        label="Where?",
        choices=[("home", "Home"), ("away", "Away")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where"},
    )
    details = forms.MultipleChoiceField(
        required=False,
        choices=[("phone", "Phone"), ("name", "Name")],
        widget=forms.CheckboxSelectMultiple,
    )
    shared = forms.BooleanField(label="Shared computer", help_text="A library’s", required=False)
    story = forms.CharField(max_length=50, widget=forms.Textarea(attrs={"rows": 3}))
    step = forms.CharField(required=False, max_length=5, widget=forms.HiddenInput)
    choice_hints = {"details": {"phone": "07700 900123"}}


def html(form: forms.BaseForm) -> str:
    return re.sub(r"\s+", " ", str(form))


SENT = {"email": "not an address", "password": "hunter2", "details": ["phone"], "shared": "on"}


def test_a_text_field_carries_what_browsers_fill_in_by() -> None:
    name, params = fields.component(Everything()["email"], heading=False)
    assert (name, params["type"], params["autocomplete"]) == ("input", "email", "username")
    assert params["attributes"] == {"data-x": "1"}


def test_no_field_cuts_or_blocks_what_is_pasted_or_typed() -> None:
    assert not re.search(r"maxlength|minlength|required=| required", html(Everything()))


def test_hint_and_error_are_tied_to_their_field() -> None:
    assert 'aria-describedby="id_email-hint id_email-error"' in html(Everything(SENT))


def test_what_was_typed_is_shown_again() -> None:
    assert 'value="not an address"' in html(Everything(SENT))


def test_a_password_is_never_shown_again() -> None:
    page = html(Everything(SENT))
    assert "hunter2" not in page
    assert 'data-module="govuk-password-input"' in page
    assert 'autocomplete="new-password"' in page


def test_a_code_field_asks_for_the_number_keys_and_the_code_in_a_message() -> None:
    page = html(Everything())
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page


def test_radios_are_named_by_a_legend_and_keep_the_choice() -> None:
    page = html(Everything({"place": "away"}))
    assert re.search(r"<legend[^>]*> Where\? </legend>", page)
    assert re.search(r'value="away" checked', page)
    assert not re.search(r'value="home" checked', page)


def test_checkboxes_carry_hints_and_keep_the_choices() -> None:
    page = html(Everything(SENT))
    assert re.search(r'value="phone" checked', page)
    assert "07700 900123" in page


def test_one_checkbox_keeps_its_tick_and_its_hint() -> None:
    page = html(Everything(SENT))
    assert re.search(r'name="shared" type="checkbox" value="on" checked', page)
    assert "A library’s" in page


def test_a_select_and_a_text_area_are_drawn() -> None:
    page = html(Everything({"service": "b", "story": "Once"}))
    assert re.search(r'<option value="b" selected', page)
    assert re.search(r'<textarea[^>]*rows="3"[^>]*>Once</textarea>', page)


def test_a_hidden_field_is_hidden() -> None:
    assert '<input type="hidden" name="step" id="id_step">' in html(Everything())


def test_a_label_can_be_the_heading_of_the_page() -> None:
    _name, params = fields.component(Everything()["email"], heading=True)
    label = params["label"]
    assert isinstance(label, dict)
    assert label["isPageHeading"] is True


def test_a_legend_that_is_the_heading_of_the_page_is_as_large_as_one() -> None:
    name, params = fields.component(Everything()["place"], heading=True)
    legend = r'<legend class="govuk-fieldset__legend govuk-fieldset__legend--l">'
    assert legend in components.render(name, params)


def test_a_widget_without_a_component_is_refused() -> None:
    form = GovukForm()
    form.fields["when"] = forms.SplitDateTimeField()
    with pytest.raises(LookupError, match="SplitDateTimeWidget"):
        fields.component(form["when"], heading=False)


def test_the_summary_follows_the_order_of_the_fields_and_links_to_each() -> None:
    form = Everything({"email": "a@example.org"})
    form.add_error("email", "Second")
    entries = fields.summary(form)["errorList"]
    assert isinstance(entries, list)
    links = [entry["href"] for entry in entries]
    assert links == [
        "#id_email",
        "#id_password",
        "#id_code",
        "#id_service",
        "#id_place",
        "#id_story",
    ]


def test_a_link_of_the_summary_leads_to_something_on_the_page() -> None:
    form = Everything({})
    entries = fields.summary(form)["errorList"]
    assert isinstance(entries, list)
    for entry in entries:
        assert f'id="{entry["href"].removeprefix("#")}"' in html(form)


def test_an_error_of_the_whole_form_comes_first_and_links_to_its_first_field() -> None:
    form = Everything({})
    form.add_error(None, "You need to wait")
    entries = fields.summary(form)["errorList"]
    assert isinstance(entries, list)
    assert entries[0] == {"text": "You need to wait", "href": "#id_email"}


def test_an_error_of_a_hidden_field_links_nowhere() -> None:
    form = Everything({"step": "too long for it"})
    entries = fields.summary(form)["errorList"]
    assert isinstance(entries, list)
    assert entries[-1]["href"] is None


def test_an_error_of_a_form_that_a_button_answers_leads_to_the_button() -> None:
    class KeyForm(GovukForm):
        answered_at = "use-passkey"
        remember = forms.BooleanField(required=False)

    form = KeyForm({})
    form.add_error(None, "That did not work")
    entries = fields.summary(form)["errorList"]
    assert entries == [{"text": "That did not work", "href": "#use-passkey"}]
