"""Debian's Apache with mod_auth_openidc as a service of the provider behind nginx."""
