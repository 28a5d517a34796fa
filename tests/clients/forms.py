"""HTML forms as a browser without JavaScript sees them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Button:
    """A way to send a form."""

    name: str
    value: str
    text: str = ""


@dataclass(slots=True)
class Form:
    """Where a form goes, and what it sends unless somebody fills it in."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict[str, str])
    hidden: set[str] = field(default_factory=set[str])
    buttons: list[Button] = field(default_factory=list[Button])

    def has(self, *names: str) -> bool:
        """Whether all of these can be filled in."""
        return set(names) <= self.fields.keys()

    def button(self, value: str) -> Button:
        """The button of this value."""
        return next(each for each in self.buttons if each.value == value)


def forms(html: str) -> list[Form]:
    """Every form of a page, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open = False
        self._button: Button | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
            self._open = True
        elif self._open:
            self._control(tag, given, self.forms[-1])

    def _control(self, tag: str, given: dict[str, str], form: Form) -> None:
        name = given.get("name", "")
        kind = given.get("type", "submit" if tag == "button" else "text")
        if tag == "button" and kind == "submit":
            self._button = Button(name, given.get("value", ""))
            form.buttons.append(self._button)
        elif tag == "select":
            self._select = name
            form.fields.setdefault(name, "")
        elif tag == "option" and self._select is not None:
            if "selected" in given or not form.fields[self._select]:
                form.fields[self._select] = given.get("value", "")
        elif (
            tag in ("input", "textarea")
            and name
            and (kind not in ("radio", "checkbox") or "checked" in given)
        ):
            form.fields[name] = given.get("value", "on" if kind == "checkbox" else "")
            form.hidden |= {name} if kind == "hidden" else set()

    def handle_data(self, data: str) -> None:
        if self._button is not None:
            self._button.text += data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False
        elif tag == "button":
            self._button = None
        elif tag == "select":
            self._select = None
