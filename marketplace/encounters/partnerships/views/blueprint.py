from flask import Blueprint

from marketplace.encounters.introductions.enums import Side
from marketplace.encounters.partnerships.enums import Act
from marketplace.encounters.partnerships.models import Partnership
from marketplace.encounters.partnerships.queries import partnership_by_key
from marketplace.encounters.partnerships.rules import can_act, can_see, sides_of
from marketplace.foundation.refusals import found, permit
from marketplace.web.access import actor

blueprint = Blueprint("partnerships", __name__, url_prefix="/partnerschaften")


def seen(key: str) -> Partnership:
    """The partnership of this public id, if it exists for who asks."""
    partnership = found(partnership_by_key(key))
    permit(can_see(actor(), partnership))
    return partnership


def side_for(partnership: Partnership, act: Act | None = None) -> Side:
    """The side a person acts for; of both, first the one that can take this step."""
    sides = [s for s in Side if s in sides_of(actor(), partnership)]
    able = [s for s in sides if act and can_act(s, partnership, act)]
    return (able or sides)[0]
