//! A session that is linked to a test server.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::infisical::Infisical;
use crate::infisical::auth::issue;
use crate::infisical::world::{ADMIN, Caller, USER};
use crate::keyring::MemoryKeyring;
use crate::session::Session;

/// How long an operation may take before a test gives up.
const PATIENCE: Duration = Duration::from_mins(2);

/// A session with a keyring in memory.
pub struct Linked {
    /// The session.
    pub session: Session,
    /// Its keyring.
    pub keyring: Arc<MemoryKeyring>,
    /// The connection that was made last.
    pub connection: String,
}

impl Linked {
    /// A session that is not connected yet.
    pub fn unconnected() -> Self {
        let keyring = Arc::new(MemoryKeyring::default());
        Self {
            session: Session::on_sample_with(Arc::clone(&keyring) as _),
            keyring,
            connection: String::new(),
        }
    }

    /// A session that pulled the project of `server` as the identity that may see everything.
    pub fn as_admin(server: &Infisical) -> Self {
        Self::as_identity(server, ADMIN)
    }

    /// A session that pulled the project of `server` as the machine identity `id`.
    pub fn as_identity(server: &Infisical, id: &str) -> Self {
        let mut linked = Self::unconnected();
        linked.sign_in(server, id);
        linked.link(server);
        linked
    }

    /// A session that pulled the project of `server` as the user who may see everything.
    pub fn as_user(server: &Infisical) -> Self {
        let mut linked = Self::unconnected();
        let now = server.server().now();
        let token = issue(&mut server.world(), Caller::User(USER.into()), 3600, now);
        let proof = json!({"kind": "token", "token": token});
        linked.connect(&server.url(), &proof);
        linked.link(server);
        linked
    }

    /// Signs the machine identity `id` in.
    pub fn sign_in(&mut self, server: &Infisical, id: &str) {
        let proof = json!({"kind": "universalAuth", "clientId": id,
                           "clientSecret": format!("secret of {id}")});
        self.connect(&server.url(), &proof);
    }

    /// Makes a connection.
    pub fn connect(&mut self, address: &str, proof: &Value) {
        let made = self.session.call(
            "connect",
            json!({"connection": draft(address), "proof": proof}),
        );
        made["id"]
            .as_str()
            .expect("a connection has an id")
            .clone_into(&mut self.connection);
    }

    /// Pulls the project of `server` into a new workspace, which must succeed.
    #[track_caller]
    pub fn link(&self, server: &Infisical) {
        let ended = self.try_link(server);
        assert_eq!(ended["state"], "done", "{ended}");
    }

    /// Pulls the project of `server` into a new workspace.
    pub fn try_link(&self, server: &Infisical) -> Value {
        let project = server.world().project["id"].clone();
        self.try_link_to(&project)
    }

    /// Pulls the project with the id `project` into a new workspace.
    pub fn try_link_to(&self, project: &Value) -> Value {
        let begun = self.session.call(
            "link_project",
            json!({"connection": self.connection, "project": project, "path": null,
                   "secretNames": true}),
        );
        self.ended(&begun)
    }

    /// Pulls again, which must succeed.
    #[track_caller]
    pub fn pull(&self) {
        let ended = self.try_pull();
        assert_eq!(ended["state"], "done", "{ended}");
    }

    /// Pulls again.
    pub fn try_pull(&self) -> Value {
        let begun = self.session.call("pull", json!({"everything": false}));
        self.ended(&begun)
    }

    /// How the operation ended that has `begun`.
    pub fn ended(&self, begun: &Value) -> Value {
        let until = Instant::now() + PATIENCE;
        loop {
            let status = self.session.call("remote_status", json!({}));
            let operation = &status["operation"];
            if operation["id"] == begun["operation"] && !operation["ended"].is_null() {
                return operation["ended"].clone();
            }
            assert!(
                Instant::now() < until,
                "the operation does not end: {operation}"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The link of the open project.
    pub fn status(&self) -> Value {
        self.session.call("remote_status", json!({}))["link"].clone()
    }

    /// The open workspace file.
    pub fn file(&self) -> PathBuf {
        let status = self.session.call("workspace_status", json!({}));
        PathBuf::from(status["path"].as_str().expect("a workspace is open"))
    }
}

/// A connection to make.
pub fn draft(address: &str) -> Value {
    json!({"id": null, "name": "Test", "address": address, "certificate": null,
           "keeping": "keyring"})
}

/// A question to the simulator about one action on one subject.
pub fn question(member: &str, action: &str, subject: &str, environment: &str, path: &str) -> Value {
    json!({"who": {"kind": "member", "member": member},
           "what": {"kind": "action", "subject": subject, "action": action},
           "place": {"environment": environment, "secretPath": path, "secretName": "API_KEY",
                     "secretTags": []},
           "when": {"kind": "now"}, "semantics": null,
           "unsaved": {"roleDrafts": false, "privilege": null}})
}

/// The newest entries of the history.
pub fn whole_history() -> Value {
    json!({"member": null, "before": null, "limit": 200})
}
