# Reeve: `make run` opens the app on a sample project, `make test` checks everything.
# Both install what they need (apt, npm, cargo) on Debian 12, Ubuntu 24.04 and newer.

.DEFAULT_GOAL := help
.PHONY: help run dev test bench fuzz package bindings format

help: ## Show the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

run: ## Build the app and open it on the sample project
	@scripts/run.sh

dev: ## The same with hot reload of the window's pages
	@scripts/dev.sh

test: ## Set up, then run every check and test
	@scripts/test.sh

bench: ## Print what the fast paths cost, as ratios
	@scripts/bench.sh

fuzz: ## Compare the judge with the server's own libraries until interrupted
	@scripts/fuzz.sh

package: ## Build the .deb and .rpm packages
	@scripts/package.sh

bindings: ## Write the TypeScript twin of the command table
	@cargo run --quiet --package reeve-tests --bin bindings

format: ## Format everything
	@cargo fmt && cd ui && npx prettier --write --log-level warn .
