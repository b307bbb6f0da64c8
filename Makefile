# Common Ground: what a newcomer types. `make demo` serves the demo, `make test` runs every test.
# It needs Python 3.11 or newer and make; `make system` names the Debian packages for PDFs and browser tests.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
LOCKS := requirements/base.txt requirements/dev.txt

.PHONY: install demo test quick lock system worker tick format

$(INSTALLED): $(LOCKS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Common Ground needs Python 3.11 or newer; $$($(PYTHON) --version) was found. Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python has no venv here. On Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

install: $(INSTALLED)

demo: $(INSTALLED)
	@mkdir -p var
	$(BIN)/python manage.py migrate --verbosity 0
	@SITE_URL=http://127.0.0.1:$(PORT) $(BIN)/python manage.py load_demo
	@echo "Serving on http://127.0.0.1:$(PORT)/ (stop with Ctrl+C)"
	@SITE_URL=http://127.0.0.1:$(PORT) $(BIN)/python manage.py runserver 127.0.0.1:$(PORT) --noreload

test: $(INSTALLED)
	$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

quick: $(INSTALLED)
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not browser and not race"

system:
	@echo "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0   # PDFs"
	@echo "apt-get install chromium poppler-utils fonts-noto-color-emoji          # browser tests, pictures in PDFs"
	@echo "apt-get install postgresql                                             # tests on PostgreSQL"

lock: $(INSTALLED)
	$(BIN)/uv pip compile --quiet --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml -o requirements/base.txt
	$(BIN)/uv pip compile --quiet --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --group dev pyproject.toml -o requirements/dev.txt

format: $(INSTALLED)
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

worker: $(INSTALLED)
	$(BIN)/python manage.py db_worker

tick: $(INSTALLED)
	$(BIN)/python manage.py tick
