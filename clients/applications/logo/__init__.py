"""The picture of an application: taken, drawn anew, and shown from our own address.

Owns that nothing of an uploaded file but its colours gets to anybody. Must not know where the
picture is shown.
"""
