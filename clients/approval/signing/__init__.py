"""The council's answer: two people, as service owner and for information governance.

Must not know the pages.
"""
