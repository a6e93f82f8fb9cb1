from collections.abc import Iterable
from typing import Any

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from marketplace.encounters.applications.enums import CancelCode
from marketplace.encounters.attendances.enums import Contradiction
from marketplace.foundation.language import lazy
from marketplace.web.fields import EnumField
from marketplace.web.forms import Form


class ContradictionForm(Form):
    """What a pupil says against a note; `ways` are those that fit it."""

    contradiction = EnumField(
        lazy("Was stimmt nicht?"),
        [InputRequired(lazy("Hier fehlt noch etwas."))],
        kinds=Contradiction,
    )

    def __init__(self, *, ways: Iterable[Contradiction], **rest: Any) -> None:
        super().__init__(**rest)
        self.contradiction.choices = [SelectChoice(it.value, it.label) for it in ways]


class BreakForm(Form):
    """Why a placement ends early; `codes` are the reader's to choose."""

    code = EnumField(
        lazy("Grund"),
        [InputRequired(lazy("Hier fehlt noch etwas."))],
        kinds=CancelCode,
    )

    def __init__(self, *, codes: Iterable[CancelCode], **rest: Any) -> None:
        super().__init__(**rest)
        self.code.choices = [
            SelectChoice("", lazy("Bitte wählen")),
            *(SelectChoice(code.value, code.label) for code in codes),
        ]
