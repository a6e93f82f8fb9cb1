"""What can be read: each kind with its query, its filters and its columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from marketplace.doors.api.schemas.columns import Column
from marketplace.doors.api.schemas.parameters import Parameter

# Takes the filters that were sent, by name, each checked; gives what fits.
Query = Callable[[Mapping[str, Any]], Select[Any]]


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One kind of record: `name` stands in its address, `thing` in its schema."""

    name: str
    thing: str
    says: str
    columns: Sequence[Column]
    query: Query
    # What a record is found by in its own address.
    key: InstrumentedAttribute[Any]
    # The list is in their descending order; of one record they never change, so that
    # a walk along the cursors sees each once.
    order: Sequence[InstrumentedAttribute[Any]]
    parameters: Sequence[Parameter] = field(default=())
