"""What one of the council's two people answers, and what either side says."""

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm
from clients.approval.rules import LONGEST_REASON, LONGEST_TEXT, Answer
from clients.approval.wording import KINDS
from clients.models import SignOff

_CHOOSE_KIND = {
    "required": _("Choose as what you answer"),
    "invalid_choice": _("Choose as what you answer"),
}
_CHOOSE = {"required": _("Choose your answer"), "invalid_choice": _("Choose your answer")}


class AnswerForm(GovukForm):
    """The answer, with the version that it is about."""

    kind = forms.ChoiceField(
        label=_("You answer as"),
        choices=tuple(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages=_CHOOSE_KIND,
    )
    decision = forms.ChoiceField(
        label=_("Your answer"),
        choices=(
            (SignOff.Decision.APPROVED, _("Approve")),
            (SignOff.Decision.REFUSED, _("Refuse")),
        ),
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed if you refuse it. The organisation reads it."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"max_length": _("The reason must be 1,000 characters or fewer")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def looks_at(self, version: int) -> None:
        """Let the form that is shown again be about this version, which the page shows."""
        if self.is_bound:
            data = self.data.copy()  # type: ignore[attr-defined]
            data["version"] = str(version)
            self.data = data

    def offer(self, kinds: Collection[str]) -> None:
        """Let it be answered as one of these alone, which nobody has yet."""
        self.fields["kind"].choices = [(kind, KINDS[kind]) for kind in kinds]  # type: ignore[attr-defined]

    def answer(self) -> Answer:
        """Return the answer of a form that is valid."""
        given = self.cleaned_data
        refuses = given["decision"] == SignOff.Decision.REFUSED
        return Answer(given["kind"], given["version"], refuses=refuses, reason=given["reason"])


class CommentForm(GovukForm):
    """Something to say."""

    text = forms.CharField(
        label=_("Comment"),
        help_text=_("The organisation and the council read it. Write no secret here."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={
            "required": _("Write a comment"),
            "max_length": _("The comment must be 2,000 characters or fewer"),
        },
    )
