"""The programs that partners start from, run unchanged with the libraries that they name.

`PRINTING` open no page of their own: they print an address, and then what the ID token says.
"""

PRINTING = ("authlib", "openid-client")
