from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    IntegerField,
    RadioField,
    SelectField,
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

from marketplace.encounters.applications.enums import CancelCode, DeclineCode, Question
from marketplace.encounters.applications.models import WORDS_LENGTH
from marketplace.encounters.applications.rules import same_mailbox
from marketplace.encounters.applications.services.legality import Allowance
from marketplace.foundation.language import _, lazy, ngettext
from marketplace.people.accounts.enums import SchoolKind
from marketplace.region.labour.enums import Basis
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Topic
from marketplace.web.fields import Between, EnumField, EnumSetField
from marketplace.web.forms import Form

MOTIVATION_LENGTH = 600
CLASSES = range(5, 14)
NEEDED = InputRequired(lazy("Hier fehlt noch etwas."))


class StartForm(Form):
    """When, on what ground, in which class; `asks_state`: the account lacks it."""

    period = RadioField(lazy("Zeitraum"), [NEEDED])
    basis = RadioField(lazy("Art des Praktikums"), [NEEDED], coerce=lambda value: value)
    class_level = SelectField(
        lazy("In welcher Klasse bist du?"),
        [NEEDED],
        coerce=lambda value: int(value) if value else None,
        choices=[
            SelectChoice("", lazy("Bitte wählen")),
            *(SelectChoice(str(n), str(n)) for n in CLASSES),
        ],
    )
    school_state = EnumField(
        lazy("In welchem Land ist deine Schule?"), [NEEDED], kinds=FederalState
    )

    def __init__(
        self,
        *,
        periods: Iterable[tuple[str, str]],
        bases: Iterable[Basis],
        asks_state: bool,
        **rest: Any,
    ) -> None:
        super().__init__(**rest)
        self.period.choices = [SelectChoice(key, words) for key, words in periods]
        self.basis.choices = [SelectChoice(b.value, b.label) for b in bases]
        if not asks_state:
            del self.school_state


class SchoolForm(Form):
    """Which school; the company learns its kind, never its name."""

    school_kind = EnumField(lazy("Schulart"), [NEEDED], kinds=SchoolKind)
    school_name = StringField(lazy("Name der Schule"), [Optional(), Length(max=160)])


class MotivationForm(Form):
    """Why, and what one would like to know; `topics` are those to choose from."""

    interests = EnumSetField(lazy("Was interessiert dich?"), kinds=Topic)
    motivation = TextAreaField(
        lazy("Warum möchtest du dorthin?"),
        [
            NEEDED,
            Length(
                max=MOTIVATION_LENGTH, message=lazy("Das sind mehr als 600 Zeichen.")
            ),
        ],
        render_kw={"rows": 6, "maxlength": MOTIVATION_LENGTH},
    )
    question = EnumField(
        lazy("Möchtest du etwas fragen?"), kinds=Question, empty=lazy("Keine Frage")
    )

    def __init__(self, *, topics: Iterable[Topic], **rest: Any) -> None:
        super().__init__(**rest)
        self.interests.choices = [SelectChoice(t.value, t.label) for t in topics]


class GuardianForm(Form):
    """Who at home approves; `own_address` is the pupil's, which it may not be."""

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
        lazy("Ferientage"),
        [
            InputRequired(lazy("Schreib 0, wenn es keiner ist.")),
            Between(0, 60, message=lazy("Das ist eine Zahl von 0 bis 60.")),
        ],
    )

    def __init__(
        self,
        *,
        own_address: str,
        allowance: Allowance | None,
        **rest: Any,
    ) -> None:
        super().__init__(**rest)
        self.own_address, self.allowance = own_address, allowance
        if allowance is None:
            del self.holiday_days_used
        else:
            self.holiday_days_used.label.text = _(
                "Wie viele Ferientage arbeitest du %(year)s sonst?",
                year=allowance.year,
            )

    def validate_holiday_days_used(self, field: IntegerField) -> None:
        """Refuses what the law leaves no room for, and says how much fits."""
        if field.data is None or self.allowance is None:
            return
        if self.allowance.is_used_up or field.data > self.allowance.left:
            raise ValidationError(_too_many(self.allowance))

    def validate_guardian_email(self, field: EmailField) -> None:
        """Asks for another mailbox than the pupil's own."""
        if same_mailbox(field.data or "") == same_mailbox(self.own_address):
            raise ValidationError(
                _("Das ist deine eigene Adresse. Nimm die deiner Eltern.")
            )

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, the address in lower case."""
        entered = super().values
        entered["guardian_email"] = (entered["guardian_email"] or "").strip().lower()
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


def _too_many(allowance: Allowance) -> str:
    """The rule, what counts, and how many days still fit."""
    rule = ngettext(
        "Erlaubt ist ein Tag im Jahr (§ 5 Abs. 4 JArbSchG).",
        "Erlaubt sind %(num)s Tage im Jahr (§ 5 Abs. 4 JArbSchG).",
        allowance.most,
    )
    own = ngettext(
        "Dieses Praktikum hat einen Tag.",
        "Dieses Praktikum hat %(num)s Tage.",
        allowance.own,
    )
    known = ngettext(
        "Einen hast du schon über diese Seite.",
        "%(num)s hast du schon über diese Seite.",
        allowance.elsewhere,
    )
    left = ngettext(
        "Es passt höchstens einer dazu.",
        "Es passen höchstens %(num)s dazu.",
        allowance.left,
    )
    if not allowance.left:
        left = _("Es passt keiner dazu.")
    if allowance.is_used_up:
        left = _("Das ist zu viel für dieses Jahr.")
    return " ".join([rule, own, *([known] if allowance.elsewhere else []), left])


class SendForm(Form):
    """What is decided on sending."""

    is_withdrawing_others = BooleanField(
        lazy("Bestätige ich einen Platz, zieh meine anderen Bewerbungen dafür zurück")
    )


class DeclineForm(Form):
    """Why a company declines; no code that fits needs words to the office."""

    code = EnumField(
        lazy("Warum sagen Sie ab?"),
        [InputRequired(lazy("Wählen Sie einen Grund."))],
        kinds=DeclineCode,
    )
    words = TextAreaField(
        lazy("Was ist der Grund?"),
        [Length(max=WORDS_LENGTH, message=lazy("Das sind mehr als 300 Zeichen."))],
        render_kw={"rows": 3, "maxlength": WORDS_LENGTH},
    )

    def validate_words(self, field: TextAreaField) -> None:
        """Asks for words where the code says nothing."""
        if self.code.data is DeclineCode.OTHER and not (field.data or "").strip():
            raise ValidationError(_("Schreiben Sie kurz, was der Grund ist."))


class CancelForm(Form):
    """Why a promised place is given back; `codes` are the reader's to choose."""

    code = EnumField(lazy("Grund"), [NEEDED], kinds=CancelCode)

    def __init__(self, *, codes: Iterable[CancelCode], **rest: Any) -> None:
        super().__init__(**rest)
        self.code.choices = [
            SelectChoice("", lazy("Bitte wählen")),
            *(SelectChoice(code.value, code.label) for code in codes),
        ]


class PaperForm(Form):
    """What stands on a signed sheet."""

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

    def __init__(self, *, today: date, **rest: Any) -> None:
        super().__init__(**rest)
        self.today = today

    def validate_signed_on(self, field: DateField) -> None:
        """Refuses days to come."""
        if field.data and field.data > self.today:
            raise ValidationError(_("Dieser Tag kommt erst noch."))


class SignForm(Form):
    """Who confirms for a school, without an account."""

    signed_by = StringField(
        lazy("Ihr Name und Ihre Aufgabe an der Schule"),
        [InputRequired(lazy("Geben Sie den Namen ein.")), Length(max=120)],
        render_kw={"autocomplete": "name"},
    )
