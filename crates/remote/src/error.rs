//! What can go wrong between here and the server, in the words of whoever has to put it right.

use std::time::Duration;

/// Why the server gave no usable answer. Nothing was changed by asking.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// Nobody listens there, or the name is not known.
    #[error("`{host}` cannot be reached: {why}")]
    Unreachable {
        /// The host that was tried.
        host: String,
        /// What the system said.
        why: String,
    },
    /// The certificate of the server is signed by nobody this machine trusts.
    #[error("the certificate of `{host}` is not trusted")]
    UntrustedCertificate {
        /// The host.
        host: String,
    },
    /// The file of the own certificate authority holds no certificate.
    #[error("the certificate file cannot be used: {why}")]
    BadCertificateFile {
        /// What is wrong with it.
        why: String,
    },
    /// The answer did not come in time.
    #[error("`{host}` did not answer in time")]
    TimedOut {
        /// The host.
        host: String,
    },
    /// The connection ended in the middle of an answer.
    #[error("the connection to `{host}` broke")]
    Broken {
        /// The host.
        host: String,
    },
    /// The server sends us to another machine, which must not see the token.
    #[error("the server redirects to `{to}`, where the token must not go")]
    RedirectRefused {
        /// The origin it names.
        to: String,
    },
    /// Something that is no JSON: mostly a web page of a proxy or a sign-in wall.
    #[error("`{host}` answered with {content} instead of data")]
    NotJson {
        /// The host.
        host: String,
        /// What it sent, such as `a web page`.
        content: String,
    },
    /// JSON of another form than this build knows.
    #[error("the answer to {what} is not of the form that Reeve knows: {why}")]
    NotUnderstood {
        /// What was asked for, such as `the list of roles`.
        what: String,
        /// Where reading stopped, without the values.
        why: String,
    },
    /// More than anybody sends in one answer.
    #[error("the answer to {what} is larger than {limit} MB")]
    TooLarge {
        /// What was asked for.
        what: String,
        /// The limit in megabytes.
        limit: u64,
    },
    /// The token has expired.
    #[error("the sign-in has expired")]
    TokenExpired,
    /// The token is not accepted for another reason.
    #[error("the server does not accept the token: {message}")]
    TokenRefused {
        /// The server's words.
        message: String,
    },
    /// The credentials are wrong, locked or used up.
    #[error("the server refused the sign-in: {message}")]
    SignInRefused {
        /// The server's words.
        message: String,
    },
    /// The caller lacks a permission.
    #[error("`{action}` on `{subject}` is not allowed")]
    Denied {
        /// The action that is missing, such as `read`.
        action: String,
        /// The subject it is missing on, such as `member`.
        subject: String,
    },
    /// The route is for the other kind of token.
    #[error("this is open to {open_to} only")]
    WrongToken {
        /// Who may call it, such as `signed-in users`.
        open_to: &'static str,
    },
    /// The plan of the server does not include it.
    #[error("the plan of the server does not include it: {message}")]
    NotInPlan {
        /// The server's words.
        message: String,
    },
    /// The caller is not in the project.
    #[error("the server does not count you among the members of this project")]
    NotInProject,
    /// The thing is not there, or not for this caller.
    #[error("the server does not find it: {message}")]
    NotFound {
        /// The server's words.
        message: String,
    },
    /// The server is too old or too new for this route.
    #[error("this server does not know {what}")]
    NoSuchRoute {
        /// What was asked for.
        what: String,
    },
    /// The server does not accept the request.
    #[error("the server refused the request: {message}")]
    Refused {
        /// The server's words.
        message: String,
    },
    /// Too many requests, also after waiting as long as the server asked.
    #[error("the server asks to slow down")]
    Throttled {
        /// How long it asked to wait.
        wait: Option<Duration>,
    },
    /// The server failed, several times in a row.
    #[error("the server failed with {status}")]
    ServerFailed {
        /// The status.
        status: u16,
    },
    /// The lists kept changing while they were read.
    #[error("{what} changed while it was read, several times in a row")]
    KeptChanging {
        /// Which list.
        what: String,
    },
    /// It was called off.
    #[error("it was cancelled")]
    Cancelled,
}

impl FetchError {
    /// What can be done about it, as a sentence.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => {
                "Check the address, the network, and whether the server is running."
            }
            Self::UntrustedCertificate { .. } => {
                "If it comes from an authority of your own, give the connection the certificate file of that authority."
            }
            Self::BadCertificateFile { .. } => {
                "Choose a PEM file that begins with `-----BEGIN CERTIFICATE-----`."
            }
            Self::TimedOut { .. } | Self::Broken { .. } => {
                "Try again; if it stays, the server or the network is overloaded."
            }
            Self::RedirectRefused { .. } => {
                "If the server has moved, change the address of the connection."
            }
            Self::NotJson { .. } => {
                "Check the address: a proxy or a sign-in page may stand before the server."
            }
            Self::NotUnderstood { .. } => {
                "The server may be newer than Reeve. Update Reeve, or report this."
            }
            Self::TooLarge { .. } => "Check the address: this is not what the server should send.",
            Self::TokenExpired | Self::TokenRefused { .. } => "Sign in again.",
            Self::SignInRefused { .. } => {
                "Check the client id and the client secret; after several wrong ones the server locks them for some minutes."
            }
            Self::Denied { .. } => {
                "Ask an admin of the project for this permission, or go on without it."
            }
            Self::WrongToken { .. } => "Sign in as a user in the browser to see it.",
            Self::NotInPlan { .. } => {
                "Upgrade the Infisical plan of the organization, or go on without it."
            }
            Self::NotInProject => "Ask an admin to add you to the project.",
            Self::NotFound { .. } => "It may have been removed. Look at the list again.",
            Self::NoSuchRoute { .. } => "Update the server, or go on without it.",
            Self::Refused { .. } => "Change what the server names, then try again.",
            Self::Throttled { .. } => "Wait a minute, then try again.",
            Self::ServerFailed { .. } => "Try again; if it stays, look at the server's own log.",
            Self::KeptChanging { .. } => "Try again when fewer changes are under way.",
            Self::Cancelled => "Nothing was changed.",
        }
    }

    /// Whether the same request may succeed later without anybody changing anything.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. }
                | Self::TimedOut { .. }
                | Self::Broken { .. }
                | Self::Throttled { .. }
                | Self::ServerFailed { .. }
                | Self::KeptChanging { .. }
                | Self::Cancelled
        )
    }

    /// Whether signing in again is what helps.
    pub fn needs_sign_in(&self) -> bool {
        matches!(
            self,
            Self::TokenExpired | Self::TokenRefused { .. } | Self::SignInRefused { .. }
        )
    }

    /// Whether the caller may simply not see this, while the rest can go on.
    pub fn hides(&self) -> bool {
        matches!(
            self,
            Self::Denied { .. }
                | Self::WrongToken { .. }
                | Self::NotInPlan { .. }
                | Self::NoSuchRoute { .. }
        )
    }
}
