"""The high profile: what FAPI 2.0 wants of an application that hands out money or health data.

Owns which registrations are fit for it. Must not know what a request says; the protocol reads there
from the application's columns, which the database keeps within these rules.
"""
