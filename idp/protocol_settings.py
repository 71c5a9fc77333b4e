"""Settings of the protocol: lifetimes, what django-oauth-toolkit is told, requests to partners.

Part of `idp.settings`, which takes all of them over.
"""

from urllib.parse import urlsplit

from idp import env

# Lifetimes

CODE_LIFETIME = env.seconds("BOROUGH_CODE_SECONDS", 60)
# How long the owner of a device has to type its code.
DEVICE_CODE_LIFETIME = env.seconds("BOROUGH_DEVICE_CODE_SECONDS", 900)
ACCESS_TOKEN_LIFETIME = env.seconds("BOROUGH_ACCESS_TOKEN_SECONDS", 300)
ID_TOKEN_LIFETIME = env.seconds("BOROUGH_ID_TOKEN_SECONDS", 300)
REFRESH_TOKEN_IDLE = env.seconds("BOROUGH_REFRESH_TOKEN_IDLE_SECONDS", 30 * 24 * 3600)
REFRESH_REUSE_GRACE = env.seconds("BOROUGH_REFRESH_REUSE_GRACE_SECONDS", 10)
CODE_REUSE_GRACE = env.seconds("BOROUGH_CODE_REUSE_GRACE_SECONDS", 1)
CONSENT_LIFETIME = env.seconds("BOROUGH_CONSENT_SECONDS", 365 * 24 * 3600)
# How long a key signs before the next one does.
KEY_ROTATION = env.seconds("BOROUGH_KEY_ROTATION_SECONDS", 90 * 24 * 3600)

# django-oauth-toolkit: its models, swapped from the first migration; none of its views.

OAUTH2_PROVIDER_APPLICATION_MODEL = "clients.Application"
OAUTH2_PROVIDER_GRANT_MODEL = "idp.Grant"
OAUTH2_PROVIDER_ACCESS_TOKEN_MODEL = "idp.AccessToken"
OAUTH2_PROVIDER_REFRESH_TOKEN_MODEL = "idp.RefreshToken"
OAUTH2_PROVIDER_ID_TOKEN_MODEL = "idp.IDToken"
OAUTH2_PROVIDER_DEVICE_GRANT_MODEL = "idp.DeviceGrant"
# Its migrations make no table, then, and take as long as all of ours.
MIGRATION_MODULES = {"oauth2_provider": None}

# Requests to addresses that partners give (accounts/security/outgoing)

OUTGOING_TIMEOUT = env.seconds("BOROUGH_OUTGOING_TIMEOUT_SECONDS", 5)
# Trusted beside this machine's own authorities.
OUTGOING_CA_BUNDLE = env.text("BOROUGH_OUTGOING_CA_BUNDLE", "")
# As host:port. These may be asked though they are inside, on loopback even by http.
OUTGOING_ALLOW = env.words("BOROUGH_OUTGOING_ALLOW")

# Where applications come with a certificate (RFC 8705 §5), as https://host; empty: nowhere.
MTLS_ADDRESS = env.text("BOROUGH_MTLS_ADDRESS", "").rstrip("/")
MTLS_HOSTS = [urlsplit(MTLS_ADDRESS).hostname or ""] if MTLS_ADDRESS else []
