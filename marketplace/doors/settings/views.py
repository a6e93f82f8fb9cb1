from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from marketplace.doors.settings.forms import (
    HolidayForm,
    SettingsForm,
    form_of,
    version_of,
)
from marketplace.foundation.clock import day_of, now
from marketplace.foundation.language import _
from marketplace.foundation.refusals import NotFound, found
from marketplace.people.accounts.enums import Role
from marketplace.region.calendar.models import LocalHoliday
from marketplace.region.calendar.queries import (
    local_holiday_by_id,
    local_holidays,
    rows_in,
)
from marketplace.region.calendar.services import (
    put_local_holiday,
    remove_local_holiday,
)
from marketplace.region.labour.queries import present_settings
from marketplace.region.labour.services.rulebook import HOW, SOURCE, WHO
from marketplace.region.places.enums import FederalState
from marketplace.region.places.queries import place_for
from marketplace.upkeep.settings.enums import Setting, SettingGroup
from marketplace.upkeep.settings.models import SettingRow
from marketplace.upkeep.settings.queries import changed_settings, value_of
from marketplace.upkeep.settings.services import change_setting, reset_setting
from marketplace.web.access import actor, open_to
from marketplace.web.forms import Difference
from marketplace.web.pages import page_of

# How many years ahead the calendar is shown.
LAST_YEAR = 5

blueprint = Blueprint("settings", __name__, url_prefix="/koordination/einstellungen")


@dataclass(frozen=True)
class Line:
    """One setting as the page shows it: its field, its default, its last change."""

    setting: Setting
    present: str
    default: str
    row: SettingRow | None

    @property
    def is_changed(self) -> bool:
        """Says whether it holds something else than its default."""
        return self.row is not None and bool(self.row.content)


@blueprint.get("")
@open_to(Role.COORDINATOR, Role.ADMIN)
def index() -> ResponseReturnValue:
    rows = changed_settings()

    groups = [(group, _lines(group, rows)) for group in SettingGroup]
    return render_template("doors/settings/index.html", groups=groups)


@blueprint.get("/regeln")
@open_to(Role.COORDINATOR, Role.ADMIN)
def rules() -> ResponseReturnValue:
    this_year = day_of(now()).year
    years = range(this_year - 1, this_year + LAST_YEAR)
    asked = request.args.get("jahr", this_year, type=int)
    year = asked if asked in years else this_year

    rows = rows_in(year)

    return render_template(
        "doors/settings/rules.html",
        who=WHO,
        how=HOW,
        source=SOURCE,
        settings=present_settings(),
        lines=_lines(SettingGroup.YOUTH, changed_settings()),
        years=years,
        year=year,
        calendar=[
            (state, [row for row in rows if row.state is state])
            for state in FederalState
        ],
    )


@blueprint.route("/feiertage", methods=["GET", "POST"])
@open_to(Role.COORDINATOR, Role.ADMIN)
def holidays() -> ResponseReturnValue:
    form = HolidayForm()
    day = form.day.data
    place = place_for(form.place.data or "") if form.accepted() else None
    if place is None or day is None:
        if form.is_submitted() and not form.errors:
            form.place.errors = [_("Diesen Ort kennen wir nicht.")]
        return _holidays_page(form), form.status

    put_local_holiday(place.name, day, actor=actor(), at=now())

    flash(_("Eingetragen."))
    return redirect(url_for(".holidays"))


@blueprint.post("/feiertage/<id:number>/entfernen")
@open_to(Role.COORDINATOR, Role.ADMIN)
def remove_holiday(number: int) -> ResponseReturnValue:
    row = found(local_holiday_by_id(number))

    remove_local_holiday(row, actor=actor(), at=now())

    flash(_("Entfernt."))
    return redirect(url_for(".holidays"))


@blueprint.route("/<word>", methods=["GET", "POST"])
@open_to(Role.COORDINATOR, Role.ADMIN)
def edit(word: str) -> ResponseReturnValue:
    group = _group(word)
    rows = changed_settings()
    stored = _stored(group, rows)

    form = form_of(group)(data=stored)
    if form.is_submitted() and form.is_overtaken(stored["version"]):
        differences = form.differences(form_of(group)(formdata=None, data=stored))
        form.take_version(stored["version"])
        return _edit_page(group, form, rows, differences), 409
    if not form.accepted() or form.refused(lambda: _change(group, form)):
        return _edit_page(group, form, rows), form.status

    flash(_("Gespeichert. Es gilt ab sofort."))
    return redirect(url_for(".index", _anchor=group.value))


@blueprint.post("/<word>/zuruecksetzen")
@open_to(Role.COORDINATOR, Role.ADMIN)
def reset(word: str) -> ResponseReturnValue:
    group = _group(word)
    setting = _setting(request.form.get("setting", ""), group)

    reset_setting(setting, actor=actor(), at=now())

    flash(_("„%(name)s“ folgt wieder der Vorgabe.", name=setting.label))
    return redirect(url_for(".index", _anchor=group.value))


def _holidays_page(form: HolidayForm) -> str:
    keys, after = (LocalHoliday.day, LocalHoliday.id), request.args.get("nach")
    page = page_of(local_holidays(), by=keys, after=after)
    return render_template("doors/settings/holidays.html", form=form, page=page)


def _edit_page(
    group: SettingGroup,
    form: SettingsForm,
    rows: Mapping[str, SettingRow],
    differences: Sequence[Difference] = (),
) -> str:
    return render_template(
        "doors/settings/edit.html",
        form=form,
        group=group,
        lines=_lines(group, rows),
        differences=differences,
    )


def _change(group: SettingGroup, form: SettingsForm) -> None:
    for setting in _settings(group):
        change_setting(setting, form.values[setting.value], actor=actor(), at=now())


def _lines(group: SettingGroup, rows: Mapping[str, SettingRow]) -> list[Line]:
    return [
        Line(s, s.kind.say(value_of(s)), s.kind.say(s.kind.default), rows.get(s.value))
        for s in _settings(group)
    ]


def _stored(group: SettingGroup, rows: Mapping[str, SettingRow]) -> dict[str, Any]:
    held = {setting.value: value_of(setting) for setting in _settings(group)}
    return {**held, "version": version_of(group, rows)}


def _settings(group: SettingGroup) -> Sequence[Setting]:
    return [setting for setting in Setting if setting.group is group]


def _group(word: str) -> SettingGroup:
    if word not in set(SettingGroup):
        raise NotFound
    return SettingGroup(word)  # type: ignore[call-arg]


def _setting(name: str, group: SettingGroup) -> Setting:
    if name not in {setting.value for setting in _settings(group)}:
        raise NotFound
    return Setting(name)  # type: ignore[call-arg]
