//! What README and docs show is what the program prints. `TRYCMD=overwrite cargo test` rewrites them.

#[test]
fn shown_commands_print_what_is_shown() {
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).unwrap();
    remove_ledger_of_earlier_run();
    trycmd::TestCases::new().case("README.md").case("CONTRIBUTING.md").case("docs/*.md");
}

/// What `docs/ledger.md` fills: left over, it would answer for another version of the program.
fn remove_ledger_of_earlier_run() {
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("target/docs.sqlite{end}"));
    }
}
