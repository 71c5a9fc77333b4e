"""A copy of everything held about an account, for its owner to download (UK GDPR art. 15 and 20).

Owns asking for one, the job that prepares it, its two documents, and the list of parts to which
each app adds its own. Must not know what other apps hold.
"""
