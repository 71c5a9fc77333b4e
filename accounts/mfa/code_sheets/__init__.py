"""Printed sheets of sixty numbered codes: a lasting second way for whoever has no phone.

A sheet counts once its owner has typed one code of it. Must not know sign-in.
"""
