"""What an organisation asks the council to approve, and what the council answers.

Owns submissions, their checklist, the two sign-offs, and the agreement and the end of a live
application. Must not know requests or tokens: what a sandbox application tried comes as data.
"""
