"""How often something may be tried: one table of all limits and one way to count.

Owns the counters. Must not know what is counted: it gets a limit's name and keys, and stores keys
only as keyed hashes.
"""
