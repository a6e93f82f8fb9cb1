"""What an owner reads of an address that failed, and what she may do."""

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from marketplace.foundation.language import lazy
from marketplace.stewardship.links.enums import LinkState

ADVICE: Mapping[LinkState, LazyString] = {
    LinkState.GONE: lazy("Die Seite gibt es dort nicht mehr."),
    LinkState.SILENT: lazy("Dort antwortet niemand."),
    LinkState.FAULTY: lazy(
        "Das ist keine Webadresse. Vielleicht fehlt ein Zeichen oder https:// davor."
    ),
    LinkState.UNKNOWN: lazy(
        "Den Namen gibt es im Netz nicht. Ist er richtig geschrieben?"
    ),
    LinkState.BARRED: lazy(
        "Sie führt in ein inneres Netz, verlangt einen Namen oder einen eigenen "
        "Anschluss. Von außen liest sie niemand, deshalb fragen wir dort nicht."
    ),
}
