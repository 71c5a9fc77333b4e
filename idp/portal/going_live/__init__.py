"""The organisation's pages of an application on its way to residents, and of its end.

Owns reading from an application's own trail what its sandbox has shown. Must not decide anything:
the rules are those of `clients/approval`.
"""
