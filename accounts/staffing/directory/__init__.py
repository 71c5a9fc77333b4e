"""The council's own directory of staff, asked by OpenID Connect who somebody is and who has left.

Owns what its word opens: a staff account at a first visit, a first key, roles by its groups; and
what ends when it takes its word back. Must not let anybody in: keys alone do that.
"""
