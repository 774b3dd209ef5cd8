# `make demo` and `make test` need nothing but Debian 12 with Swift and make; both install what is
# missing, say what they do and stop at the first error.
SWIFT ?= swift
BERTH := .build/release/berth
.DEFAULT_GOAL := build
.PHONY: parts build demo test bench keys format lint coverage leaks clean

parts:
	@scripts/install-parts

build: parts
	@echo "building $(BERTH)"
	@$(SWIFT) build -c release --product berth

demo: build
	@scripts/demo $(BERTH)

test: parts lint
	@echo "building the program and its tests"
	@$(SWIFT) build -c release --build-tests
	@echo "running the tests"
	@$(SWIFT) test -c release --skip-build

keys: build
	@$(BERTH) schema --markdown > docs/scenario-keys.md

lint:
	@echo "checking the format"
	@$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

format:
	@$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

bench: build
	@scripts/bench $(BERTH)

leaks: parts
	@scripts/check-leaks

coverage: parts
	@scripts/coverage

clean:
	@rm -rf .build .build-*
