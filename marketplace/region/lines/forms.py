"""The fields of one need or give line, the same for both sides."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import Form as FieldGroup
from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional, ValidationError
from wtforms.widgets import HiddenInput, MonthInput

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _, lazy
from marketplace.region.lines.enums import (
    ITEMS,
    HardCondition,
    LineKind,
    Slot,
)
from marketplace.region.lines.models import LineColumns
from marketplace.region.lines.rules import (
    LineEntry,
    is_left_open,
    lacks_count,
    quantity_in_base_unit,
)
from marketplace.region.lines.tables import MOST
from marketplace.region.topics.enums import Audience, Topic
from marketplace.web.fields import EnumField, EnumSetField

_MONTH = re.compile(r"^(?:(\d{4})-(\d{1,2})|(\d{1,2})[./](\d{4}))$")


def _item_choices() -> list[SelectChoice]:
    return [
        SelectChoice("", lazy("ohne nähere Angabe")),
        *(
            SelectChoice(item.value, item.label, optgroup=str(kind.label))
            for kind, items in ITEMS.items()
            for item in items
        ),
    ]


class MonthField(StringField):
    """A month as browsers send it, 2027-02, or as people write it, 02/2027."""

    widget = MonthInput()
    data: date | None  # type: ignore[assignment]  # not the text it was

    def process_formdata(self, valuelist: list[str]) -> None:
        """Takes the first day of the month."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        hit = _MONTH.match(text)
        if hit is None:
            raise ValueError(_("Schreiben Sie den Monat als 02/2027."))
        year, month = (hit[1], hit[2]) if hit[1] else (hit[4], hit[3])
        if not 1 <= int(month) <= 12:
            raise ValueError(_("Diesen Monat gibt es nicht."))
        self.data = date(int(year), int(month), 1)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%Y-%m}" if self.data else ""


class LineFields(FieldGroup):
    """One need or give; without a kind it is no line."""

    # Which stored line stands here; empty: a new one.
    line_id = IntegerField(validators=[Optional()], widget=HiddenInput())
    kind = EnumField(lazy("Art"), kinds=LineKind, empty=lazy("keine Zeile"))
    item = SelectField(lazy("Was genau"), choices=_item_choices, default="")
    amount = StringField(lazy("Menge"), [Length(max=40)])
    months_from = MonthField(lazy("Von Monat"))
    months_to = MonthField(lazy("Bis Monat"))
    slots = EnumSetField(lazy("Halbe Tage"), kinds=Slot)
    topics = EnumSetField(lazy("Nur diese Themen"), kinds=Topic)
    audiences = EnumSetField(lazy("Nur für"), kinds=Audience)
    hard = EnumSetField(lazy("Bedingungen"), kinds=HardCondition)
    note = StringField(lazy("Anmerkung"), [Length(max=200)])

    def validate_kind(self, field: EnumField) -> None:
        """Asks for the kind of a line in which something else stands."""
        others = [f for f in self if f not in (field, self.line_id) and f.data]
        if field.data is None and others:
            raise ValidationError(_("Wählen Sie eine Art, oder leeren Sie die Zeile."))

    def validate_item(self, field: SelectField) -> None:
        """Asks for an item that belongs to the kind, and for one of material."""
        kind = self.kind.data
        if kind is None or kind is LineKind.INTERNSHIPS:
            return
        known = [item.value for item in ITEMS.get(kind, ())]
        if field.data and field.data not in known:
            raise ValidationError(_("Das gehört zu einer anderen Art."))
        if kind is LineKind.MATERIAL and not field.data:
            raise ValidationError(_("Wählen Sie, welches Material."))

    def validate_months_to(self, field: MonthField) -> None:
        """Asks for months in order."""
        first = self.months_from.data
        if field.data and first and field.data < first:
            raise ValidationError(_("Der letzte Monat liegt vor dem ersten."))
        this_month = day_of(now()).replace(day=1)
        if field.data and field.data != field.object_data and field.data < this_month:
            raise ValidationError(
                _("Dieser Monat ist schon vorbei. Prüfen Sie auch das Jahr.")
            )

    def validate_amount(self, field: StringField) -> None:
        """Asks for how many where the amount is told for one, and for a usable size."""
        kind, text = self.kind.data, field.data or ""
        if kind is None:
            return
        if lacks_count(text):
            raise ValidationError(
                _("Für wie viele? Zum Beispiel: „20 € pro Schüler, 25 Schüler“.")
            )
        quantity = quantity_in_base_unit(kind, text, is_need=True)
        if text.strip() and quantity is None and not is_left_open(text):
            raise ValidationError(
                _(
                    "Schreiben Sie eine Zahl, zum Beispiel 2.000 € oder 12 Stück. "
                    "Leer heißt: Menge offen. Worte passen in die Anmerkung."
                )
            )
        if quantity is not None and quantity > MOST:
            raise ValidationError(_("Diese Menge ist zu groß."))
        # A give of 50 cents is rounded down, a need up.
        if quantity_in_base_unit(kind, text, is_need=False) == 0:
            raise ValidationError(_("Nennen Sie eine Menge, die größer als null ist."))

    def entry(self, *, is_need: bool) -> LineEntry | None:
        """The line that was entered, its quantity in the base unit."""
        told: dict[str, Any] = self.data
        kind, item = told["kind"], told["item"] or ""
        if kind is None:
            return None
        amount = told["amount"] or ""
        return LineEntry(
            line_id=told["line_id"] or 0,
            kind=kind,
            item=item,
            quantity=quantity_in_base_unit(kind, amount, is_need=is_need, item=item),
            months_from=told["months_from"],
            months_to=told["months_to"],
            slots=told["slots"],
            topics=told["topics"],
            audiences=told["audiences"],
            hard=told["hard"],
            note=told["note"] or "",
        )


def offer_parts(
    lines: Iterable[LineFields],
    topics: Iterable[Topic],
    audiences: Iterable[Audience],
) -> None:
    """Lets each line choose some of what its posting is about, and what it has."""
    for line in lines:
        for field, whole in ((line.topics, topics), (line.audiences, audiences)):
            known = {str(one) for one in (*whole, *(field.data or ()))}
            every: Any = field.choices
            field.choices = [choice for choice in every if choice.value in known]


def entries_of(lines: Iterable[LineFields], *, is_need: bool) -> tuple[LineEntry, ...]:
    """The lines that were entered, in their order."""
    entries = (line.entry(is_need=is_need) for line in lines)
    return tuple(entry for entry in entries if entry)


def stored_line(line: LineColumns) -> dict[str, object]:
    """A stored line as the form shows it."""
    return {
        "kind": line.kind,
        "item": line.item,
        "amount": "" if line.quantity is None else str(line.quantity),
        "months_from": line.months_from,
        "months_to": line.months_to,
        "slots": line.slots,
        "topics": line.topics,
        "audiences": line.audiences,
        "hard": line.hard,
        "note": line.note,
    }
