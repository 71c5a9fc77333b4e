"""A language made of the English texts, accented and longer.

What is left in plain English in it was never marked for translation.
"""
