"""How every page looks and is worded: components, forms, layouts' context, error and help pages.

Owns the bridge from Django's forms to the GOV.UK components, the council's name and contact details
as templates see them, and the pages under /help. Must not know what any form is for, nor who is
signed in.
"""
