//! Commands about servers: connections, linked projects, pulling and comparing.

use std::path::PathBuf;

use super::Core;
use crate::dto::common::Nothing;
use crate::dto::comparison::{ComparisonList, VerifyRequest};
use crate::dto::connection::{
    BrowserSignInRequest, ConnectRequest, ConnectionList, ConnectionRequest, ConnectionView,
    RemoteProjects, SignedOut,
};
use crate::dto::remote::{
    Begun, ChangeLinkRequest, DuplicateRequest, LinkRequest, OperationRequest, PullChangesAnswer,
    PullRequest, RemoteStatus,
};
use crate::dto::workspace::WorkspaceStatus;
use crate::error::ApiError;
use crate::remote;

impl Core {
    pub(crate) fn remote_status(&self, _: Nothing) -> Result<RemoteStatus, ApiError> {
        remote::status(&self.reeve)
    }

    pub(crate) fn connections(&self, _: Nothing) -> Result<ConnectionList, ApiError> {
        remote::connections(&self.reeve)
    }

    pub(crate) fn connect(&self, request: ConnectRequest) -> Result<ConnectionView, ApiError> {
        remote::connect(&self.reeve, request)
    }

    pub(crate) fn connect_in_browser(
        &self,
        request: BrowserSignInRequest,
    ) -> Result<Begun, ApiError> {
        remote::connect_in_browser(&self.reeve, request)
    }

    pub(crate) fn sign_out(&self, request: ConnectionRequest) -> Result<SignedOut, ApiError> {
        remote::sign_out(&self.reeve, &request.connection)
    }

    pub(crate) fn remove_connection(
        &self,
        request: ConnectionRequest,
    ) -> Result<Nothing, ApiError> {
        self.reeve.remove_connection(&request.connection)?;
        Ok(Nothing {})
    }

    pub(crate) fn remote_projects(
        &self,
        request: ConnectionRequest,
    ) -> Result<RemoteProjects, ApiError> {
        remote::projects(&self.reeve, &request.connection)
    }

    pub(crate) fn link_project(&self, request: LinkRequest) -> Result<Begun, ApiError> {
        remote::link_project(&self.reeve, request)
    }

    pub(crate) fn pull(&self, request: PullRequest) -> Result<Begun, ApiError> {
        remote::pull(&self.reeve, &request)
    }

    pub(crate) fn cancel_operation(&self, request: OperationRequest) -> Result<Nothing, ApiError> {
        self.reeve.cancel(&request.operation);
        Ok(Nothing {})
    }

    pub(crate) fn dismiss_operation(&self, request: OperationRequest) -> Result<Nothing, ApiError> {
        self.reeve.dismiss(&request.operation);
        Ok(Nothing {})
    }

    pub(crate) fn pull_changes(&self, _: Nothing) -> Result<PullChangesAnswer, ApiError> {
        remote::pull_changes(&self.reeve)
    }

    pub(crate) fn change_link(&self, request: ChangeLinkRequest) -> Result<Nothing, ApiError> {
        remote::change_link(&self.reeve, request)?;
        Ok(Nothing {})
    }

    pub(crate) fn duplicate_as_local(
        &self,
        request: DuplicateRequest,
    ) -> Result<WorkspaceStatus, ApiError> {
        self.reeve
            .duplicate_as_local(&PathBuf::from(request.path), &request.name)?;
        self.workspace_status(Nothing {})
    }

    pub(crate) fn verify(&self, request: VerifyRequest) -> Result<Begun, ApiError> {
        remote::verify(&self.reeve, request)
    }

    pub(crate) fn comparisons(&self, _: Nothing) -> Result<ComparisonList, ApiError> {
        Ok(remote::comparisons(&self.reeve))
    }
}
