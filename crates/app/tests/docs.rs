//! What README and docs show is what the program prints. `TRYCMD=overwrite cargo test` rewrites them.

#[test]
fn shown_commands_print_what_is_shown() {
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).unwrap();
    trycmd::TestCases::new().case("README.md").case("CONTRIBUTING.md").case("docs/*.md");
}
