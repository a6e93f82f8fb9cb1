from typing import Any

from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from marketplace.foundation.language import lazy
from marketplace.postings.lives.models import Posting
from marketplace.web.forms import Form


class MergeForm(Form):
    """Which of two entries stays, and which words of the other it takes over."""

    survivor = RadioField(
        lazy("Welcher Eintrag bleibt?"),
        [InputRequired(lazy("Wählen Sie den Eintrag, der bleibt."))],
    )
    fields = SelectMultipleField(lazy("Aus dem anderen"), validate_choice=False)

    def __init__(self, *postings: Posting, **rest: Any) -> None:
        super().__init__(**rest)
        self.survivor.choices = [
            SelectChoice(one.public_id, f"{one.title} ({one.state.label})")
            for one in postings
        ]
