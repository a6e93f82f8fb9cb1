from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from marketplace.foundation.language import lazy
from marketplace.overview.alerts.enums import Rhythm
from marketplace.web.fields import EnumField
from marketplace.web.forms import Form

NEEDED = InputRequired(lazy("Hier fehlt noch etwas."))


class SaveForm(Form):
    """How soon a new search tells of something."""

    rhythm = RadioField(
        lazy("Wann sollen Briefe kommen?"),
        [NEEDED],
        choices=[SelectChoice(one.value, one.label) for one in Rhythm],
        coerce=lambda value: Rhythm(value) if value else None,  # type: ignore[call-arg]
        default=Rhythm.DAILY,
    )


class RhythmForm(Form):
    """Another rhythm for a search that is there."""

    rhythm = EnumField(lazy("Briefe"), [NEEDED], kinds=Rhythm, empty=None)
