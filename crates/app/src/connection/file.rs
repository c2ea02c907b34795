//! The file of connections in the data folder. It holds no secret.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Connection, Keeping, Method};
use crate::error::DeedError;

const FILE: &str = "connections.json";

/// The connections in the data folder.
pub fn read_connections(data: &Path) -> Result<Vec<Connection>, DeedError> {
    let text = match std::fs::read_to_string(data.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(_) => return Err(DeedError::ConnectionsFile),
    };
    let read: Value = serde_json::from_str(&text).map_err(|_| DeedError::ConnectionsFile)?;
    read.get("connections")
        .and_then(Value::as_array)
        .ok_or(DeedError::ConnectionsFile)?
        .iter()
        .map(|one| connection(one).ok_or(DeedError::ConnectionsFile))
        .collect()
}

/// Writes the connections beside the old file first, so that a full disk leaves the old one.
pub(super) fn write_connections(data: &Path, connections: &[Connection]) -> Result<(), DeedError> {
    let list: Vec<Value> = connections.iter().map(value).collect();
    let text = format!("{:#}\n", json!({"connections": list}));
    let write = || {
        std::fs::create_dir_all(data)?;
        let unfinished = data.join(format!("{FILE}.unfinished"));
        std::fs::write(&unfinished, text)?;
        std::fs::rename(unfinished, data.join(FILE))
    };
    write().map_err(|_: std::io::Error| DeedError::ConnectionsFile)
}

fn connection(value: &Value) -> Option<Connection> {
    let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
    Some(Connection {
        id: text("id")?,
        name: text("name")?,
        address: text("address")?,
        certificate: text("certificate").map(PathBuf::from),
        method: match text("method")?.as_str() {
            "universal-auth" => Method::Universal {
                client_id: text("clientId")?,
            },
            "browser" => Method::Browser,
            "token" => Method::Token,
            _ => return None,
        },
        keeping: match text("keeping")?.as_str() {
            "keyring" => Keeping::Keyring,
            "session" => Keeping::Session,
            _ => return None,
        },
        who: text("who").unwrap_or_default(),
    })
}

fn value(connection: &Connection) -> Value {
    let (method, client_id) = match &connection.method {
        Method::Universal { client_id } => ("universal-auth", Some(client_id)),
        Method::Browser => ("browser", None),
        Method::Token => ("token", None),
    };
    json!({
        "id": connection.id,
        "name": connection.name,
        "address": connection.address,
        "certificate": connection.certificate.as_ref().map(|path| path.to_string_lossy()),
        "method": method,
        "clientId": client_id,
        "keeping": match connection.keeping {
            Keeping::Keyring => "keyring",
            Keeping::Session => "session",
        },
        "who": connection.who,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_are_read_as_they_were_written() {
        let folder = std::env::temp_dir().join(format!("reeve-{}", crate::journal::new_id()));
        assert!(read_connections(&folder).unwrap().is_empty());
        let connections = [
            Connection {
                id: "a".into(),
                name: "Acme \"EU\"".into(),
                address: "https://eu.infisical.com".into(),
                certificate: Some("/etc/ca.pem".into()),
                method: Method::Universal {
                    client_id: "c".into(),
                },
                keeping: Keeping::Keyring,
                who: "ci".into(),
            },
            Connection {
                id: "b".into(),
                name: "b".into(),
                address: "https://x.example".into(),
                certificate: None,
                method: Method::Browser,
                keeping: Keeping::Session,
                who: String::new(),
            },
        ];
        write_connections(&folder, &connections).unwrap();
        assert_eq!(read_connections(&folder).unwrap(), connections);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
