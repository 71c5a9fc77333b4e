"""How asking the directory ends without an answer; none of it is shown to anybody outside."""


class DirectoryError(Exception):
    """There is nothing that could be believed."""


class SilentError(DirectoryError):
    """It did not answer, or with something that is no answer: ask again later."""


class UntrustedError(DirectoryError):
    """Its answer fails a check: nobody may be taken for anybody by it."""


class DeclinedError(DirectoryError):
    """It refused in due form; `error` is the registered code."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error
