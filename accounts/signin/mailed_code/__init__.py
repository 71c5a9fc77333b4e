"""A mailed code before the password, where so many were guessed that we ask for another way first.

Owns who is mailed and what a right code allows: a few passwords in this one sign-in. It proves
nobody's identity and is no way to sign in. Pages, statements and times are the same for names that
nobody has.
"""
