"""What messages leave in the outbox; they themselves go with their application."""

from collections.abc import Sequence

from marketplace.encounters.messages.mails import LINK
from marketplace.upkeep.mail.services import forget_all


def forget_ways(application_ids: Sequence[int]) -> None:
    """Deletes the letters and links by which somebody reads on about placements."""
    forget_all(LINK, application_ids)
