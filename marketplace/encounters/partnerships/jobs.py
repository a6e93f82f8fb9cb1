from collections.abc import Mapping
from typing import Any

from marketplace.encounters.introductions.models import Introduction
from marketplace.encounters.introductions.rules import is_together
from marketplace.encounters.partnerships.services.arranging import begin_partnership
from marketplace.encounters.partnerships.services.ending import (
    ask_for_renewal,
    finish_partnerships,
)
from marketplace.encounters.partnerships.services.forgetting import forget_deciders
from marketplace.encounters.partnerships.services.telling import (
    ask_for_feedback,
    remind_arranging,
)
from marketplace.foundation.clock import now
from marketplace.foundation.database import db


def begin(payload: Mapping[str, Any]) -> None:
    """Opens the arranging of a pair that has agreed; twice does no harm."""
    introduction = db.session.get(Introduction, payload["introduction"])
    if introduction and is_together(introduction):
        begin_partnership(introduction, actor=None, at=now())


def keep_deadlines(_payload: Mapping[str, Any]) -> None:
    """Ends, asks and reminds, once a day; safe to run twice."""
    finish_partnerships(at=now())
    ask_for_renewal(at=now())
    remind_arranging(at=now())
    ask_for_feedback(at=now())
    forget_deciders()
