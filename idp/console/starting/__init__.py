"""Assisted start: printing sheets with which people at a counter begin an account later, alone.

Owns who may print one and what is asked first. Must not show a code twice, list people, nor see or
set anything by which somebody signs in.
"""
