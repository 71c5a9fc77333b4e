"""Registering what a service called its users before they signed in here, and how many came along.

Owns the pages alone. Must not show whose an id is, nor any id.
"""
