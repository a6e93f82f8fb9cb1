from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.columns import Public
from marketplace.foundation.database import Base

LONGEST_NAME = 200


class StoredFile(Public, Base):
    """One file; its bytes lie in the store and never change."""

    __tablename__ = "stored_files"

    # What it is to whoever keeps it: "logo", "upload".
    kind: Mapped[str] = mapped_column(String(32))
    # As it was called where it came from; shown, never a path.
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    content_type: Mapped[str] = mapped_column(String(100))
    byte_count: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(64), unique=True)
    stored_at: Mapped[datetime]
