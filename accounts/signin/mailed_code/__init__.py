"""A mailed code before the password, where so many were guessed that we ask for another way first.

Owns who is mailed and what a right code allows: a few passwords in this one sign-in. Must not know
how anybody is signed in: it is no proof. All is the same for names that nobody has.
"""
