import re
from collections.abc import Mapping
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    Field,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from marketplace.foundation.kinds import Choice, Hours, Number, Words, YesNo
from marketplace.foundation.language import _, lazy
from marketplace.upkeep.settings.enums import Setting, SettingGroup
from marketplace.upkeep.settings.models import SettingRow
from marketplace.web.forms import Form

CLOCK = re.compile(r"(\d{1,2})(?::([0-5]\d))?")


class HoursField(StringField):
    """A time to work as people write it, 7:30; its data are minutes."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Takes hours with or without minutes."""
        entered = valuelist[0].strip() if valuelist else ""
        matched = CLOCK.fullmatch(entered)
        self.data = None
        if matched:
            hours, minutes = matched.groups(default="0")
            self.data = int(hours) * 60 + int(minutes)  # type: ignore[assignment]
        elif entered:
            raise ValueError(_("Stunden und Minuten eingeben, etwa 7:30."))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        minutes: Any = self.data
        return "" if minutes is None else f"{minutes // 60}:{minutes % 60:02}"


class SettingsForm(Form):
    """The settings of one group; the fields stand in its subclasses."""

    version = IntegerField(validators=[Optional()], widget=HiddenInput())

    def is_overtaken(self, version: int) -> bool:
        """Says whether somebody else changed the group meanwhile."""
        return not self.version.raw_data or self.version.data != version

    def take_version(self, version: int) -> None:
        """Lets the next attempt count as one that knows this state."""
        self.version.data, self.version.raw_data = version, None

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, by the name of the setting."""
        entries = super().values
        entries.pop("version")
        return {
            name: value.strip() if isinstance(value, str) else value
            for name, value in entries.items()
        }


class HolidayForm(Form):
    """A public holiday of one municipality."""

    place = StringField(lazy("Gemeinde"), [InputRequired(), Length(max=120)])
    day = DateField(lazy("Tag"), [InputRequired()])


def form_of(group: SettingGroup) -> type[SettingsForm]:
    """The form that asks for every setting of a group."""
    fields = {s.value: _field(s) for s in Setting if s.group is group}
    return type(f"{group.name.title()}Form", (SettingsForm,), fields)


def version_of(group: SettingGroup, rows: Mapping[str, SettingRow]) -> int:
    """A number that grows with each change of a group."""
    names = [s.value for s in Setting if s.group is group]
    return sum(rows[name].version for name in names if name in rows)


def _field(setting: Setting) -> Field:
    kind, label = setting.kind, setting.label
    if isinstance(kind, YesNo):
        return BooleanField(label)
    if isinstance(kind, Number):
        words = lazy(
            "Möglich ist %(lowest)s bis %(highest)s.",
            lowest=kind.say(kind.lowest),
            highest=kind.say(kind.highest),
        )
        checks = [InputRequired(), NumberRange(kind.lowest, kind.highest, words)]
        return (
            HoursField(label, checks)
            if isinstance(kind, Hours)
            else (IntegerField(label, checks, render_kw={"inputmode": "numeric"}))
        )
    if isinstance(kind, Choice):
        return SelectField(
            label, choices=[SelectChoice(word, word) for word in kind.words]
        )
    return _words_field(setting, kind)


def _words_field(setting: Setting, kind: Words) -> Field:
    checks: list[Any] = [Optional(), Length(max=kind.longest)]
    if kind.is_address:
        address = lazy("Eine Adresse wie name@example.org eingeben.")
        return EmailField(setting.label, [*checks, Email(address)])
    if kind.is_long:
        return TextAreaField(setting.label, checks, render_kw={"rows": 3})
    return StringField(setting.label, checks)
