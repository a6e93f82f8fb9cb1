from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from marketplace.foundation.database import Base, db
from marketplace.foundation.language import _
from marketplace.foundation.refusals import Refusal
from marketplace.upkeep.audit.services import record
from marketplace.upkeep.jobs.services import ask_for
from marketplace.upkeep.settings.enums import Setting, SettingGroup
from marketplace.upkeep.settings.models import SettingRow
from marketplace.upkeep.settings.queries import forget_values, setting_row


class Person(Protocol):
    """Who changes a setting; accounts stand above and are not known here."""

    id: int
    name: str


def change_setting(
    setting: Setting, value: Any, *, actor: Person | None, at: datetime
) -> bool:
    """Sets a value and says whether that is new; refuses what is out of bounds.

    The default is a value like others; to follow it again use `reset_setting`.
    """
    if not setting.kind.admits(value):
        raise Refusal(_("„%(name)s“ lässt das nicht zu.", name=setting.label))
    row = setting_row(setting)
    holds = (row.content if row else {}).get("value", setting.kind.default)
    if holds == value:
        return False
    _write(setting, row, {"value": value}, "setting.changed", actor=actor, at=at)
    return True


def reset_setting(setting: Setting, *, actor: Person | None, at: datetime) -> None:
    """Lets a setting follow its default again; what does so already stays."""
    row = setting_row(setting)
    if row and row.content:
        _write(setting, row, {}, "setting.reset", actor=actor, at=at)


def _write(
    setting: Setting,
    row: SettingRow | None,
    content: Mapping[str, Any],
    verb: str,
    *,
    actor: Person | None,
    at: datetime,
) -> None:
    row = row or SettingRow(name=setting.value)
    row.content = dict(content)
    row.changed_at = at
    row.changed_by_id = actor.id if actor else None
    row.changed_by = actor.name if actor else ""
    db.session.add(row)
    db.session.flush()  # the record needs its id
    forget_values()

    record(verb, row, actor=_known(actor), at=at)
    if setting.group is SettingGroup.YOUTH:
        ask_for("breaches.judge", due_at=at)  # places were given by the old rules


def _known(actor: Person | None) -> Base | None:
    return actor if isinstance(actor, Base) else None
