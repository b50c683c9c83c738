# make           set up, fill the demonstration and serve it (PORT and DATABASE_URL are honoured)
# make test      install what the tests need and run every one of them
# make bench     what filing, reading and live counters cost, beside limits measured in the same run
# make faults    kill -9 of the server under load, 50 times on each database: nothing may be lost;
#                10,000 comments around midnight on each: the logged instant decides; 50 officers
#                on one comment, 100 times on each: one answers, the others are told who and what;
#                1,000 timers due at once for two workers and four web processes: each fires once
# make proof     50,000 altered records: the verifiers in Python and JavaScript must refuse them all;
#                all the garbage at every address, of which the suite sends a part;
#                a thousand walks of fifty acts: state, open step and record must agree after each
# make check     style, types, layers, migrations, translations, deployment settings
# make setup     install only
# make messages  collect the words of pages and code into the Polish catalogue (needs gettext)
# make lock      compute the lock files anew (needs uv)
# make clean     remove what the tools leave; keeps .venv and the data in var/
# make help      this list

PYTHON ?= python3
UV ?= uv
PY := .venv/bin/python
export PYTHON

.DEFAULT_GOAL := demo
.PHONY: demo setup setup-dev chromium translations test bench faults proof check format messages lock clean help

demo: setup translations
	@UWAGA_DEMO=1 exec $(PY) manage.py demo

setup:
	@.ci/venv run

setup-dev:
	@.ci/venv dev

chromium: setup-dev
	@.ci/chromium

translations: setup
	@$(PY) -m config.translations compile

test: setup-dev chromium translations
	@.ci/test

bench: setup-dev translations
	@$(PY) -m tests.bench

faults: setup-dev translations
	@$(PY) -m tests.faults

proof: setup-dev
	@$(PY) -m tests.proof
	@UWAGA_GARBAGE=all $(PY) -m pytest -q -n "$${WORKERS:-$$(nproc)}" tests/ground/test_garbage.py
	@UWAGA_WALKS=1000 $(PY) -m pytest -q -n "$${WORKERS:-$$(nproc)}" tests/walks

check: setup-dev translations
	@.ci/check

format: setup-dev
	@$(PY) -m ruff check --fix --quiet; $(PY) -m ruff format --quiet

messages: setup-dev
	@UWAGA_DEMO=1 $(PY) manage.py makemessages --locale pl --ignore 'tests/*' --ignore 'var/*' \
		--no-wrap --add-location file --no-obsolete
	@$(PY) -m config.translations check

lock:
	@$(UV) pip compile -q --universal --generate-hashes --python-version 3.11 \
		--custom-compile-command 'make lock' pyproject.toml -o requirements.lock
	@$(UV) pip compile -q --universal --generate-hashes --python-version 3.11 \
		--custom-compile-command 'make lock' --constraint requirements.lock \
		pyproject.toml --group dev -o requirements-dev.lock

clean:
	@find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

help:
	@sed -n '/^# /s/^# //p' Makefile
