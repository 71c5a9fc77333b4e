"""What somebody is told whose start code begins nothing."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOT_GOOD: Final[Promise] = _(
    "This start code does not work. Check each letter and number, and the last day on your sheet. "
    "A code works once"
)
NOT_BORN_THEN: Final[Promise] = _(
    "This is not the date on the papers that you showed to our staff. Check the day, month and year"
)
EXPIRED: Final[Promise] = _(
    "Your start code has stopped working. You can go on without it: enter your full name"
)
