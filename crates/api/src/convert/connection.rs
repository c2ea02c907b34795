//! Connections to servers in the window's words, and sign-ins out of them.

use reeve_app::connection::{self as app, FetchError, Revoked, Standing};
use reeve_app::secrets::{Secret, SecretsError};

use super::error::sentence;
use crate::dto::connection as dto;

/// A connection and how it stands.
pub fn connection(connection: &app::Connection, standing: Standing) -> dto::ConnectionView {
    let (method, client_id) = match &connection.method {
        app::Method::Universal { client_id } => {
            (dto::SignInMethod::UniversalAuth, Some(client_id.clone()))
        }
        app::Method::Browser => (dto::SignInMethod::Browser, None),
        app::Method::Token => (dto::SignInMethod::Token, None),
    };
    dto::ConnectionView {
        id: connection.id.clone(),
        name: connection.name.clone(),
        address: connection.address.clone(),
        certificate: connection
            .certificate
            .as_ref()
            .map(|path| path.display().to_string()),
        method,
        client_id,
        keeping: match connection.keeping {
            app::Keeping::Keyring => dto::Keeping::Keyring,
            app::Keeping::Session => dto::Keeping::Session,
        },
        who: connection.who.clone(),
        signed_in: standing == Standing::SignedIn,
        trouble: match standing {
            Standing::KeyringSilent(error) => Some(sentence(&error.to_string())),
            Standing::SignedIn | Standing::SignInNeeded => None,
        },
    }
}

/// Why secrets cannot be kept.
pub fn keyring_trouble(error: SecretsError) -> dto::Trouble {
    dto::Trouble {
        message: sentence(&error.to_string()),
        remedy: error.remedy().into(),
    }
}

/// A connection to make.
pub fn new_connection(draft: dto::ConnectionDraft) -> app::NewConnection {
    app::NewConnection {
        id: draft.id,
        name: draft.name,
        address: draft.address,
        certificate: draft
            .certificate
            .filter(|path| !path.trim().is_empty())
            .map(Into::into),
        keeping: match draft.keeping {
            dto::Keeping::Keyring => app::Keeping::Keyring,
            dto::Keeping::Session => app::Keeping::Session,
        },
    }
}

/// What proves who signs in.
pub fn proof(proof: dto::Proof) -> app::Proof {
    match proof {
        dto::Proof::UniversalAuth {
            client_id,
            client_secret,
        } => app::Proof::Universal {
            client_id,
            client_secret: Secret::new(client_secret),
        },
        dto::Proof::Token { token } => app::Proof::Token(Secret::new(token)),
        dto::Proof::Pasted { text } => app::Proof::Pasted(Secret::new(text)),
    }
}

/// What became of a sign-in.
pub fn signed_out(revoked: &Result<Revoked, FetchError>) -> dto::SignedOut {
    let (text, revoked) = match revoked {
        Ok(Revoked::Yes) => (
            "Signed out; the server has revoked the token.".to_owned(),
            true,
        ),
        Ok(Revoked::Already) => ("Signed out; the token had ended already.".to_owned(), true),
        Ok(Revoked::NotPossible) => (
            "Signed out here. This server cannot revoke the token; it ends by itself.".to_owned(),
            false,
        ),
        Err(error) => (
            format!("Signed out here, but the server was not told: {error}."),
            false,
        ),
    };
    dto::SignedOut {
        sentence: text,
        revoked,
    }
}
