from collections import Counter

from marketplace.region.lines.enums import (
    ITEMS,
    NEEDS_SAFEGUARDING,
    ONE_UNIT,
    UNITS,
    HardCondition,
    Item,
    LineKind,
    Slot,
)


def test_every_item_belongs_to_one_kind():
    belongs = Counter(item for items in ITEMS.values() for item in items)

    assert belongs == Counter(Item)


def test_every_kind_has_a_unit():
    assert (set(UNITS), set(ONE_UNIT)) == (set(LineKind), set(LineKind))


def test_the_bits_of_a_line_are_those_of_the_matching():
    conditions = [condition.value for condition in HardCondition]

    assert conditions == ["topic", "audience", "time", "amount"]
    assert len(Slot) == 14
    assert list(Slot).index(Slot.TUE_PM) == 3


def test_people_visits_and_internships_need_the_declaration():
    assert {
        LineKind.PEOPLE,
        LineKind.VISITS,
        LineKind.INTERNSHIPS,
    } == NEEDS_SAFEGUARDING
