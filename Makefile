# One word runs everything. Needs Python 3.11 or later with pip; everything goes into .venv/.

PYTHON ?= $(shell command -v python3.13 || command -v python3.12 || command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: install run test lint bench docs lock

install: .venv/installed

.venv/installed: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Caveat needs Python 3.11 or later.'; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

run: install
	$(BIN)/python bot.py

test: install
	$(BIN)/python -m pytest -n 2

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright

bench: install
	$(BIN)/python benchmarks/retrieval.py
	$(BIN)/python benchmarks/questions.py
	$(BIN)/python benchmarks/latency.py

# What is written from the code: the fact base's schema and the page of commands.
docs: install
	$(BIN)/python -m bot.store.factfile
	$(BIN)/python bot.py commands > docs/commands.md

# After a change of dependencies in pyproject.toml. The lock names no index and no address.
lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/python -m uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --quiet --output-file requirements.lock
