"""The request trail of an application: what was asked, how it went, and what mends it.

Owns its pages and the closed catalogue of reasons in words. Must not write the trail.
"""
