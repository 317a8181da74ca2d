# The portal's commands; bare `make` lists them.
PYTHON ?= python3
PORT ?= 8000
# The Nu HTML checker, of the package vnu-jar, and the hash of its archive.
VNU := 26.9.27
VNU_SHA256 := 22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47
N ?= 20000
EDITS ?= 1000
SEED ?= 1
SIZES ?= 20000 100000
GROWTH ?= 1000 10000 50000
ARTICLES ?= 1000
SECONDS_EACH ?= 1
ROUNDS ?= 3
ARGS ?= -n 2 --dist loadscope --no-loadscope-reorder
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
CATALOGUE := locale/zh_Hans/LC_MESSAGES/django
MAKEMESSAGES := $(MANAGE) makemessages --locale zh_Hans --no-location --no-wrap --no-obsolete --ignore .venv --ignore var --verbosity 0
COMPILED := $(CATALOGUE).mo locale/wagtail/zh_Hans/LC_MESSAGES/django.mo
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help run serve build test check check-messages screenshots lighthouse fuzz stale bench bench-growth bench-search messages shell requirements clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/base: requirements/base.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	touch $@

$(VENV)/dev: requirements/dev.txt $(VENV)/base
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

%.mo: %.po $(VENV)/base
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale zh_Hans

run: $(VENV)/base $(COMPILED) ## set up what is missing and serve the portal at http://127.0.0.1:8000/ (PORT=)
	mkdir -p var
	$(MANAGE) set_up_portal
	@echo "The portal is at http://127.0.0.1:$(PORT)/ and its admin at http://127.0.0.1:$(PORT)/admin/ (Ctrl-C stops it)."
	@echo "$(if $(filter false,$(SECOND_FACTOR)),The admin asks for no second factor in this run.,The admin asks for a second factor: an authenticator app. SECOND_FACTOR=false does without while you look around.)"
	SECOND_FACTOR=$(SECOND_FACTOR) BASE_URL=http://127.0.0.1:$(PORT) $(MANAGE) runserver --nostatic $(if $(DEBUG),,--noreload) 127.0.0.1:$(PORT)

serve: $(VENV)/base $(COMPILED) ## serve in the production shape: nginx, the mirror, two processes (PORT=, DATABASE_URL=, CACHE_URL=); needs nginx
	PORT=$(PORT) DATABASE_URL='$(DATABASE_URL)' CACHE_URL='$(CACHE_URL)' $(BIN)/python deploy/serve.py

build: $(VENV)/base $(COMPILED) ## install what a server needs: the environment and the compiled catalogues

test: $(VENV)/dev $(COMPILED) ## run the test suite (DATABASE_URL=postgres://… for PostgreSQL)
	DATABASE_URL='$(DATABASE_URL)' CACHE_URL='$(CACHE_URL)' $(BIN)/python -m pytest $(ARGS)

check: $(VENV)/dev $(COMPILED) check-messages ## formatting, lint, floors, migrations, catalogue, production settings
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/lint-imports --no-logo
	$(BIN)/python requirements/audit.py
	$(MANAGE) makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=portal.settings.production SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		AUDIT_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		ALLOWED_HOSTS=home.example.org BASE_URL=https://home.example.org SECURITY_CONTACT=security@home.example.org DATABASE_URL=sqlite:///var/check.sqlite3 \
		$(MANAGE) check --deploy --fail-level WARNING

# The catalogue is stale when writing it anew changes more than its date.
check-messages: $(VENV)/dev
	@command -v msgattrib >/dev/null || { echo "make check needs GNU gettext (Debian: apt-get install gettext)." >&2; exit 1; }
	@mkdir -p var && cp $(CATALOGUE).po var/catalogue.po
	@$(MAKEMESSAGES) >/dev/null
	@diff -u -I '^"POT-Creation-Date' var/catalogue.po $(CATALOGUE).po || { cp var/catalogue.po $(CATALOGUE).po; \
		echo "$(CATALOGUE).po is stale: run make messages, translate what is new, commit it." >&2; exit 1; }
	@cp var/catalogue.po $(CATALOGUE).po
	@for kind in untranslated only-fuzzy only-obsolete; do test -z "$$(msgattrib --$$kind $(CATALOGUE).po)" || \
		{ echo "$(CATALOGUE).po has entries that are $$kind: msgattrib --$$kind lists them." >&2; exit 1; }; done

var/vnu.jar: ## the HTML checker that the suite asks where Java is present
	mkdir -p var
	cd var && npm pack --silent vnu-jar@$(VNU) >/dev/null && tar --extract --gzip --strip-components 3 --file vnu-jar-$(VNU).tgz package/build/dist/vnu.jar
	echo "$(VNU_SHA256)  $@" | sha256sum --check --quiet

screenshots: $(VENV)/dev $(COMPILED) ## pictures and prints of every kind of page, below var/screenshots/
	$(BIN)/python -m pytest -n 0 -q tests/e2e/screenshots.py

fuzz: $(VENV)/dev $(COMPILED) ## send N=20000 hostile requests (SEED=, REPLAY=finding.json, DATABASE_URL=postgres://…)
	DATABASE_URL='$(DATABASE_URL)' CACHE_URL='$(CACHE_URL)' $(BIN)/python -m tests.fuzz --number $(N) --seed $(SEED) $(if $(REPLAY),--replay $(REPLAY))

stale: $(VENV)/dev $(COMPILED) ## compare kept answers with fresh ones after EDITS=1000 edits drawn by lot (SEED=, DATABASE_URL=)
	DATABASE_URL='$(DATABASE_URL)' EDITS=$(EDITS) SEED=$(SEED) $(BIN)/python -m pytest -n 0 -q tests/test_never_stale.py

lighthouse: $(VENV)/dev $(COMPILED) ## the scores of Lighthouse for home, directory and article in both languages; needs npm
	$(BIN)/python -m bench.lighthouse

bench: $(VENV)/dev $(COMPILED) ## the delivery of pages beside its peers, in one run (ARTICLES=, SECONDS_EACH=, ROUNDS=, PEERS=wordpress); needs wrk and nginx
	$(BIN)/python -m bench.delivery --articles $(ARTICLES) --seconds $(SECONDS_EACH) --rounds $(ROUNDS) --peers $(PEERS)

bench-growth: $(VENV)/dev $(COMPILED) ## what a request costs at several sizes (GROWTH="1000 10000 50000" items of news, DATABASE_URL=)
	DATABASE_URL='$(DATABASE_URL)' $(BIN)/python -m bench.growth --sizes $(GROWTH)

bench-search: $(VENV)/dev $(COMPILED) ## measure search on generated pages beside the stock backend (SIZES="20000 100000"); needs PostgreSQL
	$(BIN)/python -m bench.search --sizes $(SIZES)

messages: $(VENV)/dev ## write the message catalogue anew from the source (needs GNU gettext)
	$(MAKEMESSAGES)

shell: $(VENV)/dev ## a Python shell with the portal's models
	$(MANAGE) shell

requirements: $(VENV)/dev ## pin and hash the requirement files anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make requirements" requirements/base.in -o requirements/base.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make requirements" -c requirements/base.txt requirements/dev.in -o requirements/dev.txt

clean: ## remove the virtual environment and all local data
	rm -rf $(VENV) var
