from collections.abc import Sequence
from typing import Any

from marketplace.foundation.language import in_german as _
from marketplace.upkeep.mail.models import Letter


def digest(sections: Sequence[dict[str, Any]]) -> Letter:
    """Shows an organisation new partners of each of its entries; asks for nothing.

    A section has `title` and `partners`; each of these tells name, place, points and
    the keys of both.
    """
    return Letter("partners_digest", _("Neue Partner für Sie"), {"sections": sections})
