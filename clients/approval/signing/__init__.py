"""The council's answer: two people, as service owner and for information governance.

Owns whether a sign-off still counts. Must not know the pages.
"""
