"""What shows that an organisation is who it says, and what it still needs to go live.

Owns proofs, their checks and the page of the organisation's details. Must not know what going live
does.
"""
