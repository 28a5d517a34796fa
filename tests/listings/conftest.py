"""What the tests of this domain share."""

from tests.street import street as street
