"""The picture that a live application is to have: proposed in a draft, looked at by the council.

Must not know the pages. Until two people approve it, residents see the one that there was.
"""
