from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import (
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from marketplace.foundation.language import lazy
from marketplace.matching.gaps.enums import CallAnswer, GapReason, PupilSource
from marketplace.matching.gaps.rules import quarter_words
from marketplace.people.organisations.models import Organisation
from marketplace.region.lines.enums import LineKind
from marketplace.region.places.enums import FederalState
from marketplace.region.topics.enums import Topic
from marketplace.web.fields import EnumField
from marketplace.web.forms import Filters, Form

USUAL_KM = 100
# What the map draws: kinds of needs, or pupils.
_LAYERS: Mapping[str, LineKind | PupilSource] = {
    one.value: one for one in (*LineKind, *PupilSource)
}


class GapFilters(Filters):
    """What narrows the register; the newest quarter unless another is asked for."""

    quartal = SelectField(
        lazy("Quartal"),
        [Optional(), Regexp(r"^\d{4}-Q[1-4]$")],
        choices=[],
        validate_choice=False,
    )
    art: Field = EnumField(
        lazy("Was fehlt"), [Optional()], kinds=LineKind, empty=lazy("alles")
    )
    thema = EnumField(lazy("Thema"), [Optional()], kinds=Topic, empty=lazy("alle"))
    grund = EnumField(lazy("Grund"), [Optional()], kinds=GapReason, empty=lazy("alle"))
    land = EnumField(lazy("Land"), [Optional()], kinds=FederalState, empty=lazy("alle"))
    kreis = StringField(
        lazy("Kreis"), [Optional(), Regexp(r"^\d{5}$")], widget=HiddenInput()
    )

    def __init__(self, entries: Mapping[str, Any], *, quarters: Sequence[str]) -> None:
        super().__init__(entries)
        self.quartal.choices = [SelectChoice(q, quarter_words(q)) for q in quarters]

    @property
    def narrowing(self) -> dict[str, Any]:
        """What narrows within a quarter."""
        return {name: v for name, v in self.values.items() if name != "quartal"}


class MapFilters(GapFilters):
    """The same for the map, which draws pupils too."""

    art: Field = SelectField(
        lazy("Was fehlt"),
        [Optional()],
        coerce=lambda value: _LAYERS.get(value, LineKind.MONEY),
        choices=[
            SelectChoice(one.value, one.label) for one in (*LineKind, *PupilSource)
        ],
        default=LineKind.MONEY,
        validate_choice=False,
    )


class CallReach(Filters):
    """How far around companies are called."""

    umkreis = SelectField(
        lazy("Unternehmen im Umkreis von"),
        [Optional()],
        coerce=lambda value: int(value) if value else USUAL_KM,
        choices=[
            *(SelectChoice(km, f"{km} km") for km in (25, 50, USUAL_KM, 150)),
            SelectChoice(999, lazy("ganze Region")),
        ],
        default=USUAL_KM,
    )

    @property
    def km(self) -> int:
        """The radius, the usual one unless another was chosen."""
        return int(self.values.get("umkreis", USUAL_KM))


class CallForm(Form):
    """What the office writes, and to which of the companies it was shown."""

    words = TextAreaField(
        lazy("Ihre Worte dazu"),
        [InputRequired(), Length(max=1500)],
        render_kw={"rows": 6},
    )
    an = SelectMultipleField(
        lazy("Wer einen Brief bekommt"),
        [InputRequired()],
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, *, companies: Sequence[Organisation], **rest: Any) -> None:
        super().__init__(**rest)
        self.an.choices = [
            SelectChoice(firm.public_id, firm.name) for firm in companies
        ]
        if not self.is_submitted():
            self.an.data = [firm.public_id for firm in companies]


class AnswerForm(Form):
    """Whether a company would like to help."""

    answer = RadioField(
        lazy("Können Sie helfen?"),
        [InputRequired()],
        coerce=CallAnswer,  # type: ignore[arg-type]
        choices=[
            SelectChoice(CallAnswer.WILLING, lazy("Ja, wir möchten helfen")),
            SelectChoice(CallAnswer.UNWILLING, lazy("Nein, diesmal nicht")),
        ],
    )
