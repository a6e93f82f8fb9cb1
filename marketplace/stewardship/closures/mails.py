from marketplace.foundation.language import in_german as _
from marketplace.upkeep.mail.models import Letter


def organisation_closed(name: str) -> Letter:
    """Tells members and office that an organisation went."""
    subject = _("Gelöscht: %(name)s", name=name)
    return Letter("organisation_closed", subject, {"name": name})
