"""Asking for a list of old user ids."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm
from idp.old_user_ids import rules
from idp.portal.old_user_ids import wording

# More than a form of ours may hold beside files.
_LONGEST_TYPED: Final = 100_000


class ListForm(GovukForm):
    """Typed, or as a file; one of the two."""

    ids = forms.CharField(
        label=_("Old user IDs"),
        help_text=_("One on each line, as your service writes them. No heading."),
        required=False,
        strip=False,
        max_length=_LONGEST_TYPED,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": False, "autocomplete": "off"}),
        error_messages={"max_length": _("Put a list as long as this into a file, and choose that")},
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        help_text=_("A text or CSV file in UTF-8 with one column and no heading, of up to 2 MB."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "text/plain,text/csv,.csv,.txt"}),
    )

    def clean(self) -> dict[str, Any]:
        """Return the ids as `listed`."""
        cleaned = super().clean() or self.cleaned_data
        file, typed = cleaned.get("file"), cleaned.get("ids", "")
        if file and typed.strip():
            self.add_error("file", _("Enter old user IDs or choose a file, not both"))
        elif not self.errors:
            place = "file" if file else "ids"
            listed = rules.read(self._text(file) if file else typed)
            if found := wording.faults(listed):
                # One message: of several, a page shows the first.
                self.add_error(place, "; ".join(found))
            cleaned["listed"] = listed.ids
        return cleaned

    def _text(self, file: Any) -> str:  # noqa: ANN401 - Django's own file
        if file.size > rules.MOST_BYTES:
            self.add_error("file", _("The file must be 2 MB or smaller"))
            return "-"
        try:
            return str(file.read().decode("utf-8"))
        except UnicodeDecodeError:
            self.add_error("file", _("The file must be text in UTF-8: save or export it as that"))
            return "-"
