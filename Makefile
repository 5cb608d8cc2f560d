# What people type here. Each rule is short; what it does lives in the code.

PYTHON ?= python3
PORT ?= 8000
DATA ?= data
SEED ?= $(shell date +%s)

BIN := .venv/bin
INSTALL := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile
LOCK := pyproject.toml --group build --quiet --upgrade --universal \
  --python-version 3.11 --generate-hashes --no-header
OLD_PYTHON := Komek needs Python 3.11 or newer: make PYTHON=/path/to/python3.11

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run setup setup-dev browser-parts check test simulate bench lock

help: ## Print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1:\2/p' Makefile | awk -F: '{printf "  make %-11s%s\n", $$1, $$2}'

run: setup ## Start the suite with demo data; PORT=8000 DATA=data
	@exec $(BIN)/komek up --demo --data $(DATA) --port $(PORT)

setup: .venv/installed browser-parts ## Install what running needs into .venv

setup-dev: .venv/installed-dev browser-parts ## Install what developing needs into .venv

check: setup-dev ## Format, lint, types, import contracts, catalogues, documentation
	$(BIN)/ruff format --check . && $(BIN)/ruff check .
	$(BIN)/mypy && $(BIN)/lint-imports
	$(BIN)/python -m shared.web.catalogues check && $(BIN)/pytest -q tests/tidy

test: setup-dev ## Run every test; says what it left out and how to get it
	@echo "The browser's tests run beside the others; what they say comes last."
	@told=$$(mktemp); $(BIN)/pytest tests/e2e >$$told 2>&1 & browsers=$$!; \
	$(BIN)/pytest; others=$$?; \
	wait $$browsers; browsers=$$?; cat $$told; rm $$told; \
	exit $$((others ? others : browsers))

simulate: setup-dev ## Run the three services against a hostile broker; SEED=number
	$(BIN)/pytest tests/simulation --seed=$(SEED)

bench: setup-dev ## Measure this machine; docs/benchmarks.md keeps the numbers
	$(BIN)/python -m tests.bench

lock: .venv/installed-dev ## Pin the newest versions pyproject.toml allows
	$(INSTALL) uv
	$(BIN)/uv pip compile $(LOCK) -o requirements.lock
	$(BIN)/uv pip compile $(LOCK) --group dev -c requirements.lock -o requirements-dev.lock

browser-parts: .venv/installed
	@$(BIN)/python -m shared.web.build_assets

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("$(OLD_PYTHON)")'
	$(PYTHON) -m venv .venv

.venv/installed: requirements.lock | .venv/bin/python
	@echo "Installing into .venv; this takes less than a minute, once."
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable . && touch $@

.venv/installed-dev: requirements-dev.lock | .venv/bin/python
	@echo "Installing into .venv; this takes about a minute, once."
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable . && touch .venv/installed $@
