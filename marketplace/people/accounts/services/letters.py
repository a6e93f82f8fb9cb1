"""Letters to the owner of an account, and the links in them."""

from datetime import datetime, timedelta

from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.people.accounts.models import User
from marketplace.people.accounts.queries import user_by_id
from marketplace.upkeep.mail.models import Letter, LinkToken
from marketplace.upkeep.mail.queries import count_of_letters, link_of
from marketplace.upkeep.mail.services import queue

# Anybody may ask for these letters, so nobody's box may be filled with them.
MOST_A_DAY = 5
DAY = timedelta(days=1)


def send(letter: Letter, user: User, *, at: datetime) -> None:
    """Queues a letter to a person, unless she got five of its kind within a day."""
    if count_of_letters(letter.name, user.email, since=at - DAY) < MOST_A_DAY:
        queue(letter, [user.email], at=at)


def followed(purpose: str, token: str) -> tuple[LinkToken, User]:
    """The link of this secret and whose it is; refuses one that nobody was sent."""
    link = link_of(purpose, token)
    user = user_by_id(link.subject_id) if link else None
    if link is None or user is None:
        raise Refusal(
            _("Diesen Link kennen wir nicht.")
            + " "
            + _("Vielleicht fehlt ein Stück. Bitte ganz aus dem Brief übernehmen.")
        )
    return link, user
