"""Ways to sign in besides the password: what an account has, adding, proving and removing them.

One folder for each kind. Must not know how a sign-in is put together nor where it leads: it says
whether something is proved, and how strongly that counts.
"""
