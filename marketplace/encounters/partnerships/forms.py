from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from marketplace.encounters.partnerships.enums import EndCode, Renewal
from marketplace.encounters.partnerships.services.arranging import Terms
from marketplace.encounters.partnerships.services.telling import Answer
from marketplace.foundation.language import lazy
from marketplace.postings.offers.models import NeedLine
from marketplace.postings.sponsorships.models import GiveLine
from marketplace.region.lines.rules import words_of
from marketplace.web.fields import Between, EnumField
from marketplace.web.forms import Form, VersionedForm

MOST = 1_000_000_000
YES_NO = [SelectChoice("ja", lazy("ja")), SelectChoice("nein", lazy("nein"))]
MARKS = [
    SelectChoice("4", lazy("sehr")),
    SelectChoice("3", lazy("ziemlich")),
    SelectChoice("2", lazy("wenig")),
    SelectChoice("1", lazy("gar nicht")),
]


class ActForm(Form):
    """A button: nothing but its token."""


class TermsForm(Form):
    """Days and value; the quantities of the lines stand beside, one field each."""

    valid_from = DateField(lazy("Erster Tag"), [InputRequired()])
    valid_to = DateField(lazy("Letzter Tag"), [InputRequired()])
    first_on = DateField(lazy("Erster Termin"), [Optional()])
    value_eur = IntegerField(
        lazy("Wert in Euro"), [Optional(), Between(min=1, max=MOST)]
    )
    quantities = FieldList(
        IntegerField(lazy("Menge"), [Optional(), Between(min=0, max=MOST)])
    )
    version = HiddenField(validators=[InputRequired()])

    def terms(self, line_ids: Sequence[int]) -> Terms:
        """What was entered, the quantities by the numbers of the lines."""
        told: dict[str, Any] = self.data
        amounts = told["quantities"]
        version = str(told["version"])
        return Terms(
            valid_from=told["valid_from"],
            valid_to=told["valid_to"],
            first_on=told["first_on"],
            value_eur=told["value_eur"],
            quantities=dict(zip(line_ids, amounts, strict=False)),
            version=int(version) if version.isdecimal() else 0,
        )


class ConfirmForm(VersionedForm):
    """A button that knows what was read above it."""

    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())


class LineForm(Form):
    """Which two lines are agreed on besides."""

    pair = SelectField(lazy("Bedarf und Beitrag"), [InputRequired()])

    def __init__(self, pairs: Sequence[tuple[NeedLine, GiveLine]]) -> None:
        super().__init__()
        self.pair.choices = [
            SelectChoice(f"{n.id}-{g.id}", f"{words_of(n)} – {words_of(g)}")
            for n, g in pairs
        ]
        self.pairs = {f"{n.id}-{g.id}": (n, g) for n, g in pairs}


class DecisionForm(Form):
    """When the head teacher decided, and who that is."""

    decided_on = DateField(lazy("Entschieden am"), [InputRequired()])
    decided_by = StringField(lazy("Name und Amt"), [InputRequired(), Length(max=120)])


class EndForm(Form):
    """Why it ends before its day."""

    code = EnumField(lazy("Grund"), [InputRequired()], kinds=EndCode)


class RenewalForm(Form):
    """Whether it goes on."""

    wish = EnumField(lazy("Wie geht es weiter"), [InputRequired()], kinds=Renewal)


class ShowForm(Form):
    """Whether it may be seen by everybody."""

    is_shown = BooleanField(
        lazy("Diese Partnerschaft darf auf den Seiten beider stehen.")
    )


class FeedbackForm(Form):
    """How it was."""

    took_place = RadioField(
        lazy("Hat es stattgefunden?"), [InputRequired()], choices=YES_NO
    )
    useful = RadioField(lazy("Hat es Ihnen genützt?"), [InputRequired()], choices=MARKS)
    would_again = RadioField(
        lazy("Würden Sie es wieder machen?"), [InputRequired()], choices=YES_NO
    )

    @property
    def answer(self) -> Answer:
        """What was told."""
        told: dict[str, Any] = self.data
        return Answer(
            took_place=told["took_place"] == "ja",
            useful=int(told["useful"]),
            would_again=told["would_again"] == "ja",
        )
