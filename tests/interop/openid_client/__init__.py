"""npm's openid-client, which the OpenID Foundation certified, against the served provider.

The flows are programs beside these tests (`run.mjs` runs one); the tests play the resident and
judge what both sides say. Node.js and the library are there at the first run (`node.py` above).
Alone: `python3 tests/run.py tests/interop/openid_client`.
"""
