from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.foundation.clock import now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found
from marketplace.people.accounts.enums import Role
from marketplace.stewardship.moderation.enums import ReportReason
from marketplace.stewardship.moderation.forms import DecisionForm, ReportForm
from marketplace.stewardship.moderation.queries import report_by_key
from marketplace.stewardship.moderation.services import close_report, report
from marketplace.upkeep.settings.enums import Setting
from marketplace.upkeep.settings.queries import value_of
from marketplace.web.access import EVERYONE, actor, local_target, open_to
from marketplace.web.throttle import Patience, sparing, spend

blueprint = Blueprint("moderation", __name__)


def _too_many() -> str:
    return _(
        "Von hier kamen gerade viele Meldungen. In einigen Minuten geht es weiter. "
        "Wenn jemand in Gefahr ist: %(numbers)s.",
        numbers=value_of(Setting.EMERGENCY_NUMBERS),
    )


# A whole school sits behind one address; who is in danger must get through.
PATIENCE = Patience("moderation.new", most=10, minutes=10, sentence=_too_many)
PATIENCE_OF_DANGER = Patience(
    "moderation.danger", most=60, minutes=10, sentence=_too_many
)


def _patience() -> Patience:
    is_danger = request.form.get("reason") == ReportReason.DANGER
    return PATIENCE_OF_DANGER if is_danger else PATIENCE


@blueprint.route("/melden", methods=["GET", "POST"])
@open_to(EVERYONE)
@sparing(_patience)
def new() -> ResponseReturnValue:
    form = ReportForm(
        address=local_target(request.args.get("seite"), ""),
        reason=request.args.get("grund"),
    )
    if not form.accepted():
        page = render_template("stewardship/moderation/new.html", form=form)
        return page, form.status

    row = report(form.entry, at=now())
    spend(_patience())

    return redirect(url_for(".received", key=row.public_id))


@blueprint.get("/melden/<public:key>")
@open_to(EVERYONE)
def received(key: str) -> ResponseReturnValue:
    row = found(report_by_key(key))

    return render_template("stewardship/moderation/received.html", report=row)


@blueprint.route("/koordination/meldungen/<public:key>", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def decide(key: str) -> ResponseReturnValue:
    row = found(report_by_key(key))

    form = DecisionForm()
    if not form.accepted():
        page = render_template(
            "stewardship/moderation/decide.html", form=form, report=row
        )
        return page, form.status

    close_report(row, form.decision.data or "", actor=actor(), at=now())

    flash(_("Entschieden. Wer gemeldet hat, bekommt einen Brief."))
    return redirect(url_for("desk.index"))
