from collections.abc import Sequence

from marketplace.foundation.language import in_german as _
from marketplace.stewardship.links.models import CheckedLink
from marketplace.stewardship.links.tables import ADVICE
from marketplace.upkeep.mail.models import Letter


def link_is_dead(link: CheckedLink, titles: Sequence[str]) -> Letter:
    """Tells an organisation that an address to which it links does not answer."""
    subject = _("Ein Link führt ins Leere: %(host)s", host=link.host[:80])
    context = {
        "address": link.address,
        "state": _(ADVICE[link.state]),
        "titles": list(titles),
    }
    return Letter("link_is_dead", subject, context)
