from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from dateutil.relativedelta import relativedelta
from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_decimal

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.matching.quality.enums import FEW, GROUPS, SHAPES, Figure, Shape
from marketplace.matching.quality.forms import FigureFilters
from marketplace.matching.quality.models import QualityFigure
from marketplace.matching.quality.queries import SHOWN_MONTHS, figures_since
from marketplace.matching.quality.rules import month_of
from marketplace.people.accounts.enums import Role
from marketplace.web.access import open_to
from marketplace.web.charts import Bar, Chart, chart_of

blueprint = Blueprint("quality", __name__, url_prefix="/koordination/abgleich")


@dataclass(frozen=True)
class Shown:
    """A figure as it is read: in words, and how many cases stand behind it."""

    name: str
    value: str
    cases: str


@blueprint.get("")
@open_to(Role.COORDINATOR)
def index() -> ResponseReturnValue:
    filters = FigureFilters(request.args)
    chosen = filters.values.get("zahl") or Figure.ACCEPTED
    filters.zahl.data = chosen

    since = day_of(now()) - relativedelta(months=SHOWN_MONTHS - 1)
    rows = figures_since(month_of(since))
    latest = {row.figure: row for row in rows}

    return render_template(
        "matching/quality/index.html",
        filters=filters,
        chosen=chosen,
        measured_on=rows[-1].measured_on if rows else None,
        groups={
            group.label: [_shown(figure, latest.get(figure)) for figure in figures]
            for group, figures in GROUPS.items()
        },
        is_small=any(
            row.case_count < FEW
            for row in latest.values()
            if SHAPES.get(row.figure) is not Shape.COUNT
        ),
        chart=_chart([row for row in rows if row.figure is chosen], chosen),
    )


def _shown(figure: Figure, row: QualityFigure | None) -> Shown:
    count = row.case_count if row else 0
    value = _words(figure, row.value if row else None)
    return Shown(str(figure.label), value, _cases(figure, count))


def _cases(figure: Figure, count: int) -> str:
    if SHAPES.get(figure) is Shape.COUNT:
        return ""
    if count < FEW:
        return _("%(count)s Fälle, zu wenige", count=count)
    return _("%(count)s Fälle", count=count)


def _words(figure: Figure, value: float | None) -> str:
    if value is None:
        return "–"
    shape = SHAPES.get(figure, Shape.PERCENT)
    if shape is Shape.PERCENT:
        return f"{format_decimal(floor(100 * value + 0.5))} %"
    if shape is Shape.DAYS:
        return _("%(days)s Tage", days=format_decimal(round(value, 1)))
    return str(format_decimal(round(value, 2)))


def _chart(rows: Sequence[QualityFigure], figure: Figure) -> Chart:
    bars = [
        Bar(
            f"{int(row.month[5:])}/{row.month[2:4]}",
            str(format_date(row.measured_on, "LLLL yyyy")),
            row.value,
            _words(figure, row.value),
        )
        for row in rows
    ]
    told = "; ".join(f"{bar.long_name}: {bar.value}" for bar in bars)
    words = _("Säulen je Monat: %(name)s. %(told)s", name=figure.label, told=told)
    return chart_of(bars, words)
