from marketplace.foundation.language import in_german as _
from marketplace.stewardship.moderation.enums import ReportReason
from marketplace.stewardship.moderation.models import Report
from marketplace.upkeep.mail.models import Letter


def report_received(report: Report) -> Letter:
    """Tells the reporter that the office has it."""
    subject = _("Ihre Meldung ist angekommen")
    return Letter("report_received", subject, {"address": report.address})


def report_to_office(report: Report) -> Letter:
    """Tells the office; that somebody is in danger stands in the subject."""
    is_danger = report.reason is ReportReason.DANGER
    subject = _("Dringend: Jemand ist in Gefahr") if is_danger else _("Neue Meldung")
    return Letter("report_to_office", subject, {"reason": _(report.reason.label)})


def report_decided(report: Report) -> Letter:
    """Tells the reporter what was decided and why."""
    subject = _("Zu Ihrer Meldung")
    context = {"address": report.address, "decision": report.decision}
    return Letter("report_decided", subject, context)
