"""Figures by week of how residents fare: signing up, getting stuck, getting back in, signing in.

Owns the counts of weeks that are over, which are made of audit events and hold nothing of anybody.
Must not know whom it counts.
"""
