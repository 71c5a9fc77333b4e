"""The source of the committed styles, script and icons; needed only to rebuild them."""
