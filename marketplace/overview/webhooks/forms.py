from typing import Any

from wtforms import URLField
from wtforms.validators import InputRequired, Length, ValidationError

from marketplace.foundation.language import _, lazy
from marketplace.foundation.outgoing import LONGEST_ADDRESS, fault_of
from marketplace.overview.webhooks.enums import Subject
from marketplace.web.fields import EnumSetField
from marketplace.web.forms import Form


class SubscriptionForm(Form):
    """Where messages go, and of what."""

    address = URLField(
        lazy("Adresse Ihres Programms"),
        [InputRequired(), Length(max=LONGEST_ADDRESS)],
    )
    subjects = EnumSetField(lazy("Wovon?"), [InputRequired()], kinds=Subject)

    def validate_address(self, _field: URLField) -> None:
        """Asks for an address that leads to the outside."""
        if fault_of(self.told_address):
            raise ValidationError(
                _("Sie beginnt mit https:// und führt zu einem öffentlichen Server.")
            )

    @property
    def told_address(self) -> str:
        """The address without blanks around it."""
        entered: Any = self.address.data
        return str(entered or "").strip()
