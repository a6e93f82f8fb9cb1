from marketplace.encounters.applications.enums import Obstacle
from marketplace.encounters.applications.models import Application
from marketplace.region.labour.enums import Reason


def broken_rule(application: Application) -> Reason | Obstacle | None:
    """Which rule a place breaks by now, as it was noted."""
    known: dict[str, Reason | Obstacle] = {
        one.value: one for one in (*Reason, *Obstacle)
    }
    return known.get(application.breach or "")
