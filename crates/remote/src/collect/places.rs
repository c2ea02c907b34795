//! The project itself, its environments, folders and tags, and the names of its secrets.

use std::collections::BTreeSet;

use reeve_domain::project::{Environment, EnvironmentSlug, Folder, SecretName, Tag};

use super::{Collector, item};
use crate::client::Ask;
use crate::error::FetchError;
use crate::fetched::{Arrival, Kept, Kind, ProjectHead, Step};
use crate::wire::project as wire;

/// Reads a project from its raw text.
pub(crate) fn read_project(raw: &str) -> Result<(ProjectHead, Vec<Kept<Environment>>), FetchError> {
    let project: wire::Project = item("the project", raw)?;
    let environments = project
        .environments
        .iter()
        .map(|raw| {
            let environment: wire::Environment = item("an environment", raw.get())?;
            Ok(Kept {
                thing: Environment {
                    slug: EnvironmentSlug::new(environment.slug),
                    name: environment.name,
                },
                raw: raw.get().into(),
            })
        })
        .collect::<Result<_, FetchError>>()?;
    let head = ProjectHead {
        id: project.id,
        name: project.name,
        slug: project.slug,
        kind: project.kind.unwrap_or_default(),
        raw: raw.into(),
    };
    Ok((head, environments))
}

impl Collector<'_> {
    /// The slugs of its environments.
    pub(super) async fn project(&self) -> Result<Vec<EnvironmentSlug>, FetchError> {
        self.step(Step::Project, 0, Some(1));
        let answer: wire::ProjectAnswer = self
            .first_known(
                "the project",
                &[
                    format!("/api/v1/projects/{}", self.project),
                    format!("/api/v1/workspace/{}", self.project),
                ],
            )
            .await?;
        self.step(Step::Project, 1, Some(1));
        let (project, environments) = read_project(answer.project.get())?;
        self.give(Arrival::Project(project)).await?;
        let slugs = environments.iter().map(|e| e.thing.slug.clone()).collect();
        for environment in environments {
            self.give(Arrival::Environment(environment)).await?;
        }
        Ok(slugs)
    }

    pub(super) async fn folders(&self, environments: &[EnvironmentSlug]) -> Result<(), FetchError> {
        let slugs = environments.iter().collect();
        self.for_each(Step::Folders, slugs, |slug| self.folders_of(slug))
            .await
    }

    async fn folders_of(&self, environment: &EnvironmentSlug) -> Result<(), FetchError> {
        let ask = |path: &str, key: &'static str| {
            Ask::get("the folders", path.into())
                .with(key, self.wanted.project.as_str())
                .with("environment", environment.as_str())
                .with("path", "/")
                .with("recursive", "true")
        };
        let asked: Result<wire::FolderList, _> =
            self.unless_known(ask("/api/v2/folders", "projectId")).await;
        let asked = match asked {
            Err(FetchError::NoSuchRoute { .. }) => {
                self.unless_known(ask("/api/v1/folders", "workspaceId"))
                    .await
            }
            other => other,
        };
        let root = Folder {
            environment: environment.clone(),
            path: "/".to_owned(),
        };
        let mut paths = BTreeSet::from(["/".to_owned()]);
        self.give(Arrival::Folder(Kept {
            thing: root,
            raw: Box::from(""),
        }))
        .await?;
        let list = self.seen(Kind::Folders, asked)?;
        for raw in list.map(|list| list.folders).unwrap_or_default() {
            let folder: wire::Folder = item("a folder", raw.get())?;
            let Some(path) = folder.relative_path else {
                continue;
            };
            if folder.is_reserved == Some(true) {
                continue;
            }
            if paths.insert(path.clone()) {
                let thing = Folder {
                    environment: environment.clone(),
                    path,
                };
                let raw = raw.into();
                self.give(Arrival::Folder(Kept { thing, raw })).await?;
            }
        }
        Ok(())
    }

    pub(super) async fn tags(&self) -> Result<(), FetchError> {
        self.step(Step::Tags, 0, Some(1));
        let asked: Result<wire::TagList, _> = self
            .first_known(
                "the tags",
                &[
                    format!("/api/v1/projects/{}/tags", self.project),
                    format!("/api/v1/workspace/{}/tags", self.project),
                ],
            )
            .await;
        let tags = self.seen(Kind::Tags, asked)?.map(|list| list.tags);
        self.step(Step::Tags, 1, Some(1));
        for raw in tags.unwrap_or_default() {
            let tag: wire::Tag = item("a tag", raw.get())?;
            let thing = Tag {
                slug: tag.slug,
                color: tag.color.filter(|color| !color.is_empty()),
            };
            let raw = raw.into();
            self.give(Arrival::Tag(Kept { thing, raw })).await?;
        }
        Ok(())
    }

    pub(super) async fn secret_names(
        &self,
        environments: &[EnvironmentSlug],
    ) -> Result<(), FetchError> {
        if !self.wanted.secret_names {
            return Ok(());
        }
        let slugs = environments.iter().collect();
        self.for_each(Step::SecretNames, slugs, |slug| self.names_in(slug))
            .await
    }

    /// The defaults of this route changed between builds, so everything is said.
    async fn names_in(&self, environment: &EnvironmentSlug) -> Result<(), FetchError> {
        let ask = Ask::get("the names of secrets", "/api/v4/secrets".into())
            .with("projectId", self.wanted.project.as_str())
            .with("environment", environment.as_str())
            .with("secretPath", "/")
            .with("recursive", "true")
            .with("viewSecretValue", "false")
            .with("expandSecretReferences", "false")
            .with("includeImports", "false")
            .with("includePersonalOverrides", "false");
        let asked: Result<wire::SecretList, _> = self.client.read(ask).await;
        let list = self.seen(Kind::SecretNames, asked)?;
        for secret in list.map(|list| list.secrets).unwrap_or_default() {
            let mut tags: Vec<String> = secret.tags.into_iter().map(|tag| tag.slug).collect();
            tags.sort();
            let name = SecretName {
                environment: environment.clone(),
                path: secret.path.unwrap_or_else(|| "/".to_owned()),
                name: secret.key,
                tags,
            };
            self.give(Arrival::SecretName(name)).await?;
        }
        Ok(())
    }
}
