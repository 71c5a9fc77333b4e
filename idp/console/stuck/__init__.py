"""Why somebody is stuck, in words that say it, what to do next, and what to read out to them.

Owns the first screen of a help session and what may be done before anybody is checked. Must not
know how surely a caller is known: nothing here names anybody.
"""
