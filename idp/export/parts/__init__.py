"""What this app holds about an account, part by part."""

from idp.export.parts import passes, sharing, told

PARTS = (*sharing.PARTS, *told.PARTS, *passes.PARTS)
