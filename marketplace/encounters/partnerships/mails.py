from typing import Any

from flask_babel import force_locale

from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.partnerships.models import Partnership
from marketplace.encounters.partnerships.rules import line_words
from marketplace.foundation.language import in_german as _
from marketplace.upkeep.mail.models import Letter


def _said_of(partnership: Partnership) -> list[str]:
    with force_locale("de"):
        return [line_words(line) for line in partnership.lines]


class Writing:
    """The letters of one partnership, each for either side."""

    def __init__(self, partnership: Partnership) -> None:
        self.partnership = partnership

    def begun(self, _pair: Introduction, *, to_provider: bool) -> Letter:
        """Asks to settle lines, quantities and days."""
        subject = _("Jetzt verabreden: %(name)s", name=self._other(to_provider))
        return self._letter("partnership_begun", subject, to_provider)

    def reminder(self, _pair: Introduction, *, to_provider: bool) -> Letter:
        """Reminds that both have not confirmed yet."""
        subject = _(
            "Noch nicht bestätigt: Verabredung mit %(name)s",
            name=self._other(to_provider),
        )
        return self._letter("partnership_reminder", subject, to_provider)

    def revised(self, _pair: Introduction, *, to_provider: bool) -> Letter:
        """Tells that the other side changed what is to be confirmed."""
        subject = _("Geändert: Verabredung mit %(name)s", name=self._other(to_provider))
        return self._letter("partnership_revised", subject, to_provider)

    def active(self, _pair: Introduction, *, to_provider: bool) -> Letter:
        """Tells that both have confirmed, and what."""
        subject = _(
            "Bestätigt: Partnerschaft mit %(name)s", name=self._other(to_provider)
        )
        return self._letter("partnership_active", subject, to_provider)

    def renewal(self, _pair: Introduction, *, to_provider: bool) -> Letter:
        """Asks whether it goes on; silence ends it."""
        subject = _("Weitermachen mit %(name)s?", name=self._other(to_provider))
        return self._letter("partnership_renewal", subject, to_provider)

    def renewed(self, _pair: Introduction, *, to_provider: bool) -> Letter:
        """Tells that it goes on, and until when."""
        subject = _("Es geht weiter: %(name)s", name=self._other(to_provider))
        return self._letter("partnership_renewed", subject, to_provider)

    def feedback(self, _pair: Introduction, *, to_provider: bool) -> Letter:
        """Asks how it went."""
        subject = _("Wie war es mit %(name)s?", name=self._other(to_provider))
        return self._letter("partnership_feedback", subject, to_provider)

    def ended(self, _pair: Introduction, *, to_provider: bool) -> Letter:
        """Tells that it is over, and asks how it went if it ever began."""
        subject = _(
            "Beendet: Partnerschaft mit %(name)s", name=self._other(to_provider)
        )
        return self._letter("partnership_ended", subject, to_provider)

    def _other(self, to_provider: bool) -> str:
        one = self.partnership
        return one.company.name if to_provider else one.provider.name

    def _letter(self, name: str, subject: str, to_provider: bool) -> Letter:
        one = self.partnership
        words: dict[str, Any] = {
            "key": one.public_id,
            "pair": one.introduction.public_id,
            "other": self._other(to_provider),
            "lines": _said_of(one),
            "valid_to": f"{one.valid_to:%d.%m.%Y}",
            "is_early": one.end_code is not None,
            "has_begun": one.active_at is not None,
        }
        return Letter(name, subject, words)
