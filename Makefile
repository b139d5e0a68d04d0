# Every target starts from a bare clone and does what is missing first. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev system-test demo serve test check lint format lock bench chaos eval fuzz clean
BIN := .venv/bin
WORKERS ?= 2

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

setup: ## make .venv with what the product needs to run
	@tools/setup.sh runtime

setup-dev: ## ... and what its developers need
	@tools/setup.sh dev

demo: setup ## a running product with sample data and a test phone (PORT=8400 SANDBOX_PORT=8401 SAMPLE=peak-hvac)
	@exec $(BIN)/ringback demo

serve: setup ## web, worker and database in one process tree
	@exec $(BIN)/ringback serve

# npm fetches the segment calculator that ours is tested against; chromium opens pages, driven by playwright (libatomic).
system-test:
	@tools/debian.sh chromium:chromium node:nodejs npm:npm libatomic.so.1:libatomic1

test: setup-dev system-test ## every test
	$(BIN)/python -m pytest tests -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: setup-dev ## what CI asks before the tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/architecture --quiet

lint: setup-dev ## ruff alone, mending what it can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# --only-binary keeps out any release that would have to be compiled on the machine of the person who installs it.
COMPILE = $(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --only-binary :all: \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet $(LOCK)
# Not setup-dev: it refuses while pyproject.toml asks for what is not pinned yet.
$(BIN)/uv:
	@tools/setup.sh dev

lock: $(BIN)/uv ## pin again within pyproject.toml's ranges (LOCK=--upgrade for newer releases)
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock

bench: setup-dev ## speed, as `name: value` lines
	$(BIN)/python -m tests.bench

chaos: setup-dev ## kill -9, burst and storm runs, as `name: value` lines
	$(BIN)/python -m tests.chaos

eval: setup-dev ## the evaluation sets, as `name: value` lines (SETS=A,B,C,D LIMIT= JOBS= ONLY= EVAL_DIR=)
	$(BIN)/python -m tests.eval

fuzz: setup-dev ## coverage-guided fuzzing of what reads words and bytes from outside (RUNS=5000000 SEED=1)
	$(BIN)/python -m tests.fuzz

clean: ## forget everything that can be made again; data is left alone
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find ringback tests -name __pycache__ -type d -prune -exec rm -rf {} +
