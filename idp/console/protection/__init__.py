"""Protected accounts: whose owner must not be found, and which leads may read how to reach them.

Must not know why somebody is protected: no reason is kept, for it would tell what they fled.
"""
