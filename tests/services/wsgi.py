"""The application as several processes serve it in a test; see `many_processes`."""

import os
from datetime import datetime

from marketplace import create_app

app = create_app(
    SQLALCHEMY_DATABASE_URI=os.environ["TEST_APP_DATABASE"],
    SECRET_KEY=os.environ["TEST_APP_SECRET"],
    FIELD_KEY=os.environ["TEST_APP_FIELD_KEY"],
    SERVER_NAME="localhost",
    # Counted as on a real site, but all ask from one address.
    PERSON_LIMIT=1_000_000,
    ADDRESS_LIMIT=1_000_000,
    WTF_CSRF_ENABLED=False,
    NOW=datetime.fromisoformat(os.environ["TEST_APP_NOW"]),
)
