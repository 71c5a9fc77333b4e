"""The audit log: a closed list of events and the one way to record them.

Sits below every feature, because each records what it does; knows none of them.
"""
