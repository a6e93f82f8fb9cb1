from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Base


class SettingRow(Base):
    """A setting that was changed; without a value its default holds again."""

    __tablename__ = "settings"

    # A word, not an enum of the database: new settings need no migration.
    name: Mapped[str] = mapped_column(String(64), unique=True)
    # `{"value": …}`, or empty for the default.
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[datetime]
    # A number of `users`, which stand above: no foreign key up.
    changed_by_id: Mapped[int | None]
    # What it was called at the time, so that it may outlive the account.
    changed_by: Mapped[str] = mapped_column(String(121))
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}
