//! Connections to servers: how they stand, how one signs in and out, and which projects they see.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where secrets are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Keeping {
    /// In the keyring of the operating system.
    Keyring,
    /// In memory, until Reeve ends.
    Session,
}

/// How to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SignInMethod {
    /// A machine identity by Universal Auth.
    UniversalAuth,
    /// A person, in the browser.
    Browser,
    /// A token that somebody had already.
    Token,
}

/// A connection to a server.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionView {
    /// Its id.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// Where the server is.
    pub address: String,
    /// The file with certificates of an own authority.
    pub certificate: Option<String>,
    /// How to sign in.
    pub method: SignInMethod,
    /// The client id of a machine identity.
    pub client_id: Option<String>,
    /// Where its secrets are.
    pub keeping: Keeping,
    /// Who signed in last.
    pub who: String,
    /// Whether there is a sign-in to use.
    pub signed_in: bool,
    /// What keeps the keyring from saying.
    pub trouble: Option<String>,
}

/// All connections.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionList {
    /// The connections, by name.
    pub connections: Vec<ConnectionView>,
    /// Why secrets cannot be kept on this machine, if they cannot.
    pub keyring_trouble: Option<Trouble>,
}

/// Something that is wrong, with a way out.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Trouble {
    /// What is wrong.
    pub message: String,
    /// What can be done about it.
    pub remedy: String,
}

/// A connection to make, or to sign in again.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectionDraft {
    /// The connection to sign in again; `null` makes a new one.
    pub id: Option<String>,
    /// The name shown; the server's host if it is empty.
    pub name: String,
    /// Where the server is.
    pub address: String,
    /// The file with certificates of an own authority.
    pub certificate: Option<String>,
    /// Where secrets shall be kept.
    pub keeping: Keeping,
}

/// Makes a connection by signing in.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectRequest {
    /// The connection.
    pub connection: ConnectionDraft,
    /// What proves who signs in.
    pub proof: Proof,
}

/// What proves who signs in. It goes to the server and into the keyring, nowhere else.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Proof {
    /// A machine identity.
    #[serde(rename_all = "camelCase")]
    UniversalAuth {
        /// Says which.
        client_id: String,
        /// Proves it.
        client_secret: String,
    },
    /// A token that somebody has already.
    Token {
        /// The token.
        token: String,
    },
    /// What the sign-in page shows to be pasted.
    Pasted {
        /// The text.
        text: String,
    },
}

/// Begins a sign-in in the browser.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BrowserSignInRequest {
    /// The connection.
    pub connection: ConnectionDraft,
}

/// Names a connection.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConnectionRequest {
    /// Its id.
    pub connection: String,
}

/// What became of a sign-in.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignedOut {
    /// What happened, as a sentence.
    pub sentence: String,
    /// Whether the server has revoked the token, or it had ended already.
    pub revoked: bool,
}

/// A project of a server.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoteProject {
    /// Its id.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// The name on the wire.
    pub slug: String,
    /// What it is for, such as `secret-manager`.
    pub kind: String,
}

/// The projects that a connection can see.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoteProjects {
    /// The projects, by name.
    pub projects: Vec<RemoteProject>,
}
