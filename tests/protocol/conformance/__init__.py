"""The OpenID Foundation's test plans for providers, module by module, over HTTPS as its suite does.

`modules.txt` lists them; each is the test of its name. What a module demands stands in its test's
docstring. Everything here knows the provider by its addresses alone, as a partner does.
"""
