"""The widget of the calculations offers the states whose duties are known."""

import re

import widgets
from tools.finance.duties import regions


def test_the_widget_offers_every_state_that_is_known_and_no_other() -> None:
    listed = (widgets.DIST.parent / "cost-breakdown" / "regions.ts").read_text()
    assert re.findall(r'"([a-z_]+)"', listed) == list(regions())
