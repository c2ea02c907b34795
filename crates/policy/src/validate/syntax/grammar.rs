//! Whether tokens make up a text the template language can read, and whether its templates are
//! ones the server lets in.
//!
//! Blocks and calls nest to any depth, so both are followed on a stack of our own.

use super::lexer::{Lexer, LexicalError};
use super::token::Token;
use super::{TemplateFlaw, is_allowed};

/// Checks `text`. A text that cannot be read is reported as such, whatever else it holds.
pub fn check(text: &str) -> Result<(), TemplateFlaw> {
    let mut parser = Parser {
        lexer: Lexer::new(text),
        ahead: Ahead::Unread,
        blocks: Vec::new(),
        refused: false,
    };
    match parser.program() {
        Ok(()) if parser.refused => Err(TemplateFlaw::NotAllowed),
        Ok(()) => Ok(()),
        Err(Unreadable) => Err(TemplateFlaw::DoesNotParse),
    }
}

struct Unreadable;

impl From<LexicalError> for Unreadable {
    fn from(_: LexicalError) -> Self {
        Self
    }
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    ahead: Ahead,
    blocks: Vec<OpenBlock>,
    refused: bool,
}

/// The token after the one at hand.
enum Ahead {
    Unread,
    Read(Option<Token>),
}

/// A block that is not closed yet.
struct OpenBlock {
    name: Callee,
    /// Whether `{{else …}}` may follow, which it may not after `{{^…}}` or a plain `{{else}}`.
    may_chain: bool,
    /// Whether `{{else}}` may follow.
    may_invert: bool,
}

/// What a template starts with, as the language compares it with the end of a block.
#[derive(PartialEq)]
enum Callee {
    /// A path or a string; `true` for a path.
    Named(String, bool),
    Number(f64),
    Bool(bool),
    Undefined,
    Null,
}

impl Callee {
    /// Whether the end of a block that names `other` ends a block that starts with this.
    fn closes_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Named(one, _), Self::Named(other, _)) => one == other,
            _ => self == other,
        }
    }
}

impl Parser<'_> {
    fn program(&mut self) -> Result<(), Unreadable> {
        while let Some(token) = self.advance()? {
            self.statement(&token)?;
        }
        if self.blocks.is_empty() {
            Ok(())
        } else {
            Err(Unreadable)
        }
    }

    fn statement(&mut self, token: &Token) -> Result<(), Unreadable> {
        match token {
            Token::Content => Ok(()),
            Token::Comment => {
                self.refuse();
                Ok(())
            }
            Token::Open { escaped, decorator } => {
                let callee = self.call(&Token::Close)?;
                let allowed = matches!(&callee, Callee::Named(name, true) if is_allowed(name));
                if !allowed || !*escaped || *decorator {
                    self.refuse();
                }
                Ok(())
            }
            Token::OpenUnescaped => {
                self.refuse();
                self.call(&Token::CloseUnescaped).map(drop)
            }
            Token::OpenPartial => {
                self.refuse();
                self.partial().map(drop)
            }
            Token::OpenRawBlock => self.raw_block(),
            _ => self.block_part(token),
        }
    }

    fn block_part(&mut self, token: &Token) -> Result<(), Unreadable> {
        match token {
            Token::OpenBlock { decorator } => {
                let name = self.block_call()?;
                self.open(name, !*decorator, !*decorator);
            }
            Token::OpenInverse => {
                let name = self.block_call()?;
                self.open(name, false, true);
            }
            Token::OpenPartialBlock => {
                let name = self.partial()?;
                self.open(name, false, false);
            }
            Token::OpenInverseChain => {
                self.block_call()?;
                self.innermost(|block| block.may_chain)?;
            }
            Token::Inverse => {
                let block = self.innermost(|block| block.may_invert)?;
                block.may_invert = false;
                block.may_chain = false;
            }
            Token::OpenEndBlock => {
                let name = self.callee()?;
                self.expect(&Token::Close)?;
                self.innermost(|block| block.name.closes_with(&name))?;
                self.blocks.pop();
            }
            _ => return Err(Unreadable),
        }
        Ok(())
    }

    fn open(&mut self, name: Callee, may_chain: bool, may_invert: bool) {
        self.refuse();
        self.blocks.push(OpenBlock {
            name,
            may_chain,
            may_invert,
        });
    }

    fn innermost(
        &mut self,
        fits: impl FnOnce(&OpenBlock) -> bool,
    ) -> Result<&mut OpenBlock, Unreadable> {
        self.blocks
            .last_mut()
            .filter(|block| fits(block))
            .ok_or(Unreadable)
    }

    fn raw_block(&mut self) -> Result<(), Unreadable> {
        self.refuse();
        let name = self.call(&Token::CloseRawBlock)?;
        loop {
            match self.advance()? {
                Some(Token::Content) => {}
                Some(Token::EndRawBlock(end)) => {
                    let closes = name.closes_with(&Callee::Named(end, false));
                    return if closes { Ok(()) } else { Err(Unreadable) };
                }
                _ => return Err(Unreadable),
            }
        }
    }

    fn partial(&mut self) -> Result<Callee, Unreadable> {
        let name = if self.eat(&Token::OpenCall)? {
            self.call(&Token::CloseCall)?;
            // A call has no name, and the language compares what is not there.
            Callee::Undefined
        } else {
            self.callee()?
        };
        self.arguments(&Token::Close)?;
        Ok(name)
    }

    fn block_call(&mut self) -> Result<Callee, Unreadable> {
        let name = self.callee()?;
        self.arguments(&Token::OpenBlockParams)?;
        Ok(name)
    }

    /// A callee with its arguments, up to `end`.
    fn call(&mut self, end: &Token) -> Result<Callee, Unreadable> {
        let callee = self.callee()?;
        self.arguments(end)?;
        Ok(callee)
    }

    /// Arguments and named arguments, up to `end`. If that is the start of block parameters, those
    /// may be missing, and the close belongs to it.
    fn arguments(&mut self, end: &Token) -> Result<(), Unreadable> {
        let mut calls = Vec::new();
        let mut named = false;
        loop {
            let token = self.advance()?.ok_or(Unreadable)?;
            if calls.is_empty() && token == *end {
                return match end {
                    Token::OpenBlockParams => self.block_params(),
                    _ => Ok(()),
                };
            }
            match token {
                Token::Close if calls.is_empty() && *end == Token::OpenBlockParams => {
                    return Ok(());
                }
                Token::CloseCall => named = calls.pop().ok_or(Unreadable)?,
                Token::Name(..) if self.peek()? == Some(&Token::Equals) => {
                    self.advance()?;
                    let value = self.advance()?.ok_or(Unreadable)?;
                    named = self.argument(value, true, &mut calls)?;
                }
                _ if named => return Err(Unreadable),
                token => named = self.argument(token, false, &mut calls)?,
            }
        }
    }

    /// One argument, of which `first` is read. Answers whether the call now open has got to its
    /// named arguments; `calls` keeps that for the calls around it.
    fn argument(
        &mut self,
        first: Token,
        named: bool,
        calls: &mut Vec<bool>,
    ) -> Result<bool, Unreadable> {
        if first == Token::OpenCall {
            self.callee()?;
            calls.push(named);
            return Ok(false);
        }
        self.callee_from(first)?;
        Ok(named)
    }

    fn block_params(&mut self) -> Result<(), Unreadable> {
        let mut names = 0;
        while let Some(token) = self.advance()? {
            match token {
                Token::Name(..) => names += 1,
                Token::CloseBlockParams if names > 0 => return self.expect(&Token::Close),
                _ => break,
            }
        }
        Err(Unreadable)
    }

    fn callee(&mut self) -> Result<Callee, Unreadable> {
        let first = self.advance()?.ok_or(Unreadable)?;
        self.callee_from(first)
    }

    fn callee_from(&mut self, first: Token) -> Result<Callee, Unreadable> {
        match first {
            Token::Text(text) => Ok(Callee::Named(text, false)),
            Token::Number(number) => Ok(Callee::Number(number)),
            Token::Bool(value) => Ok(Callee::Bool(value)),
            Token::Undefined => Ok(Callee::Undefined),
            Token::Null => Ok(Callee::Null),
            Token::AtSign => match self.advance()? {
                Some(Token::Name(name, literal)) => self.path("@", &name, literal),
                _ => Err(Unreadable),
            },
            Token::Name(name, literal) => self.path("", &name, literal),
            _ => Err(Unreadable),
        }
    }

    /// A path from its first name on. Only its first names may walk up.
    fn path(&mut self, sign: &str, name: &str, literal: bool) -> Result<Callee, Unreadable> {
        let walks = |name: &str, literal: bool| !literal && matches!(name, ".." | "." | "this");
        let mut walked_down = !walks(name, literal);
        let mut original = format!("{sign}{name}");
        while let Some(Token::Separator(separator)) = self.peek()? {
            let separator = *separator;
            self.advance()?;
            let Some(Token::Name(name, literal)) = self.advance()? else {
                return Err(Unreadable);
            };
            if !walks(&name, literal) {
                walked_down = true;
            } else if walked_down {
                return Err(Unreadable);
            }
            original.push(separator);
            original.push_str(&name);
        }
        Ok(Callee::Named(original, true))
    }

    /// Notes that a statement is not allowed, if it stands outside any block: the server looks no
    /// deeper, and refuses the block itself.
    fn refuse(&mut self) {
        self.refused = true;
    }

    fn expect(&mut self, token: &Token) -> Result<(), Unreadable> {
        if self.eat(token)? {
            Ok(())
        } else {
            Err(Unreadable)
        }
    }

    fn eat(&mut self, token: &Token) -> Result<bool, Unreadable> {
        let found = self.peek()? == Some(token);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn peek(&mut self) -> Result<Option<&Token>, Unreadable> {
        if matches!(self.ahead, Ahead::Unread) {
            self.ahead = Ahead::Read(self.lexer.next()?);
        }
        match &self.ahead {
            Ahead::Read(token) => Ok(token.as_ref()),
            Ahead::Unread => Ok(None),
        }
    }

    fn advance(&mut self) -> Result<Option<Token>, Unreadable> {
        match std::mem::replace(&mut self.ahead, Ahead::Unread) {
            Ahead::Read(token) => Ok(token),
            Ahead::Unread => Ok(self.lexer.next()?),
        }
    }
}
