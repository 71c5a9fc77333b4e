"""Operator commands for organisations and applications.

Reads arguments and prints outcomes; the rules and writes are in the features.
"""
