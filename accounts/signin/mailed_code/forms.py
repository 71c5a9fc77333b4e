"""Whom to mail."""

from django import forms

from accounts.pages.forms import GovukForm
from accounts.signin.rules import LONGEST_NAME


class WhomForm(GovukForm):
    """The name that was typed a page before."""

    sign_in_name = forms.CharField(max_length=LONGEST_NAME, widget=forms.HiddenInput)
