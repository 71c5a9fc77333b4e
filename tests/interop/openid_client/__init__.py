"""npm's openid-client, which the OpenID Foundation certified, against the served provider.

The flows are programs beside these tests (`run.mjs` runs one); the tests play the resident and
judge what both sides say. Node.js comes as a Python package, the library by `npm ci` from
`package-lock.json`, at the first run. Alone: `python3 tests/run.py tests/interop/openid_client`.
A newer library: its version in `package.json`, then here `npm install --package-lock-only
--omit-lockfile-registry-resolved`.
"""
