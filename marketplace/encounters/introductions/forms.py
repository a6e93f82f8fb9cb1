from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from marketplace.encounters.introductions.enums import DeclineCode, FirstWord
from marketplace.encounters.introductions.services.proposing import (
    LONGEST_MESSAGE,
    Words,
    require_no_contact,
)
from marketplace.foundation.language import lazy
from marketplace.foundation.refusals import Refusal
from marketplace.web.fields import EnumField, EnumSetField
from marketplace.web.forms import Form


class DeclineForm(Form):
    """Why not; the other side does not read it."""

    code = EnumField(lazy("Grund"), [InputRequired()], kinds=DeclineCode)


class ActForm(Form):
    """A button: nothing but its token."""


class ProposalForm(Form):
    """What the asking side says first: some sentences to choose, a few words beside."""

    first_words = EnumSetField(lazy("Was Sie dazu sagen"), kinds=FirstWord)
    message = TextAreaField(lazy("In eigenen Worten"), [Length(max=LONGEST_MESSAGE)])
    # Asked of the office alone.
    override_reason = StringField(lazy("Warum schon wieder fragen"), [Length(max=200)])

    def validate_message(self, field: TextAreaField) -> None:
        """Refuses contact data, before both have agreed."""
        try:
            require_no_contact(field.data or "")
        except Refusal as refusal:
            raise ValidationError(refusal.sentence) from None

    @property
    def words(self) -> Words:
        """What was chosen and written."""
        told: dict[str, Any] = self.data
        return Words(
            first_words=told["first_words"], message=(told["message"] or "").strip()
        )
