"""The WSGI entry point: `idp.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idp.settings")

_django = get_wsgi_application()

# These need the settings that the line above loaded.
from django.conf import settings  # noqa: E402

from idp.checks import refuse_unsafe_settings  # noqa: E402
from idp.trail.noting import writer  # noqa: E402
from idp.web_servers import behind  # noqa: E402

refuse_unsafe_settings()
writer.start()

application = behind(settings.TRUSTED_PROXIES, _django)
