"""The pages on which staff note a death that they hear of, and undo one that was wrong.

Must not ask who told: it is a relative or an office, who is in no record of ours.
"""
