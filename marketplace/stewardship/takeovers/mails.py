from collections.abc import Sequence

from marketplace.foundation.language import in_german as _
from marketplace.upkeep.mail.models import Letter

# A letter names so many entries; the report has all.
MOST = 10


def file_not_taken(organisation: str, file: str, reasons: Sequence[str]) -> Letter:
    """Tells an organisation what of a file in its folder was refused, and why."""
    subject = _("Nicht übernommen aus %(file)s", file=file[:80])
    context = {
        "organisation": organisation,
        "file": file,
        "reasons": list(reasons[:MOST]),
        "more": max(len(reasons) - MOST, 0),
    }
    return Letter("file_not_taken", subject, context)
