"""A new password by a link in a mail.

Owns who may have such a link: never by a shared or unsafe address, never for an account that is not
active or never had a password. Signs nobody in. Must not know how accounts are made or what hangs
on a session.
"""
