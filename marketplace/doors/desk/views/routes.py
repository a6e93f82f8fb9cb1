"""The pages of the desk; naming them here gives the blueprint its addresses."""

from marketplace.doors.desk.views import accounts, outbox, people, queues
from marketplace.doors.desk.views.blueprint import blueprint

__all__ = ["accounts", "blueprint", "outbox", "people", "queues"]
