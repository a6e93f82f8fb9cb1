"""What stands under the seals."""

from datetime import UTC

from marketplace.foundation.secrecy import mark_of
from marketplace.upkeep.audit.models import AuditChain, AuditEntry

# Before the first seal.
NOTHING = "0" * 64


def mark_after(before: str, entry: AuditEntry) -> str:
    """The mark of an entry that stands behind this mark."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = (entry.id, entry.verb, entry.thing, entry.thing_id, entry.actor_id, at)
    return mark_of("|".join(("audit", before, *map(str, parts))))


def own_mark_of(chain: AuditChain) -> str:
    """The mark of both ends of the chain."""
    until = chain.pruned_until
    at = until.astimezone(UTC).isoformat(timespec="microseconds") if until else ""
    last = (chain.last_number, chain.last_mark, chain.last_entry_id)
    pruned = (chain.pruned_number, chain.pruned_mark, at)
    return mark_of("|".join(("audit ends", *map(str, (*last, *pruned)))))
