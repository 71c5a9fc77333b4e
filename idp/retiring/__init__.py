"""What comes with the end of a service: telling who uses it, and ending what they share.

Owns both. Must not know who decides that a service ends, nor pages.
"""
