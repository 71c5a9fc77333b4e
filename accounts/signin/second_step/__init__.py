"""The second step of a sign-in: one page for each way, the one used last first.

Owns which ways are offered and how often codes may be tried. Must not know how a code is checked.
"""
