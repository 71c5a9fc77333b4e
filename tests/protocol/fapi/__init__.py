"""FAPI 2.0: one test for each module of the OpenID Foundation's plans, named after it.

`modules.txt` lists them; test_modules.py compares. Each runs with every kind of application that
its module is for: private_key_jwt with DPoP, and mutual TLS for both.
"""
