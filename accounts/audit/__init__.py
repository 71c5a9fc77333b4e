"""The audit log: a closed list of events, the one way to record them, and what proves it whole.

Sits below every feature, because each records what it does; knows none of them. `README.md` tells
a stranger how to verify an export.
"""
