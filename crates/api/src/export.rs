//! The TypeScript twin of the command table and its types, as one file.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

use ts_rs::{Config, TS, TypeVisitor};

use crate::command::{COMMANDS, visit_types};
use crate::dto::common::{Changed, Topic};
use crate::error::ApiError;

/// Where the file stands in the repository.
pub const BINDINGS_PATH: &str = "ui/src/api/generated/commands.ts";

/// The whole text of the file.
pub fn typescript() -> String {
    let config = Config::new().with_large_int("number");
    let mut declarations = Declarations {
        config: &config,
        seen: HashSet::new(),
        by_name: BTreeMap::new(),
    };
    let lines = visit_types(&config, &mut declarations);
    declarations.visit::<ApiError>();
    declarations.visit::<Changed>();
    declarations.visit::<Topic>();

    let mut text = String::from(
        "// Generated from the command table in crates/api by `make bindings`. Do not edit.\n\n",
    );
    for declaration in declarations.by_name.values() {
        text.push_str(declaration);
        text.push('\n');
    }
    text.push_str(
        "/** Every command with its request and its answer. */\nexport interface Commands {\n",
    );
    for line in lines {
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str("}\n\n");
    write_topics(&mut text);
    text
}

fn write_topics(text: &mut String) {
    text.push_str("/** What the answer of each command was made from. */\n");
    text.push_str("export const reads: Readonly<Record<keyof Commands, readonly Topic[]>> = {\n");
    for command in COMMANDS {
        let topics: Vec<String> = command
            .reads
            .iter()
            .filter_map(|topic| serde_json::to_string(topic).ok())
            .collect();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {}: [{}],", command.name, topics.join(", "));
    }
    text.push_str("};\n");
}

struct Declarations<'a> {
    config: &'a Config,
    seen: HashSet<TypeId>,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
        if T::output_path().is_none() {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        self.by_name.insert(
            T::ident(self.config),
            format!("{docs}export {}\n", T::decl(self.config)),
        );
    }
}
