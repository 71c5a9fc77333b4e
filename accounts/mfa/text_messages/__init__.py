"""Codes by text message: a second step of less worth, off unless texts are sent here at all.

A number can be moved to another card or read on a locked screen, so a text message reaches services
and changes nothing, and stands only beside another second step. Must not know how a message leaves.
"""
