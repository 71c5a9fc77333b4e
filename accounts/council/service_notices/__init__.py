"""Notices about the service itself: that it will be away, or what does not work.

Owns which are shown and when. Must not know where: entry pages, the status page, partners' pages
and programs read them.
"""
