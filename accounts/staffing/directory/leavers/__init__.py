"""Noticing who has left, by asking the directory about each of its people every few minutes.

Owns when somebody is asked about and what each answer ends. Must not know how it is asked.
"""
