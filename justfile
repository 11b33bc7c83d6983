# Every chore in one place. `just` lists them.

_list:
    @just --list

# Read the bundled sample article.
run *ARGS:
    cargo run --release -- {{ARGS}}

# All tests.
test:
    cargo test --workspace

# What CI checks before the tests.
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    cargo deny check licenses bans sources

# Score every task on corpora below DIR and rewrite gold/report/.
report DIR:
    cargo run --release -p legation-gold -- report gold/report --corpora {{DIR}}

# Rewrite generated docs after a change of commands, schema or rules.
bless:
    LEGATION_BLESS=1 cargo test --workspace

# The checks that take hours: fuzzing, each target for SECONDS, and an archive of ten thousand pages.
slow SECONDS="1800":
    .ci/slow {{SECONDS}}
