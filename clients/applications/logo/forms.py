"""What is asked for a picture."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm
from clients.applications.logo.drawing import LARGEST_FILE, LogoProblem
from clients.applications.logo.wording import LOGO_PROBLEMS


class LogoForm(GovukForm):
    """The file."""

    file = forms.FileField(
        label=_("Choose a picture"),
        help_text=_("A PNG or JPEG file of up to 1 MB. We make it smaller where needed."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        error_messages={"required": _("Choose a picture")},
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Return the file if it is not too large to be read at all."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError(str(LOGO_PROBLEMS[LogoProblem.FILE_TOO_LARGE]))
        return file
