# Two commands set up everything on a machine with Python 3.11 or newer, git and make:
#   make report   the main job on seeds/     make test   the tests
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
DATA   ?=
SETS   ?=
PARTS  ?=

.PHONY: report test check fix bench accuracy endurance pictures lock clean

report: $(VENV)/.installed
	$(BIN)/dedup scan seeds/ --out reports/
	@echo
	@echo "Open reports/report.html in a browser; the tables are reports/*.csv."

test: $(VENV)/.developing
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

# Exactly what the continuous integration asks for.
check: $(VENV)/.developing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell
	$(BIN)/cog --check -P -I tools -I . README.md ARCHITECTURE.md docs/accuracy.md
	$(BIN)/towncrier build --draft --version next > /dev/null

fix: $(VENV)/.developing
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/cog -r -P -I tools -I . README.md ARCHITECTURE.md docs/accuracy.md

bench: $(VENV)/.developing $(VENV)/.peers
	$(BIN)/python -m bench $(PARTS) --peers $(VENV)/peers/bin/python $(if $(DATA),--data $(DATA))

# How right the program is: measured on the sets that are there, told in docs/accuracy.md.
# The sets that the repository does not hold: make accuracy SETS=folder
accuracy: $(VENV)/.developing
	$(BIN)/python -m bench.accuracy $(PARTS) $(if $(SETS),--sets $(SETS))

# What the tests do to an index a few times, done for hours.
endurance: $(VENV)/.developing
	$(BIN)/python -m tests.index.histories 200
	$(BIN)/python -m tests.index.crashes 500
	$(BIN)/python -m tests.index.corruptions 1000

# The pictures of docs/report.md and docs/desk.md, taken anew.
pictures: $(VENV)/.developing
	$(BIN)/python tools/pictures.py

# For developers who have uv; nothing else needs it.
lock:
	uv lock

clean:
	rm -rf $(VENV) reports .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .coverage

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("dedup needs Python 3.11 or newer: make PYTHON=python3.11") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[all]'
	touch $@

$(VENV)/.developing: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[all,dev]'
	touch $@ $(VENV)/.installed

# The peers have an environment of their own; one that cannot be installed is told as missing.
$(VENV)/.peers: bench/peers.txt bench/frameworks.txt | $(VENV)/bin/python
	$(PYTHON) -m venv $(VENV)/peers
	-$(VENV)/peers/bin/python -m pip install --quiet -r bench/peers.txt
	-$(VENV)/peers/bin/python -m pip install --quiet -r bench/frameworks.txt
	touch $@
