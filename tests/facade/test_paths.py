"""Where tools live: derived addresses, and catalogs that cannot be built."""

from collections.abc import Callable
from typing import Any, Literal

import pytest
from inline_snapshot import snapshot
from pydantic import BaseModel

from facade import openapi
from facade.paths import Unroutable, binding, bindings
from tests.facade import example
from tools.catalog import Catalog
from tools.contract import AnyTool, Call, Effect, Model, tool


class Ask(Model):
    id: int = 1
    name: str = ""


class AskOne(Model):
    id: int


class AskLease(Model):
    lease_id: int


class Corner(BaseModel):
    lat: float


class Nested(Model):
    corner: Corner | None = None


class Corners(Model):
    corners: list[Corner] | None = None


class EitherOr(Model):
    places: list[str] | str = ""


class Box(Model):
    id: list[int]
    box: tuple[float, float, float, float] | None = None
    sides: list[Literal["north", "south"]] | None = None
    either: int | str = 0


def declared(
    name: str, effect: Effect = "read", takes: type[Model] = Ask, http: str | None = None, **said: Any
) -> AnyTool:
    async def function(call: Call, ask: Model) -> Ask:
        """Something."""
        return Ask()

    function.__name__ = name
    function.__annotations__["ask"] = takes
    function.__module__ = "tools.leases.terms"
    return tool("guest", effect, http=http, **said)(function)


@pytest.mark.parametrize(
    ("made", "where"),
    [
        (declared("get_lease", takes=AskLease), "GET /leases/lease/{lease_id}"),
        (declared("list_leases"), "GET /leases/leases"),
        (declared("rent_due"), "GET /leases/rent-due"),
        (declared("price_insight", takes=AskOne), "GET /leases/price-insight/{id}"),
        (declared("create_lease", "write"), "POST /leases/lease"),
        (declared("update_lease", "write", AskOne), "PATCH /leases/lease/{id}"),
        (declared("set_lease", "write", AskOne, idempotent=True), "PUT /leases/lease/{id}"),
        (declared("set_lease", "write", AskOne), "POST /leases/set-lease/{id}"),
        (declared("sign_lease", "write", AskLease), "POST /leases/sign-lease/{lease_id}"),
        (declared("end_lease", "destroy", AskLease), "DELETE /leases/lease/{lease_id}"),
        (declared("end_all_leases", "destroy"), "POST /leases/end-all-leases"),
        (declared("get_lease", http="GET /flats/{id}/lease"), "GET /flats/{id}/lease"),
    ],
)
def test_without_a_declared_path_one_is_derived(made: AnyTool, where: str):
    bound = binding(made)
    assert f"{bound.method} {bound.path}" == where


def refusal(*made: AnyTool, build: Callable[[Catalog], object] = bindings) -> str:
    with pytest.raises(Unroutable) as refused:
        build(Catalog(made))
    return str(refused.value)


def test_a_placeholder_that_is_not_a_field_fails_the_build():
    assert refusal(declared("get_lease", http="GET /leases/{number}")) == snapshot(
        "get_lease: the placeholder {number} is not a field of Ask."
    )


def test_two_tools_on_one_route_fail_the_build():
    one, two = declared("a_lease", http="GET /leases/{id}"), declared("b_lease", http="GET /leases/{id}")
    assert refusal(one, two) == snapshot("a_lease and b_lease are both at GET /leases/{id}.")


def test_one_path_with_two_names_for_a_placeholder_fails_the_build():
    one = declared("a_lease", http="GET /leases/{id}")
    two = declared("b_lease", "write", http="PATCH /leases/{name}")
    assert refusal(one, two) == snapshot(
        "a_lease and b_lease name the placeholders of one path differently: /leases/{id} and /leases/{name}."
    )


@pytest.mark.parametrize("takes", [Nested, Corners, EitherOr])
def test_a_read_that_does_not_fit_a_query_string_fails_the_build(takes: type[Model]):
    assert "does not fit a query string; make it flat" in refusal(declared("get_lease", takes=takes))
    assert binding(declared("sign_lease", "write", takes)).method == "POST"


def test_lists_tuples_and_choices_fit_a_query_string():
    assert binding(declared("list_leases", takes=Box, http="GET /leases")).path == "/leases"


def test_a_list_in_the_path_fails_the_build():
    assert "'id' is not a single value" in refusal(declared("get_lease", takes=Box, http="GET /leases/{id}"))


def test_a_placeholder_twice_in_a_path_fails_the_build():
    assert "stands twice" in refusal(declared("get_lease", http="GET /leases/{id}/{id}"))


@pytest.mark.parametrize(
    ("effect", "http"), [("read", "POST /x"), ("write", "GET /x"), ("destroy", "GET /x")]
)
def test_a_method_that_contradicts_the_effect_fails_the_build(effect: Effect, http: str):
    assert "cannot be a" in refusal(declared("get_lease", effect, http=http))


@pytest.mark.parametrize(
    "http", ["/leases", "GET", "get /leases", "FETCH /leases", "GET leases", "GET /Leases/"]
)
def test_a_declared_path_in_another_form_fails_the_build(http: str):
    assert "is not a method and a path" in refusal(declared("get_lease", http=http))


def test_two_models_of_one_name_fail_the_build():
    theirs = type("Ask", (Model,), {"__annotations__": {"other": int}, "__module__": "elsewhere"})
    one = declared("sign_lease", "write")
    two = declared("end_lease", "write", takes=theirs)
    assert "two models are named 'Ask'" in refusal(one, two, build=openapi.document)


def test_jobs_are_not_at_any_address():
    names = {bound.tool.name for bound in bindings(Catalog.of([example]))}
    assert "list_homes" in names
    assert "sweep_floors" not in names
