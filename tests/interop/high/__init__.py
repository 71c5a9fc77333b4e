"""FAPI 2.0 by openid-client and oauth4webapi, through the shipped nginx to the provider itself.

A flow is a function in a module beside this one, and runs as those of openid_client do.
"""
