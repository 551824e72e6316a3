# `make` alone lists the commands. Each command sets up what it needs first; what is in place is left alone.
# Paths are relative throughout, so a folder with a space in its name does no harm.
.DEFAULT_GOAL := help
.SUFFIXES:
.PHONY: help setup reports lab test test-quick lint browser ingest score readme notebooks pictures bench lock clean clean-all

PY  := .venv/bin/python
FOI := $(PY) -m foi_lib.cli
# one request instead of all: make reports REQUEST=data-breaches-2018
REQUEST ?=
# more for pytest: make test PYTEST="-k money"
PYTEST ?=

help: ## list these commands
	@echo 'foi_lib: from the letters in data/raw to tables in data/processed and reports in reports/'
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: ## make .venv and install what requirements.lock lists, hash by hash (a second run installs nothing)
	@sh scripts/setup

ingest: setup ## read every request in data/raw into tables in data/processed
	@$(FOI) ingest $(REQUEST)

reports: setup ## the tables, and from them the reports in reports/ (only what changed)
	@$(FOI) report $(REQUEST)

lab: ingest ## open JupyterLab on the notebooks
	@$(PY) -m jupyterlab notebooks $(if $(filter 0,$(shell id -u)),--allow-root --no-browser)  # root: in a container

test: lint browser ## lint, then the whole suite: units, letters, browser, every notebook under nbval
	@$(FOI) ingest example-round-robin
	@$(PY) -m pytest -n 2 --dist loadfile --nbval --nbval-current-env tests notebooks $(PYTEST)

test-quick: setup ## the suite without its slow tests, browser and notebooks
	@$(PY) -m pytest -n 2 --dist loadfile -m 'not slow and not browser' tests $(PYTEST)

lint: setup ## ruff and mypy
	@$(PY) -m ruff check .
	@$(PY) -m mypy

browser: ## see that there is a chromium for the browser tests; as root on Debian, install it
	@sh scripts/browser

score: setup ## hold our reading of labelled letters against tests/score.json, letter by letter
	@$(PY) tests/letters/score_letters.py

readme: ingest ## write the results of the real requests into README.md afresh
	@$(PY) scripts/readme.py

notebooks: setup ## run the notebooks on the example request and keep their outputs in them (read the difference before you commit)
	@$(PY) scripts/notebooks.py

pictures: setup browser ## make the README's pictures afresh, in a browser
	@FOI_PICTURES=1 $(PY) -m pytest -q tests/reports/test_browser.py tests/desk/test_desk_browser.py -k 'pictures or desk'

# make bench BENCH=full takes an hour or more
BENCH ?= small
bench: setup ## measure beside peers, at small sizes (BENCH=full: those of benchmarks/RESULTS.md); prints tables
	@$(PY) -m benchmarks.start
ifeq ($(BENCH),full)
	@$(PY) -m benchmarks.letters
	@$(PY) -m benchmarks.documents
	@$(PY) -m benchmarks.ingest --sizes 1000 10000 100000 --short
	@$(PY) -m benchmarks.analyse
	@$(PY) -m benchmarks.reports
else
	@$(PY) -m benchmarks.letters --most 100
	@$(PY) -m benchmarks.documents --files 6 --turns 3
	@$(PY) -m benchmarks.ingest --sizes 100 400 --short
	@$(PY) -m benchmarks.analyse --councils 40 --turns 1
	@$(PY) -m benchmarks.reports --councils 6 --sample 2 --turns 1
endif

lock: setup ## write the two locks afresh from pyproject.toml (make lock UPGRADE=--upgrade for newer versions)
	@sh scripts/lock $(UPGRADE)

clean: ## remove what the pipeline made, and caches; data/raw and .venv stay
	@find data/processed reports -mindepth 1 ! -name README.md -delete
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist

clean-all: clean ## remove .venv too
	@rm -rf .venv foi_lib.egg-info
