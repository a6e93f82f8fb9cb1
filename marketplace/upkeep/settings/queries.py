from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction

from marketplace.foundation.database import db
from marketplace.upkeep.settings.enums import NEEDED, Setting
from marketplace.upkeep.settings.models import SettingRow

_KEPT = "settings"


def value_of(setting: Setting) -> Any:
    """What a setting holds now; all are read at once, once a transaction."""
    session = db.session()
    if _KEPT not in session.info:
        query = select(SettingRow.name, SettingRow.content)
        session.info[_KEPT] = dict(session.execute(query).all())
    content: Mapping[str, Any] = session.info[_KEPT].get(setting.value, {})
    return content.get("value", setting.kind.default)


def setting_named(name: str) -> Any:
    """The same by the name of the setting, for templates."""
    return value_of(Setting(name))  # type: ignore[call-arg]


def empty_settings() -> Sequence[Setting]:
    """What must be filled in before the site may be open to everybody."""
    return [setting for setting in NEEDED if not value_of(setting)]


def own_licence() -> str:
    """Under what is handed on what was written here."""
    return str(value_of(Setting.OWN_LICENCE))


def licence_changed_at() -> datetime | None:
    """Since when that holds; None where the office never chose it."""
    query = select(SettingRow.changed_at)
    return db.session.scalar(query.where(SettingRow.name == Setting.OWN_LICENCE.value))


def changed_limits() -> tuple[int | None, int | None]:
    """How much an address and a person may ask in a minute, where that was changed.

    Read beside the present work, which has not begun yet.
    """
    names = (Setting.ADDRESS_LIMIT.value, Setting.PERSON_LIMIT.value)
    query = select(SettingRow.name, SettingRow.content)
    with db.engine.connect() as connection:
        rows = connection.execute(query.where(SettingRow.name.in_(names))).all()
    held = {name: content.get("value") for name, content in rows}
    return held.get(names[0]), held.get(names[1])


def changed_settings() -> Mapping[str, SettingRow]:
    """The rows of all settings that were ever changed, by name."""
    return {row.name: row for row in db.session.scalars(select(SettingRow))}


def setting_row(setting: Setting) -> SettingRow | None:
    """The row of one setting."""
    return db.session.scalar(select(SettingRow).where(SettingRow.name == setting.value))


def forget_values() -> None:
    """Lets the next question read anew."""
    db.session().info.pop(_KEPT, None)


@event.listens_for(Session, "after_transaction_end")
def _read_anew(session: Session, _transaction: SessionTransaction) -> None:
    session.info.pop(_KEPT, None)
