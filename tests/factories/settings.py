from marketplace.foundation.database import transaction
from marketplace.upkeep.settings.services import change_setting
from tests.moments import NOON


def set_to(setting, value, actor=None):
    with transaction():
        change_setting(setting, value, actor=actor, at=NOON)
