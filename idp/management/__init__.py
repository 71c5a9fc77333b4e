"""Operator commands that need what the provider knows: accounts with claims, keys, the demo.

A command reads its arguments, runs one operation and prints the outcome.
"""
