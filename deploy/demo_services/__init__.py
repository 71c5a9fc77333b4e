"""Two services that use Borough Login, to try it with: "Council Tax" and a charity's hub.

They stand in for other organisations' sites. So they own their look, wording and cookies, reach
the provider over HTTP only, as any relying party does, and import nothing of it: neither its
settings, nor its templates, nor its translations.
"""
