"""Pushing events to applications that want them sent (RFC 8935).

Owns what an answer means, when an event is tried again, and for how long a receiver that fails is
left alone. Must not know what an event is about.
"""
