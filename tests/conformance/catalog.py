"""The tools, resources and prompts that the MCP conformance suite calls by name, declared as ours are."""

import base64

from pydantic import Field

from tools.blocks import Audio, Block, Document, Image, Text
from tools.catalog import Catalog
from tools.contract import Call, Model, tool
from tools.host import NeedsInput, Question, Request, Roots, Sampling
from tools.prompts import Say, prompt
from tools.refusals import Refused

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
WAV = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80>\0\0\x02\0\x10\0data\0\0\0\0"
TEXT, FLAG = {"type": "string"}, {"type": "boolean"}


class Nothing(Model):
    pass


class Said(Model):
    text: str

    def summary(self) -> str:
        return self.text


class Shown(Model):
    """An answer that is looked at, and has no fields."""

    parts: list[Block] = Field(exclude=True)

    def blocks(self) -> list[Block]:
        return self.parts


class Asked(Model):
    prompt: str


class Messaged(Model):
    message: str


class Numbered(Model):
    id: str


class Numbers(Model):
    id: str
    templateTest: bool = True  # noqa: N815 -- the suite's spelling
    data: str


def embedded(uri: str) -> Document:
    return Document(uri, "text/plain", "This is an embedded resource content.")


def form(message: str, **properties: object) -> Question:
    return Question(message, {"type": "object", "properties": properties, "required": list(properties)})


@tool("guest", "read")
async def test_simple_text(call: Call, ask: Nothing) -> Said:
    """Answer with text."""
    return Said(text="This is a simple text response for testing.")


@tool("guest", "read")
async def test_image_content(call: Call, ask: Nothing) -> Shown:
    """Answer with an image."""
    return Shown(parts=[Image(PNG, "image/png")])


@tool("guest", "read")
async def test_audio_content(call: Call, ask: Nothing) -> Shown:
    """Answer with audio."""
    return Shown(parts=[Audio(WAV, "audio/wav")])


@tool("guest", "read")
async def test_embedded_resource(call: Call, ask: Nothing) -> Shown:
    """Answer with a resource inside."""
    return Shown(parts=[embedded("test://embedded-resource")])


@tool("guest", "read")
async def test_multiple_content_types(call: Call, ask: Nothing) -> Shown:
    """Answer with text, an image and a resource."""
    return Shown(
        parts=[
            Text("Multiple content types test:"),
            Image(PNG, "image/png"),
            embedded("test://mixed-content-resource"),
        ]
    )


@tool("guest", "read")
async def test_tool_with_logging(call: Call, ask: Nothing) -> Said:
    """Log three lines."""
    for line in ("Tool execution started", "Tool processing data", "Tool execution completed"):
        await call.host.log(line)
    return Said(text="logged")


@tool("guest", "read")
async def test_tool_with_progress(call: Call, ask: Nothing) -> Said:
    """Show progress three times."""
    for done in (0, 50, 100):
        await call.host.progress(done, 100, f"{done} %")
    return Said(text="done")


@tool("guest", "read")
async def test_error_handling(call: Call, ask: Nothing) -> Said:
    """Refuse."""
    raise Refused("This tool intentionally returns an error for testing")


@tool("guest", "read")
async def test_sampling(call: Call, ask: Asked) -> Said:
    """Put a question to the host's model."""
    if "reply" not in call.host.answers:
        raise NeedsInput({"reply": Sampling(ask.prompt)})
    return Said(text=f"LLM response: {call.host.answers['reply']}")


@tool("guest", "read")
async def test_elicitation(call: Call, ask: Messaged) -> Said:
    """Put a question to the person."""
    if "who" not in call.host.answers:
        username = TEXT | {"description": "User's response"}
        email = TEXT | {"description": "User's email address"}
        raise NeedsInput({"who": form(ask.message, username=username, email=email)})
    return Said(text=f"User response: {call.host.answers['who']}")


@tool("guest", "read")
async def test_elicitation_sep1034_defaults(call: Call, ask: Nothing) -> Said:
    """Ask with defaults of every primitive type."""
    if "form" not in call.host.answers:
        raise NeedsInput(
            {
                "form": form(
                    "Please review and update the form fields with defaults",
                    name=TEXT | {"default": "John Doe"},
                    age={"type": "integer", "default": 30},
                    score={"type": "number", "default": 95.5},
                    status=TEXT | {"enum": ["active", "inactive", "pending"], "default": "active"},
                    verified=FLAG | {"default": True},
                )
            }
        )
    return Said(text=f"Elicitation completed: {call.host.answers['form']}")


@tool("guest", "read")
async def test_elicitation_sep1330_enums(call: Call, ask: Nothing) -> Said:
    """Ask with every kind of choice."""
    if "form" not in call.host.answers:
        options = ["option1", "option2", "option3"]
        titled = [
            {"const": f"value{number}", "title": f"{word} Option"}
            for number, word in enumerate(("First", "Second", "Third"), start=1)
        ]
        properties = {
            "untitledSingle": TEXT | {"enum": options},
            "titledSingle": TEXT | {"oneOf": titled},
            "legacyEnum": TEXT
            | {"enum": ["opt1", "opt2", "opt3"], "enumNames": ["Option One", "Option Two", "Option Three"]},
            "untitledMulti": {"type": "array", "items": TEXT | {"enum": options}},
            "titledMulti": {"type": "array", "items": {"anyOf": titled}},
        }
        raise NeedsInput({"form": Question("Please select", {"type": "object", "properties": properties})})
    return Said(text=f"Elicitation completed: {call.host.answers['form']}")


@tool("guest", "read")
async def test_input_required_result_elicitation(call: Call, ask: Nothing) -> Said:
    """Greet somebody by name."""
    if "user_name" not in call.host.answers:
        raise NeedsInput({"user_name": form("What is your name?", name=TEXT)})
    return Said(text=f"Hello, {call.host.answers['user_name']['name']}!")


@tool("guest", "read")
async def test_input_required_result_sampling(call: Call, ask: Nothing) -> Said:
    """Ask the model for a capital."""
    if "capital_question" not in call.host.answers:
        raise NeedsInput({"capital_question": Sampling("What is the capital of France?")})
    return Said(text=call.host.answers["capital_question"])


@tool("guest", "read")
async def test_input_required_result_list_roots(call: Call, ask: Nothing) -> Said:
    """Name the host's folders."""
    if "client_roots" not in call.host.answers:
        raise NeedsInput({"client_roots": Roots()})
    return Said(text=", ".join(call.host.answers["client_roots"]))


@tool("guest", "read")
async def test_input_required_result_request_state(call: Call, ask: Nothing) -> Said:
    """Ask for a confirmation, and know it again."""
    if "confirm" not in call.host.answers or call.host.state != "asked":
        raise NeedsInput({"confirm": form("Please confirm", ok=FLAG)}, "asked")
    return Said(text="state-ok")


@tool("guest", "read")
async def test_input_required_result_tampered_state(call: Call, ask: Nothing) -> Said:
    """The same, for a host that changes the state."""
    return await test_input_required_result_request_state(call, ask)


@tool("guest", "read")
async def test_input_required_result_multiple_inputs(call: Call, ask: Nothing) -> Said:
    """Ask three things at once."""
    wanted: dict[str, Request] = {
        "user_name": form("What is your name?", name=TEXT),
        "greeting": Sampling("Generate a greeting"),
        "client_roots": Roots(),
    }
    if not wanted.keys() <= call.host.answers.keys():
        raise NeedsInput(wanted, "three")
    return Said(text=f"{call.host.answers['greeting']}, {call.host.answers['user_name']['name']}")


@tool("guest", "read")
async def test_input_required_result_multi_round(call: Call, ask: Nothing) -> Said:
    """Ask one thing after the other."""
    if "step2" in call.host.answers and call.host.state == "second":
        return Said(text="done")
    if "step1" in call.host.answers and call.host.state == "first":
        raise NeedsInput({"step2": form("Step 2: What is your favourite colour?", color=TEXT)}, "second")
    raise NeedsInput({"step1": form("Step 1: What is your name?", name=TEXT)}, "first")


@tool("guest", "read")
async def test_input_required_result_capabilities(call: Call, ask: Nothing) -> Said:
    """Ask only what the host can answer."""
    if call.host.answers:
        return Said(text="answered")
    possible: dict[str, Request] = {}
    if "sampling" in call.host.capabilities:
        possible["model"] = Sampling("Say hello")
    if "elicitation" in call.host.capabilities:
        possible["person"] = form("Say hello", hello=TEXT)
    if not possible:
        return Said(text="nobody to ask")
    raise NeedsInput(possible)


@tool("guest", "read")
async def test_missing_capability(call: Call, ask: Nothing) -> Said:
    """Need a model, whatever the host can do."""
    if "model" not in call.host.answers:
        raise NeedsInput({"model": Sampling("Say hello")})
    return Said(text="ok")


@tool("guest", "read", resource="test://static-text", resource_mime="text/plain")
async def static_text(call: Call, ask: Nothing) -> Shown:
    """A text that never changes."""
    text = "This is the content of the static text resource."
    return Shown(parts=[Document("test://static-text", "text/plain", text)])


@tool("guest", "read", resource="test://static-binary", resource_mime="image/png")
async def static_binary(call: Call, ask: Nothing) -> Shown:
    """A picture that never changes."""
    return Shown(parts=[Document("test://static-binary", "image/png", PNG)])


@tool("guest", "read", resource="test://watched-resource", resource_mime="text/plain")
async def watched_resource(call: Call, ask: Nothing) -> Shown:
    """A text to subscribe to."""
    return Shown(parts=[Document("test://watched-resource", "text/plain", "watched")])


@tool("guest", "read", resource="test://template/{id}/data")
async def template(call: Call, ask: Numbered) -> Numbers:
    """A document for every id."""
    return Numbers(id=ask.id, data=f"Data for ID: {ask.id}")


class Arguments(Model):
    arg1: str
    arg2: str


class Embedding(Model):
    resourceUri: str  # noqa: N815 -- the suite's spelling


class Context(Model):
    context: str


@prompt()
def test_simple_prompt(ask: Nothing) -> list[Say]:
    """One message."""
    return [Say(Text("This is a simple prompt for testing."))]


def _beginning(typed: str) -> list[str]:
    return [typed + "ris", "park"]


@prompt(completes={"arg1": _beginning})
def test_prompt_with_arguments(ask: Arguments) -> list[Say]:
    """Two arguments in one message."""
    return [Say(Text(f"Prompt with arguments: arg1='{ask.arg1}', arg2='{ask.arg2}'"))]


@prompt()
def test_prompt_with_embedded_resource(ask: Embedding) -> list[Say]:
    """A resource in a message."""
    return [Say(embedded(ask.resourceUri)), Say(Text("Please process the embedded resource above."))]


@prompt()
def test_prompt_with_image(ask: Nothing) -> list[Say]:
    """A picture in a message."""
    return [Say(Image(PNG, "image/png")), Say(Text("Please analyze the image above."))]


@prompt()
def test_input_required_result_prompt(ask: Context) -> list[Say]:
    """A message about what the person says."""
    return [Say(Text(f"With context: {ask.context}"))]


TOOLS = [
    test_simple_text,
    test_image_content,
    test_audio_content,
    test_embedded_resource,
    test_multiple_content_types,
    test_tool_with_logging,
    test_tool_with_progress,
    test_error_handling,
    test_sampling,
    test_elicitation,
    test_elicitation_sep1034_defaults,
    test_elicitation_sep1330_enums,
    test_input_required_result_elicitation,
    test_input_required_result_sampling,
    test_input_required_result_list_roots,
    test_input_required_result_request_state,
    test_input_required_result_tampered_state,
    test_input_required_result_multiple_inputs,
    test_input_required_result_multi_round,
    test_input_required_result_capabilities,
    test_missing_capability,
    static_text,
    static_binary,
    watched_resource,
    template,
]
PROMPTS = [
    test_simple_prompt,
    test_prompt_with_arguments,
    test_prompt_with_embedded_resource,
    test_prompt_with_image,
    test_input_required_result_prompt,
]


def fixture() -> Catalog:
    """Everything above."""
    return Catalog(TOOLS, PROMPTS)
