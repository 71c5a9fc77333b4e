"""Settings of the council's own directory of staff, asked by OpenID Connect; empty is none.

Part of `idp.settings`, which takes all of them over.
"""

from idp import env

DIRECTORY_ISSUER = env.text("BOROUGH_DIRECTORY_ISSUER", "")
DIRECTORY_CLIENT_ID = env.text("BOROUGH_DIRECTORY_CLIENT_ID", "")
DIRECTORY_CLIENT_SECRET = env.text("BOROUGH_DIRECTORY_CLIENT_SECRET", "")
DIRECTORY_SCOPES = env.text("BOROUGH_DIRECTORY_SCOPES", "openid profile email offline_access")
# In which claim the directory names somebody's groups, and as `role:group` which role each gives.
DIRECTORY_GROUP_CLAIM = env.text("BOROUGH_DIRECTORY_GROUP_CLAIM", "groups")
DIRECTORY_GROUPS = [
    (role, group)
    for role, _colon, group in (
        part.partition(":") for part in env.words("BOROUGH_DIRECTORY_GROUPS")
    )
]
# How long nobody who hangs on it is kept out though it does not answer.
DIRECTORY_GRACE = env.seconds("BOROUGH_DIRECTORY_GRACE_SECONDS", 3600)
