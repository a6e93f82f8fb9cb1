"""Need lines, and how far one partner or several cover them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from marketplace.encounters.introductions.services.proposing import LinePair
from marketplace.foundation.language import _, ngettext
from marketplace.matching.partners.services.entering import ITEM_NUMBERS
from marketplace.matching.partners.services.explaining import KINDS, line_name
from marketplace.matching.scores.coverage import LineCoverage
from marketplace.matching.scores.values import Line, Profile
from marketplace.postings.offers.models import Offer
from marketplace.region.lines.enums import LineKind
from marketplace.region.lines.models import LineColumns
from marketplace.region.lines.rules import amount_of, name_of, share_of
from marketplace.region.lines.tables import ICONS


class NeedRow(NamedTuple):
    """One need line: shares of 100 that are agreed or possible, and both in words."""

    name: str
    amount: str
    agreed: int
    possible: int
    icon: str
    words: str
    # Somebody gives some of it; and: not the whole of it is covered.
    is_served: bool
    is_missing: bool


@dataclass(frozen=True)
class Entered:
    """A need line as it is stored: how much of it in all, and how much is open."""

    kind: LineKind
    # The number of its item; 0 for none.
    item: int
    quantity: int | None
    open_quantity: int | None


def entered_of(lines: Sequence[LineColumns]) -> list[Entered]:
    """Lines as they are stored, in their order."""
    return [
        Entered(
            one.kind, ITEM_NUMBERS.get(one.item, 0), one.quantity, one.open_quantity
        )
        for one in lines
    ]


def needs_together(
    profile: Profile,
    served: Iterable[Sequence[LineCoverage]],
    entered: Sequence[Entered],
    asked: Mapping[int, int],
) -> list[NeedRow]:
    """What was agreed of each need, and what all partners together could cover.

    `entered` are the lines of the profile as they are stored, in their order; `asked`
    is how much of which of them others have been asked for, `served` what
    `served_between` says of it and each partner.
    """
    taken: Counter[tuple[int, int | None]] = Counter()
    met = set()
    for row in chain.from_iterable(served if profile.needs else ()):
        for unit in row.units:
            taken[row.line_no, unit.slot] += unit.taken
        met |= {row.line_no} if row.is_served else set()
    needs = {line.line_no: line for line in profile.needs}
    return [
        _together(
            line,
            needs.get(number),
            taken,
            is_served=number in met,
            asked=asked.get(number, 0),
        )
        for number, line in enumerate(entered, 1)
    ]


def _asked_words(kind: LineKind, asked: int, possible: int) -> str:
    """What waits for an answer or an arrangement, and what others could add to it."""
    amount = amount_of(kind, asked)
    if not possible:
        return _("%(amount)s angefragt oder zugesagt.", amount=amount)
    return _(
        "%(amount)s angefragt oder zugesagt, %(more)s wären noch möglich.",
        amount=amount,
        more=amount_of(kind, possible),
    )


def covered_lines(
    reader: Profile, partner: Profile, served: Sequence[LineCoverage]
) -> list[NeedRow]:
    """How far one of two covers each need of the other, whichever needs.

    `served` is what `served_between` says of both.
    """
    needs = reader.needs or partner.needs
    return [_covered(line, row) for line, row in zip(needs, served, strict=True)]


def share_rows(offer: Offer, shares: Sequence[LinePair]) -> list[NeedRow]:
    """What one of a bundle is asked for, as parts of the needs of the offer."""
    parts: Counter[int | None] = Counter()
    for share in shares:
        parts[share.need_line_id] += share.quantity or 0
    rows = []
    for need in offer.lines:
        if need.id not in parts:
            continue
        part, whole = (
            parts[need.id],
            (need.open_quantity or 0) * max(1, len(need.slots)),
        )
        rows.append(
            NeedRow(
                name=name_of(need),
                amount=_of_all(need.kind, part, whole if part else 0),
                agreed=0,
                possible=_share(part, whole),
                icon=ICONS[need.kind],
                words=_("so viel fragen Sie an") if part else _("Menge klären"),
                is_served=True,
                is_missing=part < whole,
            )
        )
    return rows


def _together(
    line: Entered,
    need: Line | None,
    taken: Counter[tuple[int, int | None]],
    *,
    is_served: bool,
    asked: int,
) -> NeedRow:
    units = len(need.units) if need else 1
    total, each = (line.quantity or 0) * units, (line.open_quantity or 0)
    agreed = total - each * units
    slots = need.units if need else ()
    possible = sum(
        min(each, taken[need.line_no, slot]) if need else 0 for slot in slots
    )
    return NeedRow(
        name=line_name(line.kind, line.item),
        amount=_of_all(line.kind, agreed, total),
        agreed=_share(agreed, total),
        possible=_share(agreed + possible, total),
        icon=ICONS[line.kind],
        words=_words(line.kind, agreed, possible, total, min(asked, total - agreed)),
        is_served=is_served,
        is_missing=need is not None
        and (agreed + possible + asked < total or not (is_served or asked)),
    )


def _words(kind: LineKind, agreed: int, possible: int, total: int, asked: int) -> str:
    rest = total - agreed - possible
    if not total:
        return _("Die Menge ist noch offen.")
    if agreed >= total:
        return _("Ganz zugesagt.")
    if asked:
        return _asked_words(kind, asked, min(possible, rest + possible - asked))
    if not possible:
        return _("Noch bietet das niemand in Ihrem Umkreis.")
    if not rest:
        return _("Mit Partnern ganz möglich.")
    words: str = ngettext(
        "%(amount)s möglich, %(rest)s fehlt.",
        "%(amount)s möglich, %(rest)s fehlen.",
        rest,
        amount=amount_of(kind, possible),
        rest=amount_of(kind, rest),
    )
    return words


def _covered(line: Line, row: LineCoverage) -> NeedRow:
    kind = KINDS[line.kind]
    return NeedRow(
        name=line_name(kind, line.item),
        amount=_of_all(kind, row.taken, row.needed),
        agreed=0,
        possible=row.percent,
        icon=ICONS[kind],
        words=_told(kind, row),
        is_served=row.is_served,
        is_missing=not row.is_served or row.taken < row.needed,
    )


def _told(kind: LineKind, row: LineCoverage) -> str:
    if not row.is_served:
        return _("gibt es hier nicht")
    if not row.is_counted or (row.questions and not row.taken):
        return _("Menge oder Zeiten klären")
    rest = amount_of(kind, row.needed - row.taken)
    if row.taken < row.needed:
        words: str = ngettext(
            "deckt %(percent)s %%, es fehlt %(rest)s",
            "deckt %(percent)s %%, es fehlen %(rest)s",
            row.needed - row.taken,
            percent=row.percent,
            rest=rest,
        )
        return words
    return _("deckt alles")


def _of_all(kind: LineKind, part: int, whole: int) -> str:
    if not whole:
        return amount_of(kind, None)
    return share_of(kind, part, whole)


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0
