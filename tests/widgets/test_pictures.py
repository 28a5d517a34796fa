"""Every designed state has its picture in the documents."""

import re

from scripts.pictures import INTO, PICTURES
from tests.widgets.looks import NAMES, STATES


def test_every_picture_that_is_taken_is_shown_and_none_is_left_over():
    shown = set(re.findall(r"images/widgets/([\w-]+)\.png", (INTO.parents[1] / "widgets.md").read_text()))
    taken = {each.name for each in PICTURES}
    assert (shown, {each.stem for each in INTO.glob("*")}) == (taken, taken)


def test_there_is_a_picture_of_every_widget_and_of_every_state():
    told = [each.choices for each in PICTURES]
    assert {each["widget"] for each in told} == set(NAMES)
    assert {each["state"] for each in told if "state" in each} == set(STATES)
    assert {each["host"] for each in told if "host" in each} == {"stripping", "stripping-all", "text"}
    assert {(each["theme"], each["lang"]) for each in told} >= {("light", "en"), ("dark", "hi")}
