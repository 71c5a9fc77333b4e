"""Why a picture was refused, in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.applications.logo.drawing import LogoProblem

LOGO_PROBLEMS: Final[dict[LogoProblem, Promise]] = {
    LogoProblem.FILE_TOO_LARGE: _("The file must be 1 MB or smaller"),
    LogoProblem.NOT_A_PICTURE: _(
        "The picture must be a PNG or JPEG file. Export any other kind, such as SVG, as PNG first"
    ),
    LogoProblem.TOO_MANY_PIXELS: _("The picture must have 4 million pixels or fewer"),
    LogoProblem.TOO_MANY_SCANS: _(
        "The JPEG file is made of too many layers: save the picture as a usual JPEG or as PNG"
    ),
    LogoProblem.BROKEN: _("The file cannot be read to its end: save the picture again"),
    LogoProblem.OF_ANOTHER: _("This is the picture of another organisation’s application"),
}
