# `make` alone prints what there is to do.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules

BIN := .venv/bin
CODE := tools storage agent facade servers widgets
RUNTIME := .venv/.runtime
DEVELOPMENT := .venv/.development
NODE := node_modules/.complete
# The one Node of this project comes with the development packages.
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
PYTEST := $(BIN)/python -m pytest
# Where it is set, as in images of Python, each of the many processes of the tests compiles all it imports.
unexport PYTHONDONTWRITEBYTECODE
# Each process gets half of the tests in a row, and takes from the other's once it is done: what tests of a
# folder share, servers above all, is started once and not by both.
PARALLEL := -n2 --dist worksteal
# What takes long or kills servers: run by `make prove`.
PROOFS := tests/load tests/crash

.PHONY: help run check lint typing imports architecture generated types widgets test tests prove bench clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUNTIME) ## Install, bring up the database with demo properties, and serve on http://localhost:3600
	@echo "Starting 360 Ghar." >&2
	@$(BIN)/ghar run

check: $(DEVELOPMENT) $(NODE) ## Lint, types, imports, size budgets and generated files; under two minutes
	@$(MAKE) -j2 -k --output-sync=target typing lint imports architecture generated

lint: $(DEVELOPMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

typing: $(DEVELOPMENT) $(NODE)
	$(WITH_NODE) node_modules/.bin/pyright
	$(WITH_NODE) node_modules/.bin/tsc -p widgets

imports: $(DEVELOPMENT)
	$(BIN)/lint-imports

architecture: $(DEVELOPMENT)
	$(PYTEST) -q -n0 tests/architecture

generated: $(DEVELOPMENT) $(NODE)
	$(BIN)/python -m scripts.generated --check
	$(WITH_NODE) node widgets/build.ts --into build/widgets
	diff -rq build/widgets widgets/dist

types: $(DEVELOPMENT) ## Write the types of the widgets, and all else that is generated from the tools
	$(BIN)/python -m scripts.generated

widgets: types $(NODE) ## Build the widgets into widgets/dist, and print their sizes
	$(WITH_NODE) node_modules/.bin/tsc -p widgets
	$(WITH_NODE) node widgets/build.ts

test: check tests ## The checks, then every test against a real PostgreSQL; under twenty minutes

tests: $(DEVELOPMENT) $(NODE)
	@scripts/packages chromium redis-server
	$(WITH_NODE) $(PYTEST) $(PARALLEL) $(PROOFS:%=--ignore=%)

prove: $(DEVELOPMENT) $(NODE) ## Ten minutes of mixed work, a million properties, load and crashes; about an hour
	$(BIN)/python -m bench prove
	$(WITH_NODE) $(PYTEST) -n0 $(PROOFS)

bench: $(DEVELOPMENT) ## Measure every surface and the search, side by side with their floors
	$(BIN)/python -m bench

clean: ## Remove what was installed or cached; the data in .ghar stays
	rm -rf .venv node_modules .pytest_cache .ruff_cache .import_linter_cache .hypothesis build
	find $(CODE) tests bench scripts -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME): requirements.lock pyproject.toml
	@scripts/environment requirements.lock
	@touch $@

$(DEVELOPMENT): requirements-dev.lock requirements.lock pyproject.toml
	@scripts/environment requirements-dev.lock
	@touch $(RUNTIME) $@

$(NODE): package.json package-lock.json | $(DEVELOPMENT)
	$(WITH_NODE) npm ci --no-progress
	@touch $@
