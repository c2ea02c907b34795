//! What the server lets a template say, and whether its template language can read it at all.
//!
//! The server looks at the rules as one JSON text, so a template may even begin in one value and
//! end in another. This module recognises the language; it renders nothing.

mod grammar;
mod lexer;
#[cfg(test)]
mod tests;
mod token;

/// Why the server refuses the templates in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TemplateFlaw {
    /// The template language cannot read it.
    #[error("template does not parse")]
    DoesNotParse,
    /// It says more than a name of the identity or the one helper, or says it unescaped.
    #[error("Template sanitization failed")]
    NotAllowed,
}

/// Checks all templates in `text`.
pub fn check(text: &str) -> Result<(), TemplateFlaw> {
    if !text.contains("{{") {
        return Ok(());
    }
    grammar::check(text)
}

/// Whether a template may start with this name.
fn is_allowed(name: &str) -> bool {
    name == "stripPrefix" || name.contains("identity.")
}
