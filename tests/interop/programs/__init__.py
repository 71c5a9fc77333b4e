"""The programs that partners start from, run unchanged with the libraries that they name.

`PRINTING` open no page of their own: they print an address, and then what the ID token says.
`SITES` serve a page that offers to sign in, says who did and lets them sign out. `SERVICES` get a
token for an API. `FAPI` and `FAPI_SERVICES` are for applications of which more is demanded.
"""

PRINTING = ("authlib", "openid-client")
SITES = ("mozilla-django-oidc", "django-allauth")
SERVICES = ("authlib-service", "openid-client-service")
FAPI = ("openid-client-fapi",)
FAPI_SERVICES = ("openid-client-fapi-service", "requests-service")
