"""What an application may do with its own stream (CAEP Interoperability Profile §2.7.2)."""

from typing import Final

READ: Final = "ssf.read"
MANAGE: Final = "ssf.manage"
ALL: Final = (READ, MANAGE)
