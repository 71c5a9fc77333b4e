"""Client libraries that others wrote complete the flow against the running provider.

Each is first shown to be a real judge: it refuses tokens that a proxy between it and the provider
has changed, so that its acceptance of the provider's own says something.

`nginx/` and `apache/` hold Debian's web servers, one before and one beside the provider as a
council runs it: at a public https address (`public.py`), with no settings but the environment's.
"""
