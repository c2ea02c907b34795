//! The tokens of the template language.

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// Text outside templates.
    Content,
    /// `{{! … }}`
    Comment,
    /// `{{`, or `{{&` (not escaped), or `{{*` (a decorator)
    Open {
        /// Whether the value is escaped.
        escaped: bool,
        /// Whether it is a decorator.
        decorator: bool,
    },
    /// `}}`
    Close,
    /// `{{{`
    OpenUnescaped,
    /// `}}}`
    CloseUnescaped,
    /// `{{#`, or `{{#*` (a decorator)
    OpenBlock {
        /// Whether it is a decorator.
        decorator: bool,
    },
    /// `{{/`
    OpenEndBlock,
    /// `{{^}}` or `{{else}}`
    Inverse,
    /// `{{^`
    OpenInverse,
    /// `{{else`
    OpenInverseChain,
    /// `{{>`
    OpenPartial,
    /// `{{#>`
    OpenPartialBlock,
    /// `{{{{`
    OpenRawBlock,
    /// `}}}}`
    CloseRawBlock,
    /// `{{{{/name}}}}`, with the name
    EndRawBlock(String),
    /// `(`
    OpenCall,
    /// `)`
    CloseCall,
    /// `=`
    Equals,
    /// A name, `.` or `..`, without the brackets of `[a name]`; `true` if it had them.
    Name(String, bool),
    /// `.` or `/` between names
    Separator(char),
    /// A string without its quotes
    Text(String),
    /// A number
    Number(f64),
    /// `true` or `false`
    Bool(bool),
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// `@`
    AtSign,
    /// `as |`
    OpenBlockParams,
    /// `|`
    CloseBlockParams,
    /// Anything else
    Invalid,
}
