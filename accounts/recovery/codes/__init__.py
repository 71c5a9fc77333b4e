"""Codes that stand for a letterbox or for a look at somebody's face: posted, or given at a counter.

Owns who may have one and checking what was typed. Must not know how a letter is written or sent, or
what a right code begins.
"""
