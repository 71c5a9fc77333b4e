"""Commands for whoever runs the provider, and what all such commands share.

A command reads its arguments, runs one operation and prints the outcome; it decides nothing.
"""
