"""Letters as a test posts them: kept in memory."""

from accounts.letters.outgoing import NotSentError

posted: list[tuple[str, bytes]] = []
broken: list[bool] = []


class PillarBox:
    """Keeps every letter in `posted`, or takes none while `broken` holds anything."""

    def hand_over(self, paper: bytes, *, reference: str) -> None:
        if broken:
            message = "Full"
            raise NotSentError(message)
        posted.append((reference, paper))
