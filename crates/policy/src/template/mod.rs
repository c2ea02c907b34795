//! Renders the templates in rules for one actor, as the server does.
//!
//! The server writes all rules of an actor as JSON, has Handlebars 4.7 fill in the text and reads
//! it back. This module follows that for everything a template in a rule can be: names, the
//! `stripPrefix` helper, comments, control of blanks, escaped braces. Blocks, partials, decorators,
//! raw blocks and Handlebars' own helpers are refused as unsupported; the server refuses to store
//! them too. It knows nothing about rules.

mod lex;
mod parse;
mod render;

use reeve_domain::value::Value;

use crate::assemble::ActorFacts;

/// A text with its templates filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendering {
    /// The text.
    pub text: String,
    /// Names that had no value, in order.
    pub unresolved: Vec<UnresolvedName>,
    /// Whether the text depends on something that nobody told.
    pub doubtful: bool,
    /// Whether text after it could change how it is read.
    pub open_ended: bool,
}

/// A name in a template that had no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnresolvedName {
    /// The name, such as `identity.metadata.team`.
    pub path: String,
    /// What became of it.
    pub reason: UnresolvedReason,
}

/// What became of a name that had no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnresolvedReason {
    /// The server leaves the template as it stands.
    LeftAsWritten,
    /// The server puts nothing in its place.
    RenderedEmpty,
    /// The value depends on the actor's token, which nobody told.
    NotTold,
}

/// Why rules cannot be rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateFault {
    /// A template is not valid; the server answers every request of this actor with an error.
    Invalid,
    /// A value broke the JSON of the rules; the server answers with an error.
    BrokenJson,
    /// The template uses what is not reproduced here.
    Unsupported,
    /// The rules as a whole depend on something that nobody told.
    DependsOnUnknown,
}

/// Whether a value holds a template anywhere.
pub fn has_template(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.contains("{{"),
        Value::List(items) => items.iter().any(has_template),
        Value::Object(object) => object
            .iter()
            .any(|(key, value)| key.contains("{{") || has_template(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Fills in the templates of `text` for `actor`. Values are put in as the server does: escaped for
/// HTML, not for JSON.
pub fn render(text: &str, actor: &ActorFacts) -> Result<Rendering, TemplateFault> {
    let read = lex::tokens(text)?;
    let statements = parse::statements(read.tokens)?;
    let rendering = render::run(&statements, actor)?;
    Ok(Rendering {
        open_ended: read.open_ended,
        ..rendering
    })
}
