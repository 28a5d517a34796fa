"""What the tests of flags share."""

from tests.street import admin, asha, clock, dispatcher, join, kiran, ravi, street

__all__ = ["admin", "asha", "clock", "dispatcher", "join", "kiran", "ravi", "street"]
