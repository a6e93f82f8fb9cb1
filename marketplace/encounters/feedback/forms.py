from collections.abc import Mapping

from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from marketplace.encounters.feedback.enums import MARKS, QUESTIONS, Asked, Matter
from marketplace.foundation.language import lazy
from marketplace.web.forms import Form

WORDS = 500


def _mark() -> RadioField:
    return RadioField(
        "",
        [InputRequired(lazy("Hier fehlt noch etwas."))],
        choices=[SelectChoice(str(mark), words) for mark, words in MARKS.items()],
        coerce=lambda value: int(value) if value else None,
    )


class FeedbackForm(Form):
    """The questions of one side; only pupils have words of their own."""

    first = _mark()
    second = _mark()
    third = _mark()
    fourth = _mark()
    fifth = _mark()
    words = TextAreaField(
        lazy("Möchtest du noch etwas sagen?"),
        [
            Optional(),
            Length(max=WORDS, message=lazy("Das sind mehr als 500 Zeichen.")),
        ],
        render_kw={"rows": 4, "maxlength": WORDS},
    )

    def __init__(self, side: Asked) -> None:
        super().__init__()
        for matter in Matter:
            if matter in QUESTIONS[side]:
                self[matter].label.text = QUESTIONS[side][matter]
            else:
                del self[matter]
        if side is not Asked.PUPIL:
            del self.words

    @property
    def marks(self) -> Mapping[Matter, int]:
        """What was ticked, by question."""
        return {matter: self[matter].data for matter in Matter if matter in self}
