# The commands to remember: `make` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# One shared folder for what cargo builds, outside the tree.
export CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/tandau/target
PROGRAM := $(CARGO_TARGET_DIR)/debug/tandau
WEB_SOURCES := $(wildcard web/styles/*.scss web/static/* web/ballot/*.ts web/live/*.ts web/offline/*.ts web/tools/*.mjs) package-lock.json
# Cases per property in `make soak`.
CASES ?= 20000

.PHONY: help web check test demo bench soak setup setup-demo types format lint unit browser deny

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: setup-demo web ## Build the pilot of 5 November 2023, play it and serve it (ARGS="--fast" skips the waiting)
	cargo build --quiet --package tandau
	$(PROGRAM) demo $(ARGS)

check: setup-demo web types format lint unit ## The fast loop: format, types, clippy, unit tests, complete messages

test: setup web types format lint deny ## Everything that must hold before a change is taken
	scripts/with-postgres.sh cargo nextest run --workspace --no-fail-fast
	cargo test --quiet --workspace --doc
	TANDAU_PROGRAM=$(PROGRAM) npm run --silent test:ballot
	node tests/browser/with-demo.mjs $(PROGRAM) npm run --silent test:browser

browser: setup web ## The browser tests alone, against demos of their own (ONLY=pages,office chooses, TANDAU_SHOTS=DIR keeps pictures)
	cargo build --quiet --package tandau
	node tests/browser/with-demo.mjs $(PROGRAM) npm run --silent test:browser

bench: setup-demo web ## Measure speed and write docs/benchmarks.md (ROWS="accept pages" measures and prints only these)
	scripts/bench.sh $(ROWS)

soak: setup web ## All tests, the properties with CASES=20000 cases each
	PROPTEST_CASES=$(CASES) scripts/with-postgres.sh cargo nextest run --workspace --no-fail-fast

web: web/dist/app.css ## Styles, fonts and scripts, built when their sources changed

web/dist/app.css: $(WEB_SOURCES)
	@if [ -L web/dist ]; then echo "web/dist is a link: built where it points to"; else npm run --silent build; touch $@; fi

setup:
	@scripts/setup.sh test

setup-demo:
	@scripts/setup.sh demo

types:
	npm run --silent check

format:
	cargo fmt --all --check

lint: web
	cargo clippy --quiet --workspace --all-targets -- -D warnings

unit: web
	scripts/with-postgres.sh cargo nextest run --workspace --lib --bins

# Licences, sources and doubled crates; needs cargo-deny, which the set-up doesn't install.
deny:
	@if command -v cargo-deny >/dev/null; then cargo deny --offline --log-level error check bans licenses sources; \
	else echo "cargo-deny is not installed: licences and sources of crates were not checked"; fi
