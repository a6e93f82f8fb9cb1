from collections.abc import Sequence

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
    name = "report_of_danger" if is_danger else "report_to_office"
    return Letter(name, subject, {"reason": _(report.reason.label)})


def reports_to_office(reports: Sequence[Report]) -> Letter:
    """Tells the office how much came meanwhile, and how much of it is danger."""
    danger = sum(one.reason is ReportReason.DANGER for one in reports)
    subject = (
        _("Dringend: Weitere Meldungen: %(count)s", count=len(reports))
        if danger
        else _("Weitere Meldungen: %(count)s", count=len(reports))
    )
    return Letter(
        "reports_summed_up", subject, {"count": len(reports), "danger": danger}
    )


def report_decided(report: Report) -> Letter:
    """Tells the reporter what was decided and why."""
    subject = _("Zu Ihrer Meldung")
    context = {"address": report.address, "decision": report.decision}
    return Letter("report_decided", subject, context)
