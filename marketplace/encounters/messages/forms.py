from collections.abc import Collection, Iterable

from wtforms import DateField, RadioField, TextAreaField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from marketplace.encounters.messages.enums import QUESTIONS, Phrase, Slot, Thing
from marketplace.encounters.messages.services.saying import Gaps
from marketplace.foundation.language import lazy
from marketplace.postings.internships.models import Supervisor
from marketplace.web.fields import EnumSetField
from marketplace.web.forms import Form

NEEDED = InputRequired(lazy("Hier fehlt noch etwas."))
OWN_WORDS, LETTER = 300, 1000


class QuestionForm(Form):
    """What a pupil asks, and a sentence of her own about it."""

    phrase = RadioField(
        lazy("Was möchtest du sagen?"),
        [NEEDED],
        choices=[SelectChoice(one.value, one.label) for one in QUESTIONS],
        coerce=lambda value: Phrase(value) if value else None,  # type: ignore[call-arg]
    )
    words = TextAreaField(
        lazy("Etwas dazu"),
        [
            Optional(),
            Length(max=OWN_WORDS, message=lazy("Das sind mehr als 300 Zeichen.")),
        ],
        render_kw={"rows": 3, "maxlength": OWN_WORDS},
    )


class WordsForm(Form):
    """What adults write to one another."""

    words = TextAreaField(
        lazy("Ihre Nachricht"),
        [NEEDED, Length(max=LETTER, message=lazy("Das sind mehr als 1.000 Zeichen."))],
        render_kw={"rows": 5, "maxlength": LETTER},
    )


class GapsForm(Form):
    """The gaps of one sentence; a sentence without gaps has none."""

    day = DateField(lazy("Tag"), [NEEDED])
    starts_at = TimeField(lazy("Beginn"), [NEEDED])
    ends_at = TimeField(lazy("Ende"), [NEEDED])
    person = RadioField(lazy("Wer da ist"), [NEEDED], coerce=lambda value: value)
    things = EnumSetField(lazy("Anziehen und mitbringen"), [NEEDED], kinds=Thing)

    def __init__(
        self,
        *,
        slots: Collection[Slot],
        people: Iterable[Supervisor],
        **rest: object,
    ) -> None:
        super().__init__(**rest)
        self.person.choices = [
            SelectChoice(str(one.id), f"{one.first_name}, {one.function}")
            for one in people
        ]
        for slot in Slot:
            if slot not in slots and slot in self:
                del self[slot]

    @property
    def gaps(self) -> Gaps:
        """What was filled in."""
        told = self.values
        person = told.pop("person", None)
        return Gaps(**told, supervisor_id=int(person) if person else None)


class ReasonForm(Form):
    """Why somebody of the office reads along."""

    reason = TextAreaField(
        lazy("Warum lesen Sie mit?"),
        [
            NEEDED,
            Length(
                min=10,
                max=300,
                message=lazy("Bitte in einem Satz, 10 bis 300 Zeichen."),
            ),
        ],
        render_kw={"rows": 3, "maxlength": 300},
    )
