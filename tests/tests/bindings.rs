//! The TypeScript types in the repository are those of the command table.

#[test]
fn the_stored_bindings_are_those_of_the_command_table() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(reeve_api::export::BINDINGS_PATH);
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == reeve_api::export::typescript(),
        "{} is stale; run `make bindings`",
        reeve_api::export::BINDINGS_PATH
    );
}
