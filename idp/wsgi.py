"""The WSGI entry point: `idp.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idp.settings")

application = get_wsgi_application()

# Needs the settings that the line above loaded.
from idp.checks import refuse_unsafe_settings  # noqa: E402

refuse_unsafe_settings()
