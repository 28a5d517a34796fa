"""Personal data: no table that leads to a person is forgotten by the export or by the erasure."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from sqlalchemy import Table

import storage
from storage.base import Base
from storage.people import PersonRow
from storage.personal import HELD, Held
from tools.catalog import whole

NAMES = [held.name for held in HELD]
OF_PEOPLE = {"person_id", "whose_id", "staff_id", "member_id", "owner_id"}
"""Columns that name a person, also where no foreign key says so."""

PUBLIC = {"properties"}
"""Tables that name a person beside what everybody sees: what hangs on that is not the person's."""


@pytest.fixture(scope="module", autouse=True)
def _every_table() -> None:
    """Every module that declares a table is imported."""
    whole()
    for module in pkgutil.iter_modules(storage.__path__, "storage."):
        if not module.ispkg:
            importlib.import_module(module.name)


def leading_to_people() -> Iterator[Table]:
    """Tables whose rows belong to a person, directly or through others."""
    reached = {PersonRow.__tablename__}
    tables = Base.metadata.sorted_tables
    for table in tables:
        leads = any(key.column.table.name in reached - PUBLIC for key in table.foreign_keys)
        if leads or OF_PEOPLE & {*table.c.keys()}:
            reached.add(table.name)
    yield from (table for table in tables if table.name in reached)


def test_every_table_that_leads_to_a_person_is_accounted_for() -> None:
    assert {table.name for table in leading_to_people()} - set(NAMES) == set()


@pytest.mark.parametrize("held", HELD, ids=NAMES)
def test_every_column_is_given_or_withheld_for_a_reason(held: Held) -> None:
    told = {*held.given, *held.withheld}
    columns = {column.name for column in held.columns.c}
    if "*" in held.withheld:
        assert held.withheld["*"]
        told |= columns
    assert columns - told == set()
    assert told - columns <= {"*"}
    assert all(held.withheld.values())


def test_what_stays_is_given_and_leads_nowhere() -> None:
    for held in HELD:
        if held.stays:
            assert held.given
            assert held.columns.foreign_keys == set()


def test_what_is_anonymised_names_columns_that_there_are() -> None:
    for held in HELD:
        assert set(held.anonymised or {}) <= {column.name for column in held.columns.c}


def test_nobody_is_removed_before_what_hangs_on_them() -> None:
    for held in HELD:
        for key in held.columns.foreign_keys:
            if key.column.table.name in NAMES:
                assert NAMES.index(held.name) < NAMES.index(key.column.table.name)
