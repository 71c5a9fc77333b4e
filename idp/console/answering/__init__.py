"""Answering what residents complain of, by support leads: the most urgent first.

Owns who may not answer whom. Must not change what a complaint is about: there are acts for that.
"""
