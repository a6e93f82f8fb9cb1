from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from wtforms import (
    DateField,
    EmailField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import (
    Email,
    InputRequired,
    Length,
    Optional,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget

from marketplace.foundation.language import _, lazy
from marketplace.matching.clearing.enums import Rule
from marketplace.matching.rounds.enums import (
    DISTANCES,
    RULES,
    Criterion,
    RoundScope,
)
from marketplace.matching.rounds.models import RoundSeat
from marketplace.people.organisations.models import Organisation
from marketplace.region.labour.enums import Basis
from marketplace.region.places.models import District
from marketplace.web.fields import Between, EnumField, EnumSetField, NotPast
from marketplace.web.forms import Form

NEEDED = InputRequired(lazy("Hier fehlt noch etwas."))
CLASSES = range(5, 14)
LAST_TIER = 99
LONGEST = timedelta(days=180)


class RoundForm(Form):
    """What the office says of a round."""

    title = StringField(lazy("Titel"), [NEEDED, Length(max=80)])
    scope = EnumField(lazy("Für wen"), [NEEDED], kinds=RoundScope)
    school = StringField(lazy("Schule"), [Optional(), Length(max=160)])
    district = SelectField(lazy("Kreis"), [Optional()], choices=[])
    basis = EnumField(lazy("Art des Praktikums"), [NEEDED], kinds=Basis)
    rule = RadioField(
        lazy("Regel"),
        [NEEDED],
        coerce=Rule,
        choices=[SelectChoice(rule.value, words) for rule, words in RULES.items()],
        default=Rule.LOT_FAIR.value,
    )
    opens_on = DateField(lazy("Offen ab"), [NEEDED, NotPast()])
    closes_on = DateField(lazy("Offen bis"), [NEEDED, NotPast()])
    beacon_name = StringField(
        lazy("Öffentliche Ziehung, die mit hineinzählt"), [Optional(), Length(max=160)]
    )

    def __init__(self, *, districts: Iterable[District], **rest: Any) -> None:
        super().__init__(**rest)
        self.district.choices = [
            SelectChoice("", lazy("Bitte wählen")),
            *(SelectChoice(one.ags, one.name) for one in districts),
        ]

    def validate_closes_on(self, field: DateField) -> None:
        """Refuses an end before the beginning, and one too far away."""
        first, last = self.opens_on.data, field.data
        if first and last and last < first:
            raise ValidationError(_("Das Ende liegt vor dem Beginn."))
        if first and last and last - first > LONGEST:
            raise ValidationError(_("Eine Runde dauert höchstens 180 Tage."))


class SeatForm(Form):
    """How many places of which period, and the ticks there are."""

    period = RadioField(lazy("Zeitraum"), [NEEDED])
    capacity = IntegerField(
        lazy("Plätze für die Runde"),
        [NEEDED, Between(1, 500, message=lazy("Das ist eine Zahl von 1 bis 500."))],
    )
    minimum = IntegerField(
        lazy("Mindestens"),
        [Optional(), Between(1, 500, message=lazy("Das ist eine Zahl von 1 bis 500."))],
    )
    criteria = EnumSetField(lazy("Wer zuerst kommt"), kinds=Criterion)
    km = SelectField(
        lazy("Höchstens"),
        [Optional()],
        coerce=lambda value: int(value) if value else None,
        choices=[
            SelectChoice("", lazy("Bitte wählen")),
            *(SelectChoice(str(km), f"{km} km") for km in DISTANCES),
        ],
    )

    def __init__(self, *, periods: Iterable[tuple[str, str]], **rest: Any) -> None:
        super().__init__(**rest)
        self.period.choices = [SelectChoice(key, words) for key, words in periods]

    def validate_km(self, field: SelectField) -> None:
        """Asks how far where distance is ticked."""
        if Criterion.DISTANCE in (self.criteria.data or ()) and not field.data:
            raise ValidationError(_("Wie weit weg darf es sein?"))


class EntryForm(Form):
    """What a pupil tells a round; `is_young`: somebody at home approves."""

    class_level = SelectField(
        lazy("In welcher Klasse bist du?"),
        [NEEDED],
        coerce=lambda value: int(value) if value else None,
        choices=[
            SelectChoice("", lazy("Bitte wählen")),
            *(SelectChoice(str(n), str(n)) for n in CLASSES),
        ],
    )
    free_from = DateField(lazy("Ich kann ab"), [Optional()])
    free_to = DateField(lazy("Ich kann bis"), [Optional()])
    friend_code = StringField(lazy("Code deiner Freundin oder deines Freundes"))
    guardian_name = StringField(
        lazy("Name deiner Mutter, deines Vaters oder wer für dich sorgt"),
        [NEEDED, Length(max=120)],
    )
    guardian_email = EmailField(
        lazy("E-Mail-Adresse dieser Person"),
        [NEEDED, Email(lazy("Das ist keine E-Mail-Adresse.")), Length(max=254)],
    )
    guardian_phone = TelField(
        lazy("Telefon dieser Person"), [Optional(), Length(max=40)]
    )
    holiday_days_used = IntegerField(
        lazy("Wie viele Ferientage arbeitest du in diesem Jahr sonst?"),
        [
            InputRequired(lazy("Schreib 0, wenn es keiner ist.")),
            Between(0, 60, message=lazy("Das ist eine Zahl von 0 bis 60.")),
        ],
        default=0,
    )

    def __init__(self, *, is_young: bool, is_voluntary: bool, **rest: Any) -> None:
        super().__init__(**rest)
        if not is_young:
            del self.guardian_name, self.guardian_email, self.guardian_phone
        if not (is_young and is_voluntary):
            del self.holiday_days_used

    def validate_free_to(self, field: DateField) -> None:
        """Refuses half a span, and one that ends before it begins."""
        first, last = self.free_from.data, field.data
        if (first is None) != (last is None):
            raise ValidationError(_("Schreib beide Tage oder keinen."))
        if first and last and last < first:
            raise ValidationError(_("Das Ende liegt vor dem Beginn."))

    def validate_friend_code(self, field: StringField) -> None:
        """Takes ten signs, as they stand on the page of the other one."""
        field.data = (field.data or "").strip().lower()
        if field.data and len(field.data) != 10:
            raise ValidationError(_("Ein Code hat zehn Zeichen."))

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, the address in lower case."""
        entered = super().values
        if "guardian_email" in entered:
            entered["guardian_email"] = entered["guardian_email"].strip().lower()
            entered["guardian_phone"] = entered["guardian_phone"] or None
        return entered


class SecondForm(Form):
    """Whom the first guardian names as the other one."""

    name = StringField(
        lazy("Name der zweiten sorgeberechtigten Person"), [NEEDED, Length(max=120)]
    )
    email = EmailField(
        lazy("E-Mail-Adresse dieser Person"),
        [Optional(), Email(lazy("Das ist keine E-Mail-Adresse.")), Length(max=254)],
    )

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, the address in lower case."""
        entered = super().values
        return entered | {"email": (entered["email"] or "").strip().lower()}


class WishForm(Form):
    """A number beside each seat: the group it is in, empty for none."""

    PREFIX = "gruppe_"

    @classmethod
    def for_seats(cls, seats: Sequence[RoundSeat], tiers: dict[int, int]) -> "WishForm":
        """Builds one field for each seat; `tiers` are the groups there are."""
        fields = {
            f"{cls.PREFIX}{seat.seat_no}": IntegerField(
                _("Gruppe für %(title)s", title=seat.period.internship.title),
                [
                    Optional(),
                    Between(
                        1, LAST_TIER, message=lazy("Das ist eine Zahl von 1 bis 99.")
                    ),
                ],
                render_kw={"form": "liste", "inputmode": "numeric"},
            )
            for seat in seats
        }
        kind = type("WishForm", (cls,), fields)
        data = {f"{cls.PREFIX}{number}": tier for number, tier in tiers.items()}
        form: WishForm = kind(data=data)
        return form

    def field_for(self, seat: RoundSeat) -> Any:
        """The field beside a seat."""
        return self[f"{self.PREFIX}{seat.seat_no}"]

    @property
    def tiers(self) -> dict[int, int | None]:
        """The group of each seat by its number."""
        start = len(self.PREFIX)
        return {
            int(name[start:]): tier
            for name, tier in self.values.items()
            if name.startswith(self.PREFIX)
        }


class ConsentForm(Form):
    """Which companies on the list of a child are approved."""

    firms = SelectMultipleField(
        lazy("Diese Betriebe dürfen es sein"),
        [Optional()],
        coerce=int,
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, *, firms: Iterable[Organisation], **rest: Any) -> None:
        super().__init__(**rest)
        self.firms.choices = [SelectChoice(firm.id, firm.name) for firm in firms]


class ListNumberForm(Form):
    """Which list was signed."""

    number = StringField(
        lazy("Nummer auf dem Blatt"),
        [NEEDED, Length(max=40)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


class SignedListForm(ConsentForm):
    """What stands on the signed sheet of a list."""

    code = StringField(
        lazy("Code auf dem Blatt"),
        [InputRequired(lazy("Geben Sie die 12 Zeichen ein.")), Length(max=40)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    signed_by = StringField(
        lazy("Wer hat unterschrieben?"),
        [InputRequired(lazy("Geben Sie den Namen ein.")), Length(max=120)],
    )
    signed_on = DateField(
        lazy("Datum der Unterschrift"), [InputRequired(lazy("Geben Sie den Tag ein."))]
    )

    def __init__(
        self, *, firms: Iterable[Organisation], today: date, **rest: Any
    ) -> None:
        super().__init__(firms=firms, **rest)
        self.today = today

    def validate_signed_on(self, field: DateField) -> None:
        """Refuses days to come."""
        if field.data and field.data > self.today:
            raise ValidationError(_("Dieser Tag kommt erst noch."))


class BeaconForm(Form):
    """What was drawn by others."""

    beacon = StringField(lazy("Was wurde gezogen?"), [NEEDED, Length(max=160)])


class RedrawForm(Form):
    """Why it is drawn again."""

    reason = TextAreaField(
        lazy("Warum wird neu gelost?"),
        [NEEDED, Length(max=300)],
        render_kw={"rows": 3},
    )
