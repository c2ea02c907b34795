//! The handlers of commands about servers.

use std::path::PathBuf;

use chrono::TimeDelta;
use reeve_app::pull::{Extent, NewLink};
use reeve_app::reeve::Reeve;
use reeve_app::verify::Whom;
use reeve_domain::id::MemberId;
use reeve_domain::project::Semantics;
use reeve_policy::catalogue::Catalogue;

use crate::convert::{comparison, connection, remote as convert};
use crate::dto::comparison::{ComparisonList, VerifyRequest};
use crate::dto::connection::{
    BrowserSignInRequest, ConnectRequest, ConnectionList, ConnectionView, RemoteProject,
    RemoteProjects, SignedOut,
};
use crate::dto::remote::{
    Begun, ChangeLinkRequest, ChosenSemantics, LinkRequest, PullChangesAnswer, PullRequest,
    RemoteStatus,
};
use crate::error::ApiError;

/// The link of the open project and what is under way. Without a workspace there is no link.
pub fn status(reeve: &Reeve) -> Result<RemoteStatus, ApiError> {
    let link = reeve.link().ok().flatten();
    let connections = if link.is_some() {
        reeve.connections()?
    } else {
        Vec::new()
    };
    Ok(RemoteStatus {
        operation: reeve.operation().as_ref().map(convert::operation),
        link: link.map(|(link, last)| {
            let connection = connections
                .iter()
                .find(|(one, _)| one.id == link.connection);
            convert::link(&link, last.as_ref(), connection)
        }),
    })
}

/// Every connection.
pub fn connections(reeve: &Reeve) -> Result<ConnectionList, ApiError> {
    Ok(ConnectionList {
        connections: reeve
            .connections()?
            .iter()
            .map(|(connection, standing)| connection::connection(connection, *standing))
            .collect(),
        keyring_trouble: reeve.keyring().err().map(connection::keyring_trouble),
    })
}

/// Makes a connection.
pub fn connect(reeve: &Reeve, request: ConnectRequest) -> Result<ConnectionView, ApiError> {
    let new = connection::new_connection(request.connection);
    let connection = reeve.connect(&new, &connection::proof(request.proof))?;
    Ok(connection::connection(
        &connection,
        reeve_app::connection::Standing::SignedIn,
    ))
}

/// Begins a sign-in in the browser.
pub fn connect_in_browser(reeve: &Reeve, request: BrowserSignInRequest) -> Result<Begun, ApiError> {
    let new = connection::new_connection(request.connection);
    let operation = reeve.connect_in_browser(&new)?;
    Ok(Begun { operation })
}

/// Signs out.
pub fn sign_out(reeve: &Reeve, connection: &str) -> Result<SignedOut, ApiError> {
    Ok(connection::signed_out(&reeve.sign_out(connection)?))
}

/// The projects of a connection.
pub fn projects(reeve: &Reeve, connection: &str) -> Result<RemoteProjects, ApiError> {
    let projects = reeve
        .remote_projects(connection)?
        .into_iter()
        .map(|head| RemoteProject {
            id: head.id,
            name: head.name,
            slug: head.slug,
            kind: head.kind,
        })
        .collect();
    Ok(RemoteProjects { projects })
}

/// Begins to link a project.
pub fn link_project(reeve: &Reeve, request: LinkRequest) -> Result<Begun, ApiError> {
    let operation = reeve.begin_link(&NewLink {
        connection: request.connection,
        project: request.project,
        path: request.path.map(PathBuf::from),
        secret_names: request.secret_names,
    })?;
    Ok(Begun { operation })
}

/// Begins a pull.
pub fn pull(reeve: &Reeve, request: &PullRequest) -> Result<Begun, ApiError> {
    let extent = if request.everything {
        Extent::Everything
    } else {
        Extent::Changed
    };
    let operation = reeve.begin_pull(extent)?;
    Ok(Begun { operation })
}

/// What the last pull changed.
pub fn pull_changes(reeve: &Reeve) -> Result<PullChangesAnswer, ApiError> {
    let changes = reeve.pull_changes()?;
    Ok(PullChangesAnswer {
        changes: changes.as_ref().map(convert::pull_changes),
    })
}

/// Changes what is pulled and when.
pub fn change_link(reeve: &Reeve, request: ChangeLinkRequest) -> Result<(), ApiError> {
    if let Some(connection) = &request.connection {
        reeve.connection(connection)?;
    }
    Ok(reeve.change_link(|link| {
        if let Some(secret_names) = request.secret_names {
            link.secret_names = secret_names;
        }
        if let Some(minutes) = request.every_minutes {
            link.every_minutes = (minutes > 0).then_some(minutes);
        }
        match request.semantics {
            None => {}
            Some(ChosenSemantics::Proposed) => link.chosen = None,
            Some(ChosenSemantics::ForbidWins) => link.chosen = Some(Semantics::ForbidWins),
            Some(ChosenSemantics::LastMatch) => link.chosen = Some(Semantics::LastMatch),
        }
        if let Some(connection) = request.connection {
            link.connection = connection;
        }
    })?)
}

/// Begins a comparison.
pub fn verify(reeve: &Reeve, request: VerifyRequest) -> Result<Begun, ApiError> {
    let whom = request
        .member
        .map_or(Whom::All, |member| Whom::One(MemberId::from(member)));
    let operation = reeve.begin_verify(&whom)?;
    Ok(Begun { operation })
}

/// What the last comparison found.
pub fn comparisons(reeve: &Reeve) -> ComparisonList {
    let skew = reeve
        .link()
        .ok()
        .flatten()
        .and_then(|(_, last)| last)
        .map_or_else(TimeDelta::zero, |last| last.skew);
    // Without a project nothing was compared.
    let edition = reeve.project().map(|project| project.catalogue);
    let catalogue = Catalogue::of(edition.unwrap_or_default());
    comparison::comparisons(reeve.comparisons().as_ref(), skew, catalogue)
}
