"""What somebody types and chooses about themselves."""

from datetime import date

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from accounts.names.fields import FullNameField
from accounts.pages.dates import DateInputField
from accounts.pages.forms import GovukForm
from accounts.profile.details import rules
from accounts.profile.details.rules import BirthProblem

_BIRTH_PROBLEMS: dict[BirthProblem, Promise] = {
    BirthProblem.FUTURE: _("Date of birth must be in the past"),
    BirthProblem.TOO_LONG_AGO: _("Check the year of your date of birth"),
    BirthProblem.TOO_YOUNG: format_lazy(
        _("You must be {age} or older to have an account"), age=settings.MINIMUM_AGE
    ),
}


class NameForm(GovukForm):
    """What somebody is called now."""

    full_name = FullNameField()


class FormerNameForm(GovukForm):
    """Whether services learn what somebody was called before."""

    decision = forms.ChoiceField(
        label=_("Should services that get your name see your former one too?"),
        help_text=_(
            "A service that you use now sees it from the next time that you go there. We ask you"
            " first, or tell you."
        ),
        choices=(("share", _("Yes, show it to them")), ("forget", _("No, and forget it"))),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose whether services should see your former name"),
            "invalid_choice": _("Choose whether services should see your former name"),
        },
    )


class BirthForm(GovukForm):
    """When somebody was born."""

    date_of_birth = DateInputField(
        label=_("Date of birth"),
        called=_("Date of birth"),
        birthday=True,
        help_text=_("For example, 31 3 1980"),
        error_messages={"required": _("Enter your date of birth")},
    )

    def clean_date_of_birth(self) -> date:
        """Return the date, refused where nobody with it can have an account."""
        born: date = self.cleaned_data["date_of_birth"]
        today = timezone.localdate()
        problem = rules.birth_problem(born, today=today, minimum_age=settings.MINIMUM_AGE)
        if problem is not None:
            raise ValidationError(str(_BIRTH_PROBLEMS[problem]), code=problem)
        return born


class LanguageForm(GovukForm):
    """Which of our languages somebody wants to read."""

    language = forms.ChoiceField(
        label=_("Language"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a language"),
            "invalid_choice": _("Choose a language"),
        },
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]


def languages() -> list[tuple[str, str]]:
    """Return the languages that there are, each by its own name for itself."""
    return [(code, _own_name(code, str(name))) for code, name in settings.LANGUAGES]


def _own_name(code: str, name: str) -> str:
    try:
        own: str = get_language_info(code)["name_local"]
    except KeyError:  # a language that Django does not know
        return name
    return own[:1].upper() + own[1:]
