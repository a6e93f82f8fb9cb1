"""What the map knows of each layer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel.speaklater import LazyString

from marketplace.foundation.language import NamedEnum, lazy
from marketplace.overview.maps.enums import Layer
from marketplace.region.labour.enums import Basis
from marketplace.region.lines.enums import LineKind
from marketplace.region.topics.enums import Format


@dataclass(frozen=True)
class Sheet:
    """What one thing of a layer is called and where it is shown, with all others.

    `kinds` is what `art` chooses from there.
    """

    single: LazyString
    show: str
    index: str
    kinds: Sequence[NamedEnum]


SHEETS: Mapping[Layer, Sheet] = {
    Layer.INTERNSHIP: Sheet(
        lazy("Praktikum"), "internships.show", "internships.index", list(Basis)
    ),
    Layer.OFFER: Sheet(lazy("Angebot"), "offers.show", "offers.index", list(Format)),
    Layer.EVENT: Sheet(lazy("Veranstaltung"), "events.show", "events.index", []),
    Layer.SPONSORSHIP: Sheet(
        lazy("Förderung"), "sponsorships.show", "sponsorships.index", list(LineKind)
    ),
    Layer.NEED: Sheet(lazy("Angebot"), "offers.show", "offers.index", list(Format)),
}
