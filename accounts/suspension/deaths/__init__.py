"""An owner's death: what is held from then on, and how it is undone at once if it was wrong.

The account is suspended, because every door, clock and reminder heeds that already; a note beside
it says why, stops all mail, and keeps a plain reinstating from undoing it. Must not delete anything
nor tell anybody the reason.
"""
