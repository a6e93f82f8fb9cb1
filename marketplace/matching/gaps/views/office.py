from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from marketplace.foundation.clock import day_of, now
from marketplace.foundation.documents import document
from marketplace.foundation.language import _
from marketplace.foundation.refusals import found
from marketplace.foundation.spreadsheets_writing import Table, csv_of, xlsx_of
from marketplace.matching.gaps.forms import GapFilters
from marketplace.matching.gaps.models import Gap
from marketplace.matching.gaps.queries import (
    calls_for,
    gap_by_id,
    gaps_found,
    gaps_of_line,
    gaps_underway,
    quarters_known,
    with_owners,
)
from marketplace.matching.gaps.rules import (
    quarter_of,
    quarter_words,
    thing_of,
    year_before,
)
from marketplace.matching.gaps.services.calling import is_lacking, outcomes_of
from marketplace.matching.gaps.services.pupil_sheets import (
    PUPIL_HEADINGS,
    pupil_rows,
    pupil_sheet,
)
from marketplace.matching.gaps.services.pupils import pupil_counts, pupil_quarters
from marketplace.matching.gaps.services.sheets import (
    HEADINGS,
    StateSheet,
    export_rows,
    ministry_sheet,
)
from marketplace.matching.gaps.services.telling import gap_words, missing_words
from marketplace.matching.gaps.views.pictures import (
    counts_of,
    districts_of,
    quarters_of,
    trend_words,
)
from marketplace.people.accounts.enums import Role
from marketplace.region.places.queries import district_by_ags
from marketplace.web.access import open_to
from marketplace.web.files import download
from marketplace.web.pages import count_of, page_of
from marketplace.web.tiles import BORDERS, STATE_NAMES

blueprint = Blueprint("gaps", __name__, url_prefix="/koordination/luecken")

CSV, PDF = "text/csv; charset=utf-8", "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORDS = {
    "missing_words": missing_words,
    "gap_words": gap_words,
    "thing_of": thing_of,
    "quarter_words": quarter_words,
}


@blueprint.get("")
@open_to(Role.COORDINATOR)
def index() -> ResponseReturnValue:
    quarters = quarters_known() or [_now()]
    filters = GapFilters(request.args, quarters=quarters)
    quarter = filters.values.get("quartal") or quarters[0]
    filters.quartal.data = quarter

    every = gaps_found(**filters.narrowing)
    query = every.where(Gap.quarter == quarter)
    page = page_of(with_owners(query), by=(Gap.id,), after=request.args.get("nach"))

    return render_template(
        "matching/gaps/index.html",
        filters=filters,
        quarter=quarter,
        page=page,
        pupils=pupil_counts(quarter),
        pupils_before=pupil_quarters(),
        underway=page_of(
            with_owners(gaps_underway(quarter, **filters.narrowing)),
            by=(Gap.id,),
            after=request.args.get("unterwegs"),
        ),
        chart=quarters_of(every, quarters),
        district=district_by_ags(filters.kreis.data or ""),
        **_sums(query, {**_entries(filters), "quartal": quarter}),
        trend=_trend(every, query, quarter, quarters[-1]),
        **WORDS,
    )


@blueprint.get("/<id:gap_id>")
@open_to(Role.COORDINATOR)
def show(gap_id: int) -> ResponseReturnValue:
    gap = found(gap_by_id(gap_id))

    calls = calls_for(gap)

    return render_template(
        "matching/gaps/show.html",
        gap=gap,
        is_lacking=is_lacking(gap, at=now()),
        district=district_by_ags(gap.district_ags or ""),
        history=gaps_of_line(gap),
        calls=calls,
        outcomes=outcomes_of(gap, calls),
        **WORDS,
    )


@blueprint.get("/blatt")
@open_to(Role.COORDINATOR)
def sheet() -> ResponseReturnValue:
    quarter, filters = asked_quarter()

    return render_template(
        "matching/gaps/sheet.html",
        filters=filters,
        quarter=quarter,
        sheets=ministry_sheet(quarter),
        pupils=pupil_sheet(quarter),
        today=day_of(now()),
        **WORDS,
    )


@blueprint.get("/blatt.pdf")
@open_to(Role.COORDINATOR)
def sheet_pdf() -> ResponseReturnValue:
    quarter, _filters = asked_quarter()

    title = _("Lücken im %(quarter)s", quarter=quarter_words(quarter))
    at = now()
    data = {
        "title": title,
        "day": f"{day_of(at):%d.%m.%Y}",
        "states": [_page_of_state(one) for one in ministry_sheet(quarter)],
        "pupils": [vars(row) for row in pupil_sheet(quarter)],
    }
    content = document("ministry_sheet", title=title, data=data, at=at)
    return download(content, name=f"luecken-{quarter}.pdf", content_type=PDF)


@blueprint.get("/summen.csv")
@open_to(Role.COORDINATOR)
def sums_csv() -> ResponseReturnValue:
    quarter, _filters = asked_quarter()

    content = csv_of(HEADINGS, export_rows(quarter))
    return download(content, name=f"luecken-{quarter}.csv", content_type=CSV)


@blueprint.get("/jugendliche.csv")
@open_to(Role.COORDINATOR)
def pupils_csv() -> ResponseReturnValue:
    quarter, _filters = asked_quarter()

    content = csv_of(PUPIL_HEADINGS, pupil_rows(quarter))
    return download(content, name=f"jugendliche-{quarter}.csv", content_type=CSV)


@blueprint.get("/summen.xlsx")
@open_to(Role.COORDINATOR)
def sums_xlsx() -> ResponseReturnValue:
    quarter, _filters = asked_quarter()

    content = xlsx_of(
        Table(_("Lücken"), HEADINGS, export_rows(quarter)),
        Table(_("Jugendliche"), PUPIL_HEADINGS, pupil_rows(quarter)),
    )
    return download(content, name=f"luecken-{quarter}.xlsx", content_type=XLSX)


def _now() -> str:
    return quarter_of(day_of(now()))


def asked_quarter(kind: type[GapFilters] = GapFilters) -> tuple[str, GapFilters]:
    """The quarter that an address names, else the newest; and what it narrows by."""
    quarters = quarters_known() or [_now()]
    filters = kind(request.args, quarters=quarters)
    quarter = filters.values.get("quartal") or quarters[0]
    filters.quartal.data = quarter
    return quarter, filters


def _entries(filters: GapFilters) -> dict[str, Any]:
    """What narrows now, as it stands in the address."""
    return {name: str(value) for name, value in filters.values.items()}


def _sums(query: Select[Gap], entries: dict[str, Any]) -> dict[str, Any]:
    """Everything that is drawn of one quarter."""
    return {
        "entries": entries,
        "count": count_of(query),
        "borders": BORDERS,
        "states": STATE_NAMES,
        "districts": districts_of(query, entries),
        "kinds": counts_of(query, Gap.kind, "art", entries),
        "topics": counts_of(query, Gap.topic, "thema", entries),
        "reasons": counts_of(query, Gap.reason, "grund", entries),
    }


def _trend(every: Select[Gap], query: Select[Gap], quarter: str, oldest: str) -> str:
    before = year_before(quarter)
    past = count_of(every.where(Gap.quarter == before)) if before >= oldest else None
    return trend_words(count_of(query), past)


def _page_of_state(state: StateSheet) -> dict[str, Any]:
    return {"name": state.name, "rows": [vars(row) for row in state.rows]}
