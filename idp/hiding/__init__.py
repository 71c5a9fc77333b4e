"""Services that are kept out of sight: marked by the council, or hidden by a resident.

To be seen using one may put somebody in danger. Owns the residents' choice and the one answer to
"must this be kept out of sight?". Must not know which pages leave it out.
"""
