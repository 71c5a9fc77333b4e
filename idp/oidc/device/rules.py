"""Why a code that somebody typed leads no further."""

from enum import StrEnum


class Fault(StrEnum):
    """The name under which staff see it."""

    UNKNOWN = "device_code_unknown"
    OUT_OF_DATE = "device_code_out_of_date"
