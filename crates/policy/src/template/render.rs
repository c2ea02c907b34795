//! Carries out a template for one actor, as Handlebars 4.7 does with what the server gives it.

use reeve_domain::value::{Object, Value};

use super::parse::{Call, Parameter, Path, Statement};
use super::{Rendering, TemplateFault, UnresolvedName, UnresolvedReason};
use crate::assemble::{ActorFacts, Auth};

/// Carries out `statements` for `actor`.
pub(super) fn run(
    statements: &[Statement],
    actor: &ActorFacts,
) -> Result<Rendering, TemplateFault> {
    let mut renderer = Renderer {
        actor,
        rendering: Rendering {
            text: String::new(),
            unresolved: Vec::new(),
            doubtful: false,
            open_ended: false,
        },
    };
    for statement in statements {
        match statement {
            Statement::Content(text) => renderer.rendering.text.push_str(text),
            Statement::Value { call, escaped } => renderer.put(call, *escaped)?,
        }
    }
    Ok(renderer.rendering)
}

/// A value while a template is carried out.
#[derive(Debug, Clone)]
enum Thing<'a> {
    Undefined,
    /// The object that holds `identity`, and `identity` itself.
    Root,
    Identity,
    /// The object that holds `root`, reached by `@`.
    Data,
    Metadata,
    /// `identity.auth`, which the server hands out like metadata.
    Auth,
    /// `identity.auth` of a request that says nothing.
    NoAuth,
    /// What Handlebars passes to a helper after its parameters.
    Options,
    Text(String),
    Value(&'a Value),
    /// A number that is computed.
    Count(usize),
    Truth(bool),
    Null,
    Number(String),
    /// Something that nobody told.
    NotTold,
}

struct Renderer<'a> {
    actor: &'a ActorFacts,
    rendering: Rendering,
}

/// Names that Handlebars knows without being told. They come with blocks, which are not followed.
const BUILT_IN: &[&str] = &[
    "helperMissing",
    "blockHelperMissing",
    "each",
    "if",
    "unless",
    "with",
    "log",
    "lookup",
];

/// Helpers that only some servers have, and whose code is not public.
const NOT_REPRODUCED: &[&str] = &["trimSuffix"];

impl<'a> Renderer<'a> {
    fn put(&mut self, call: &Call, escaped: bool) -> Result<(), TemplateFault> {
        let value = self.value_of_statement(call)?;
        match &value {
            Thing::Undefined | Thing::Null | Thing::Value(Value::Null) => {
                self.unresolved(&named_path(call), UnresolvedReason::RenderedEmpty);
            }
            Thing::NotTold => {
                let literal = format!("{{{{{}}}}}", call.callee.original);
                self.rendering.text.push_str(&literal);
                return Ok(());
            }
            _ => {}
        }
        let text = printed(&value)?;
        if escaped {
            push_escaped(&mut self.rendering.text, &text);
        } else {
            self.rendering.text.push_str(&text);
        }
        Ok(())
    }

    fn value_of_statement(&mut self, call: &Call) -> Result<Thing<'a>, TemplateFault> {
        let bare = call.parameters.is_empty() && call.named.is_empty();
        if bare && !is_helper(&call.callee)? {
            return self.look_up(&call.callee, false);
        }
        self.call(call)
    }

    /// Calls a helper. Whatever is not one and not nothing cannot be called.
    fn call(&mut self, call: &Call) -> Result<Thing<'a>, TemplateFault> {
        let mut parameters = Vec::with_capacity(call.parameters.len());
        for parameter in &call.parameters {
            parameters.push(self.parameter(parameter)?);
        }
        for parameter in &call.named {
            self.parameter(parameter)?;
        }
        if is_helper(&call.callee)? {
            return strip_prefix(parameters);
        }
        let value = self.look_up(&call.callee, true)?;
        if matches!(value, Thing::NotTold) {
            return Ok(value);
        }
        if is_truthy(&value) || !parameters.is_empty() {
            return Err(TemplateFault::Invalid);
        }
        Ok(Thing::Undefined)
    }

    fn parameter(&mut self, parameter: &Parameter) -> Result<Thing<'a>, TemplateFault> {
        Ok(match parameter {
            Parameter::Text(text) => Thing::Text(text.clone()),
            Parameter::Word(word) => match word.as_str() {
                "true" => Thing::Truth(true),
                "false" => Thing::Truth(false),
                "null" => Thing::Null,
                "undefined" => Thing::Undefined,
                number => Thing::Number(number.to_owned()),
            },
            Parameter::Path(path) => {
                let value = self.look_up(path, false)?;
                if matches!(value, Thing::Undefined) {
                    self.unresolved(&path.original, UnresolvedReason::RenderedEmpty);
                }
                value
            }
            Parameter::Call(call) => self.call(call)?,
        })
    }

    /// Follows a path. `falsy` is how the library looks for something to call: it stops at what
    /// JavaScript takes for false, and not only at nothing.
    fn look_up(&mut self, path: &Path, falsy: bool) -> Result<Thing<'a>, TemplateFault> {
        let mut thing = match (path.data, path.depth) {
            (true, 0) => Thing::Data,
            (false, 0) => Thing::Root,
            _ => Thing::Undefined,
        };
        let falsy = falsy || path.data;
        for part in &path.parts {
            let stop = if falsy {
                !is_truthy(&thing)
            } else {
                matches!(
                    thing,
                    Thing::Undefined | Thing::Null | Thing::Value(Value::Null)
                )
            };
            if stop {
                return Ok(thing);
            }
            thing = self.member(&thing, part, path)?;
        }
        Ok(thing)
    }

    fn member(
        &mut self,
        thing: &Thing<'a>,
        name: &str,
        path: &Path,
    ) -> Result<Thing<'a>, TemplateFault> {
        let actor = self.actor;
        Ok(match (thing, name) {
            (Thing::Root, "identity") => Thing::Identity,
            (Thing::Data, "root") => Thing::Root,
            (Thing::Identity, "id") => Thing::Text(actor.id.as_str().to_owned()),
            (Thing::Identity, "username") => Thing::Text(actor.username.clone()),
            (Thing::Identity, "metadata") => Thing::Metadata,
            (Thing::Identity, "auth") => match actor.auth {
                Auth::Unknown => {
                    self.rendering.doubtful = true;
                    self.unresolved(&path.original, UnresolvedReason::NotTold);
                    Thing::NotTold
                }
                Auth::Known(_) => Thing::Auth,
                Auth::Absent => Thing::NoAuth,
            },
            (Thing::NotTold, _) => Thing::NotTold,
            (Thing::Metadata, name) => self.metadata(name),
            (Thing::Auth, name) => self.auth(name),
            (Thing::Text(text), name) => text_member(text, name)?,
            (Thing::Value(Value::Text(text)), name) => text_member(text, name)?,
            (Thing::Value(Value::Object(object)), name) => own(object, name),
            (Thing::Value(Value::List(items)), name) => list_member(items, name),
            (Thing::Options, _) => return Err(TemplateFault::Unsupported),
            _ => Thing::Undefined,
        })
    }

    /// The server hands metadata out through a dictionary that answers a missing key with the
    /// template that asked for it.
    fn metadata(&mut self, key: &str) -> Thing<'a> {
        if key == "__proto__" {
            return Thing::Undefined;
        }
        let found = self.actor.metadata.iter().rev().find(|(k, _)| k == key);
        match found {
            Some((_, value)) => Thing::Text(value.clone()),
            None => self.left_as_written("identity.metadata", key),
        }
    }

    /// The same dictionary, if the request says anything about the sign-in; else an empty object.
    fn auth(&mut self, key: &str) -> Thing<'a> {
        match &self.actor.auth {
            Auth::Known(_) if key == "__proto__" => Thing::Undefined,
            Auth::Known(object) => match object.get(key) {
                Some(value) => Thing::Value(value),
                None => self.left_as_written("identity.auth", key),
            },
            Auth::Absent | Auth::Unknown => Thing::Undefined,
        }
    }

    fn left_as_written(&mut self, dictionary: &str, key: &str) -> Thing<'a> {
        let path = format!("{dictionary}.{key}");
        self.unresolved(&path, UnresolvedReason::LeftAsWritten);
        Thing::Text(format!("{{{{{path}}}}}"))
    }

    fn unresolved(&mut self, path: &str, reason: UnresolvedReason) {
        self.rendering.unresolved.push(UnresolvedName {
            path: path.to_owned(),
            reason,
        });
    }
}

/// The name to blame for an empty value: the first parameter's, or the callee's.
fn named_path(call: &Call) -> String {
    call.callee.original.clone()
}

/// Whether a name is the helper that is reproduced.
fn is_helper(path: &Path) -> Result<bool, TemplateFault> {
    if path.data || !path.is_helper_name() {
        return Ok(false);
    }
    match path.parts.first().map(String::as_str) {
        Some("stripPrefix") => Ok(true),
        Some(name) if BUILT_IN.contains(&name) || NOT_REPRODUCED.contains(&name) => {
            Err(TemplateFault::Unsupported)
        }
        _ => Ok(false),
    }
}

/// The server's `stripPrefix`: the text without the prefix, if it starts with it.
fn strip_prefix(parameters: Vec<Thing<'_>>) -> Result<Thing<'_>, TemplateFault> {
    let mut parameters = parameters.into_iter();
    let text = parameters.next().unwrap_or(Thing::Options);
    // A missing prefix is where Handlebars puts its options; with no text either, nothing is.
    let prefix = match (&text, parameters.next()) {
        (_, Some(prefix)) => prefix,
        (Thing::Options, None) => Thing::Undefined,
        (_, None) => Thing::Options,
    };
    if matches!(text, Thing::NotTold) || matches!(prefix, Thing::NotTold) {
        return Ok(Thing::NotTold);
    }
    let text = if is_truthy(&text) {
        as_text(&text)?
    } else {
        String::new()
    };
    if text.is_empty() {
        return Ok(Thing::Text(text));
    }
    let (prefix, length) = match prefix {
        Thing::Text(prefix) => {
            let length = prefix.len();
            (prefix, length)
        }
        Thing::Value(Value::Text(prefix)) => (prefix.to_string(), prefix.len()),
        // These have no length, so nothing is taken off.
        Thing::Options => ("[object Object]".to_owned(), 0),
        Thing::Truth(_)
        | Thing::Number(_)
        | Thing::Count(_)
        | Thing::Value(Value::Bool(_) | Value::Number(_)) => (as_text(&prefix)?, 0),
        Thing::Null | Thing::Value(Value::Null) if text.starts_with("null") => {
            return Err(TemplateFault::Invalid);
        }
        Thing::Undefined if text.starts_with("undefined") => return Err(TemplateFault::Invalid),
        Thing::Null | Thing::Value(Value::Null) | Thing::Undefined => return Ok(Thing::Text(text)),
        _ => return Err(TemplateFault::Unsupported),
    };
    let stripped = text.strip_prefix(prefix.as_str()).filter(|_| length > 0);
    Ok(Thing::Text(match stripped {
        Some(rest) => rest.to_owned(),
        None => text,
    }))
}

fn own<'a>(object: &'a Object, name: &str) -> Thing<'a> {
    object.get(name).map_or(Thing::Undefined, Thing::Value)
}

fn list_member<'a>(items: &'a [Value], name: &str) -> Thing<'a> {
    if name == "length" {
        return Thing::Count(items.len());
    }
    crate::compile::is_array_index(name)
        .and_then(|at| items.get(at))
        .map_or(Thing::Undefined, Thing::Value)
}

fn text_member<'a>(text: &str, name: &str) -> Result<Thing<'a>, TemplateFault> {
    if name == "length" {
        return Ok(Thing::Count(text.encode_utf16().count()));
    }
    let unit = crate::compile::is_array_index(name).and_then(|at| text.encode_utf16().nth(at));
    match unit.map(|unit| char::from_u32(u32::from(unit))) {
        Some(Some(character)) => Ok(Thing::Text(character.to_string())),
        // Half a character, which text here cannot hold.
        Some(None) => Err(TemplateFault::Unsupported),
        None => Ok(Thing::Undefined),
    }
}

fn is_truthy(thing: &Thing<'_>) -> bool {
    match thing {
        Thing::Undefined | Thing::Null => false,
        Thing::Text(text) => !text.is_empty(),
        Thing::Value(value) => value.is_truthy(),
        Thing::Count(count) => *count != 0,
        Thing::Truth(truth) => *truth,
        Thing::Number(number) => number.parse::<f64>().is_ok_and(|n| n != 0.0),
        _ => true,
    }
}

/// What a value is put in as, before escaping.
fn printed(thing: &Thing<'_>) -> Result<String, TemplateFault> {
    match thing {
        Thing::Undefined | Thing::Null | Thing::Value(Value::Null) => Ok(String::new()),
        // The dictionaries answer every question with a text, also the library's own questions
        // about how to print them, and then it fails.
        Thing::Metadata | Thing::Auth => Err(TemplateFault::Invalid),
        other => as_text(other),
    }
}

/// `String(value)`.
fn as_text(thing: &Thing<'_>) -> Result<String, TemplateFault> {
    Ok(match thing {
        Thing::Undefined => "undefined".to_owned(),
        Thing::Null => "null".to_owned(),
        Thing::Text(text) => text.clone(),
        Thing::Count(count) => count.to_string(),
        Thing::Truth(truth) => truth.to_string(),
        Thing::Number(number) => number_text(number)?,
        Thing::Value(value) => value_text(value)?,
        Thing::Root | Thing::Identity | Thing::NoAuth | Thing::Data | Thing::Options => {
            "[object Object]".to_owned()
        }
        Thing::Metadata | Thing::Auth => return Err(TemplateFault::Invalid),
        Thing::NotTold => return Err(TemplateFault::Unsupported),
    })
}

fn value_text(value: &Value) -> Result<String, TemplateFault> {
    Ok(match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number_text(number)?,
        Value::Text(text) => text.to_string(),
        Value::List(items) => {
            let texts: Result<Vec<String>, TemplateFault> = items
                .iter()
                .map(|item| match item {
                    Value::Null => Ok(String::new()),
                    item => value_text(item),
                })
                .collect();
            texts?.join(",")
        }
        Value::Object(object) => {
            let hides = ["toString", "toHTML", "valueOf"];
            if hides.iter().any(|name| object.get(name).is_some()) {
                return Err(TemplateFault::Unsupported);
            }
            "[object Object]".to_owned()
        }
    })
}

/// A number as JavaScript writes it, within the range in which it writes no exponent.
fn number_text(written: &str) -> Result<String, TemplateFault> {
    let number: f64 = written.parse().map_err(|_| TemplateFault::Unsupported)?;
    if number == 0.0 {
        return Ok("0".to_owned());
    }
    if (1e-6..1e21).contains(&number.abs()) {
        Ok(number.to_string())
    } else {
        Err(TemplateFault::Unsupported)
    }
}

fn push_escaped(text: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\'' => text.push_str("&#x27;"),
            '`' => text.push_str("&#x60;"),
            '=' => text.push_str("&#x3D;"),
            other => text.push(other),
        }
    }
}
