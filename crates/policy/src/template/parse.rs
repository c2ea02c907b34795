//! Reads the tokens of a template into statements, as the grammar of Handlebars 4.7 (MIT) does.

use super::TemplateFault;
use super::lex::{Form, Token};
use crate::compile::is_blank;

/// A statement of a template.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Statement {
    /// Text to copy.
    Content(String),
    /// A value to put in.
    Value { call: Call, escaped: bool },
}

/// A name with what it is called with.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub callee: Path,
    pub parameters: Vec<Parameter>,
    /// The values of named parameters, which are evaluated and then ignored.
    pub named: Vec<Parameter>,
}

/// What a helper is called with.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Parameter {
    Path(Path),
    Call(Call),
    Text(String),
    /// A number, `true`, `false`, `null` or `undefined`.
    Word(String),
}

/// A name to look up.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path {
    /// It starts with `@`.
    pub data: bool,
    /// How many `..` it starts with.
    pub depth: usize,
    pub parts: Vec<String>,
    /// As the library writes it.
    pub original: String,
    /// Whether it was written as a single name.
    is_single: bool,
}

/// Reads statements and carries out what they say about blanks.
pub(super) fn statements(tokens: Vec<Token>) -> Result<Vec<Statement>, TemplateFault> {
    let mut parser = Parser {
        tokens: tokens.into_iter().peekable(),
        depth: 0,
    };
    let mut nodes = Vec::new();
    while let Some(node) = parser.node()? {
        nodes.push(node);
    }
    Ok(without_blanks(nodes))
}

/// A statement with what it does to the blanks before and after it.
struct Node {
    statement: Option<Statement>,
    eats_before: bool,
    eats_after: bool,
}

fn without_blanks(nodes: Vec<Node>) -> Vec<Statement> {
    let eats: Vec<(bool, bool)> = nodes
        .iter()
        .map(|node| (node.eats_before, node.eats_after))
        .collect();
    nodes
        .into_iter()
        .enumerate()
        .filter_map(|(at, node)| {
            let Some(Statement::Content(text)) = node.statement else {
                return node.statement;
            };
            let before = at.checked_sub(1).and_then(|at| eats.get(at));
            let eaten_by_before = before.is_some_and(|(_, after)| *after);
            let eaten_by_after = eats.get(at + 1).is_some_and(|(before, _)| *before);
            let mut text = text.as_str();
            if eaten_by_before {
                text = text.trim_start_matches(is_blank);
            }
            if eaten_by_after {
                text = text.trim_end_matches(is_blank);
            }
            Some(Statement::Content(text.to_owned()))
        })
        .collect()
}

/// Deeper nesting is not followed, so that no rule can exhaust the stack.
const DEPTH_MAX: usize = 50;

struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    depth: usize,
}

impl Parser {
    fn node(&mut self) -> Result<Option<Node>, TemplateFault> {
        let node = |statement, eats_before, eats_after| Node {
            statement,
            eats_before,
            eats_after,
        };
        match self.tokens.next() {
            Some(Token::Content(text)) => {
                Ok(Some(node(Some(Statement::Content(text)), false, false)))
            }
            Some(Token::Comment { before, after }) => Ok(Some(node(None, before, after))),
            Some(Token::Open { form, strip }) => {
                let call = self.call()?;
                match self.tokens.next() {
                    Some(Token::Close {
                        triple,
                        strip: after,
                    }) if triple == (form == Form::Triple) => {
                        let escaped = form == Form::Escaped;
                        let value = Statement::Value { call, escaped };
                        Ok(Some(node(Some(value), strip, after)))
                    }
                    _ => Err(TemplateFault::Invalid),
                }
            }
            Some(Token::End) | None => Ok(None),
            Some(_) => Err(TemplateFault::Invalid),
        }
    }

    /// A name, its parameters, its named parameters.
    fn call(&mut self) -> Result<Call, TemplateFault> {
        let callee = match self.simple()? {
            Parameter::Path(path) => path,
            Parameter::Text(text) | Parameter::Word(text) => Path {
                data: false,
                depth: 0,
                original: text.clone(),
                parts: vec![text],
                is_single: true,
            },
            Parameter::Call(_) => return Err(TemplateFault::Invalid),
        };
        let mut call = Call {
            callee,
            parameters: Vec::new(),
            named: Vec::new(),
        };
        loop {
            match self.tokens.peek() {
                Some(Token::Close { .. } | Token::CloseParameter) => return Ok(call),
                Some(_) => match self.parameter()? {
                    Item::Named(value) => call.named.push(value),
                    Item::Plain(value) if call.named.is_empty() => call.parameters.push(value),
                    Item::Plain(_) => return Err(TemplateFault::Invalid),
                },
                None => return Err(TemplateFault::Invalid),
            }
        }
    }

    fn parameter(&mut self) -> Result<Item, TemplateFault> {
        let is_name = matches!(self.tokens.peek(), Some(Token::Name { .. }));
        let value = self.value()?;
        if self.tokens.peek() != Some(&Token::Equals) {
            return Ok(Item::Plain(value));
        }
        let single = matches!(&value, Parameter::Path(path) if path.is_single);
        if !(is_name && single) {
            return Err(TemplateFault::Invalid);
        }
        self.tokens.next();
        self.value().map(Item::Named)
    }

    fn value(&mut self) -> Result<Parameter, TemplateFault> {
        if self.tokens.peek() != Some(&Token::OpenParameter) {
            return self.simple();
        }
        if self.depth == DEPTH_MAX {
            return Err(TemplateFault::Unsupported);
        }
        self.tokens.next();
        self.depth += 1;
        let call = self.call()?;
        self.depth -= 1;
        match self.tokens.next() {
            Some(Token::CloseParameter) => Ok(Parameter::Call(call)),
            _ => Err(TemplateFault::Invalid),
        }
    }

    fn simple(&mut self) -> Result<Parameter, TemplateFault> {
        match self.tokens.next() {
            Some(Token::Text(text)) => Ok(Parameter::Text(text)),
            Some(Token::Word(word)) => Ok(Parameter::Word(word)),
            Some(Token::At) => match self.tokens.next() {
                Some(Token::Name { name, literal }) => self.path(true, name, literal),
                _ => Err(TemplateFault::Invalid),
            },
            Some(Token::Name { name, literal }) => self.path(false, name, literal),
            _ => Err(TemplateFault::Invalid),
        }
    }

    fn path(
        &mut self,
        data: bool,
        first: String,
        literal: bool,
    ) -> Result<Parameter, TemplateFault> {
        let mut path = Path {
            data,
            depth: 0,
            parts: Vec::new(),
            original: if data { "@".into() } else { String::new() },
            is_single: true,
        };
        path.step(first, literal)?;
        while let Some(Token::Separator(separator)) = self.tokens.peek() {
            path.is_single = false;
            path.original.push(*separator);
            self.tokens.next();
            match self.tokens.next() {
                Some(Token::Name { name, literal }) => path.step(name, literal)?,
                _ => return Err(TemplateFault::Invalid),
            }
        }
        Ok(Parameter::Path(path))
    }
}

/// A parameter of a call.
enum Item {
    Plain(Parameter),
    Named(Parameter),
}

impl Path {
    fn step(&mut self, name: String, literal: bool) -> Result<(), TemplateFault> {
        self.original.push_str(&name);
        if literal || !matches!(name.as_str(), "." | ".." | "this") {
            self.parts.push(name);
            return Ok(());
        }
        if !self.parts.is_empty() {
            return Err(TemplateFault::Invalid);
        }
        if name == ".." {
            self.depth += 1;
        }
        Ok(())
    }

    /// Whether it could name a helper: one part, not starting from `this` or above.
    pub fn is_helper_name(&self) -> bool {
        self.parts.len() == 1 && self.depth == 0 && !self.is_scoped()
    }

    /// The library looks for a leading dot, or for a word that ends in `this` anywhere.
    fn is_scoped(&self) -> bool {
        self.original.starts_with('.')
            || self.original.match_indices("this").any(|(at, word)| {
                let after = self.original.get(at + word.len()..).unwrap_or_default();
                !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            })
    }
}
