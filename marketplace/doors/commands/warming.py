"""What each process of the server does once, before the first person waits for it.

gunicorn reads this module as its configuration. The dictionary of German words takes a
second or two for its first word, the arrays of matching and their code as long; whoever
wrote first would hold up all other writers meanwhile.
"""

from threading import Thread
from typing import Any

from flask import Flask
from sqlalchemy.exc import DBAPIError

from marketplace.foundation.clock import now
from marketplace.foundation.garbage import settle
from marketplace.foundation.text import stems_of
from marketplace.matching.partners.services.worlds import world_at
from marketplace.matching.scores.readying import warm_up


def post_worker_init(worker: Any) -> None:
    """Begins beside the first requests, once the process stands."""
    Thread(target=begin, args=(worker.wsgi,), daemon=True).start()


def begin(app: Flask) -> None:
    """Loads what everybody waits for, and takes it as there to stay."""
    warm(app)
    settle()


def warm(app: Flask) -> None:
    """Loads the words and what is matched; without a database only the words."""
    stems_of("Wort")
    with app.app_context():
        try:
            warm_up(world_at(now()).index.weights)
        except DBAPIError as error:
            app.logger.warning("Nothing to match yet: %s", error.orig)
