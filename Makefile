# Everything runs in a virtual environment in .venv, which the first target that needs it makes.
# Only Python (3.11 or later) and make have to be there before.

PYTHON ?= python3
SEED ?= 7
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev

.DEFAULT_GOAL := help
.PHONY: help quiz test check format bench picture docs clean

help: ## Show the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

quiz: $(INSTALLED) ## Make the quiz of a seed: make quiz SEED=7 ARGS="--versions 4"
	$(BIN)/python -m gen --seed $(SEED) $(ARGS)

test: $(INSTALLED_DEV) ## Run all tests
	@.ci/browser || echo "no Chromium can be had here: the tests of the practice page are left out"
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(INSTALLED_DEV) ## Lint, check the format, the types, the imports and the sizes
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_architecture.py

format: $(INSTALLED_DEV) ## Format the code and sort its imports
	$(BIN)/ruff check --fix --select I
	$(BIN)/ruff format

bench: $(INSTALLED) ## Measure, and print one table
	$(BIN)/python benchmarks/run.py

picture: $(INSTALLED_DEV) ## Make the pictures of docs again (needs pdftoppm, of Poppler, and Chromium)
	$(BIN)/python -m gen --seed 7 --quiet --out output/picture
	pdftoppm -png -gray -r 110 -f 1 -l 1 -singlefile output/picture/quiz.pdf docs/page
	$(BIN)/python docs/practice_picture.py

docs: picture ## Renew the picture and the outputs that the README quotes
	$(BIN)/python docs/refresh.py

clean: ## Remove the virtual environment and all caches
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

# A stamp is older than pyproject.toml when what has to be installed may have changed.
$(INSTALLED): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(INSTALLED_DEV): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(INSTALLED)
