"""What somebody can say once their case is open."""

from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm
from idp.console.helping.forms import GivenField


class MoreForm(GovukForm):
    """Another help code, or the address or name of whom it is about."""

    ANOTHER = _(
        "This is not about the person of this case. If somebody else is calling, finish this case "
        "and begin another. Do not say whose it is."
    )

    typed = GivenField(
        help_text=_("It goes into this case. Type it whole: nothing is found by a part of it.")
    )
