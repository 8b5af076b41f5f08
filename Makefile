# Everything a person does with this repository. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help setup chats caldav setup-dev run test check bench soak fuzz sbom sizes lock clean
MAKEFLAGS += --no-print-directory

# The stamps lie in .venv, so they vanish with it.
RUN := .venv/.run-installed
CHATS := .venv/.chats-installed
CALDAV := .venv/.caldav-installed
DEV := .venv/.dev-installed
# One process more than there are cores: the suite has real servers, clocks and browsers to wait for. Each takes files that
# stand together, so that what a folder shares is made in one process and not in each.
PYTEST_ARGS ?= -n $(shell echo $$(( $$(nproc 2>/dev/null || echo 2) + 1 ))) --dist worksteal

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(RUN) ## install Ruqi into .venv and nothing more

chats: $(CHATS) ## install the libraries of every chat (WeCom, DingTalk, Feishu, and the long tail)

caldav: $(CALDAV) ## install the task list for reminders apps (Radicale, which is GPL-3)

setup-dev: $(DEV) ## the same with what tests and checks need

$(RUN): requirements.lock pyproject.toml
	@scripts/setup.sh requirements.lock
	@touch $@

$(CHATS): requirements-chats.lock $(RUN)
	@scripts/setup.sh requirements-chats.lock
	@touch $@

$(CALDAV): requirements-caldav.lock $(RUN)
	@scripts/setup.sh requirements-caldav.lock
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	@scripts/setup.sh requirements-dev.lock
	@touch $@

run: $(RUN) ## start Ruqi
	@exec .venv/bin/ruqi run

test: $(DEV) ## run the tests (PYTEST_ARGS=… to choose)
	@scripts/system-packages.sh
	@env -u PYTHONDONTWRITEBYTECODE .venv/bin/python -m pytest $(PYTEST_ARGS)

check: $(DEV) ## lint, format, types, room contracts, locks
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo
	@! grep -n '//' requirements*.lock
	@scripts/pip-audit.sh

sbom: ## write sbom.json, the parts list of what an office installs (CycloneDX)
	@python3 -m tests.house.sbom requirements.lock sbom.json && echo sbom.json

fuzz: $(DEV) ## a million random inputs for everything that reads (RUNS=… SEED=…)
	@.venv/bin/python -m tests.fuzz --runs $(or $(RUNS),1000000) --seed $(or $(SEED),1)

bench: $(RUN) ## run the benchmarks
	@.venv/bin/python -m benchmarks

KILLS ?= 1000
SEED ?= 1
DATABASE ?= sqlite postgres
REPORTS := docs/reports/$(shell date +%F)

soak: $(DEV) ## kill it a thousand times on each database, for hours (KILLS=… SEED=… DATABASE=…)
	@for one in $(DATABASE); do \
	  .venv/bin/python -m tests.kills --database $$one --kills $(KILLS) --seed $(SEED) --report $(REPORTS)-kills.md; \
	  .venv/bin/python -m tests.soak.backups --database $$one --seed $(SEED) --report $(REPORTS)-backups.md; \
	done
	@.venv/bin/python -m tests.kills --database postgres --nodes 3 --chaos --every 2 --kills 1800 --round 60 --seed $(SEED) --report $(REPORTS)-kills.md
	@.venv/bin/python -m tests.kills.table --report $(REPORTS)-failpoints.md
	@.venv/bin/python -m tests.mutants --report $(REPORTS)-mutants.md
	@.venv/bin/python -m tests.fuzz --runs 1000000 --seed $(SEED) --report $(REPORTS)-fuzz.md
	@RUQI_TAMPERS=200 .venv/bin/python -m pytest tests/usecases/test_seal.py -q --timeout 0
	@SOAK=1 .venv/bin/python -m pytest tests/stories/test_anything_goes.py -q --timeout 0

sizes: $(DEV) ## list the files and functions above the house budget
	@.venv/bin/python -m tests.house.sizes

lock: ## make the lock files anew with the newest allowed versions (needs uv)
	@scripts/lock.sh

clean: ## remove .venv and every cache; data stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
