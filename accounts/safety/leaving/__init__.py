"""The guide "Someone I live with has left, or I have": a few questions, and all done at its end.

Owns what was chosen until then. Nothing that it changes is told to a way of reaching its owner that
it removes or marks unsafe, before, during or after. Must not know services or tokens.
"""
