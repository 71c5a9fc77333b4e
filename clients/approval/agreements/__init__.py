"""The last day of a data sharing agreement, and what comes of it.

Owners are told 90, 30, 7 and 1 days before, and once it is past. From the day after it the
application is suspended: nobody's details go to an organisation that has not agreed what it does
with them. A new agreement that two people signed off lets it work again. Must not know the pages.
"""
