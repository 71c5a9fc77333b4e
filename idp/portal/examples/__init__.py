"""Where a partner starts: programs and settings for the libraries that they use, ready to run.

Owns the programs, the file of an application's settings that they read, and the pages that hand
both out. A library is shown only if `tests/interop` runs what is shown of it. Must not know any
secret but the one that whoever asks has just been shown.
"""
