"""Getting back in: a new password by a link in a mail.

Owns who may have such a link: never by a shared address alone, never for an account that is not
active. Signs nobody in. Must not know how accounts are made or what hangs on a session.
"""
