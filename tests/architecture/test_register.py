"""Whoever adds a table or a column says in the register whether it is of persons."""

from marketplace.foundation.database import Base
from marketplace.stewardship.privacy.enums import BASES, Kept, Purpose
from marketplace.stewardship.privacy.services.table import RULES
from marketplace.stewardship.privacy.tables import impersonal, register

TABLES = Base.metadata.tables


def test_every_table_is_in_the_register_once():
    personal, others = set(register()), set(impersonal())

    assert (personal & others, personal | others) == (set(), set(TABLES))


def test_every_column_of_a_table_of_persons_is_declared():
    declared = {name: set(record.columns) for name, record in register().items()}

    assert declared == {name: set(TABLES[name].c.keys()) for name in register()}


def test_every_record_has_words_and_a_period():
    periods = {rule.name for rule in RULES} | {one.value for one in Kept}

    assert [name for name, one in register().items() if not one.words] == []
    assert [name for name, one in register().items() if not one.kept] == []
    assert {name for one in register().values() for name in one.kept} <= periods


def test_no_table_of_the_others_bears_the_name_or_address_of_a_person():
    names = {"first_name", "surname", "birth_on", "guardian_name", "person", "phone"}
    names |= {"contact_name", "contact_email", "guardian_email", "recipient"}
    # Who got public money once; a school that letters of the office go to.
    organisations = {("past_grants", "recipient")}

    found = {
        (name, column)
        for name in impersonal()
        for column in names & set(TABLES[name].c.keys())
    }

    assert found == organisations


def test_every_purpose_has_its_basis():
    assert set(BASES) == set(Purpose)
