"""The pages of the desk; naming them here gives the blueprint its addresses."""

from marketplace.doors.desk.views import accounts, names, outbox, people, queues
from marketplace.doors.desk.views.blueprint import blueprint

__all__ = ["accounts", "blueprint", "names", "outbox", "people", "queues"]
