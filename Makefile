# Harian. Each target does its own set-up; ARGS= passes options on, e.g. make demo ARGS="--port 8090 --headless"
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup install demo test check bench soak lock texts migration

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: .venv/ready ## Build .venv with exactly the locked packages

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

install: ## Build .venv with only what running needs, and the command `harian` in it
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation .

demo: setup ## Run an invented office on a page of phones, without Telegram
	$(BIN)/python -m bot demo $(ARGS)

test: check ## Check the code and run the tests, on SQLite and PostgreSQL
	$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

check: setup ## Style, types, and the floors of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup ## Measure: reading, handling, sending
	$(BIN)/python -m pytest -m bench -s -p no:xdist tests/benchmarks $(ARGS)

soak: setup ## Long runs: fuzzing the reader, killing the process again and again
	$(BIN)/python -m pytest -m soak -s -p no:xdist --timeout=0 $(ARGS)

COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-options

LOCKS ?= .

lock: .venv/ready ## Resolve the dependencies anew into the two locks: all that is needed, and what running needs
	$(COMPILE) --extra dev -o $(LOCKS)/requirements.lock pyproject.toml
	$(COMPILE) --extra build -c requirements.lock -o $(LOCKS)/requirements-run.lock pyproject.toml

texts: setup ## Gather the sentences of the code into the Indonesian catalogue
	$(BIN)/pybabel -q extract -F babel.cfg -k t -k plain -k many:1,2 -k N_ --no-location --no-wrap -o .venv/harian.pot .
	$(BIN)/pybabel -q update -N --no-wrap -D harian -l id -i .venv/harian.pot -d handlers/texts

migration: setup ## Write a migration for changed tables: make migration ARGS="what changes"
	$(BIN)/python -m bot.migrating "$(ARGS)"
