from collections.abc import Mapping
from typing import Any

from marketplace.foundation.clock import now
from marketplace.foundation.database import db
from marketplace.matching.rounds.models import Round
from marketplace.matching.rounds.services.following import follow_rounds
from marketplace.matching.rounds.services.publishing import hand_out as give_places


def follow(_payload: Mapping[str, Any]) -> None:
    """Opens, closes and goes on with rounds whose time has come."""
    follow_rounds(at=now())


def hand_out(payload: Mapping[str, Any]) -> None:
    """Gives some pupils of a round the places they got."""
    round_ = db.session.get(Round, payload["round_id"])
    if round_:
        give_places(round_, payload["run"], at=now())
