//! The project itself, its environments, folders and tags, and the names of its secrets.

use std::collections::BTreeSet;

use reeve_domain::project::{Environment, EnvironmentSlug, Folder, SecretName, Tag};

use super::{Collector, item};
use crate::client::Ask;
use crate::error::FetchError;
use crate::fetched::{Kept, Kind, ProjectHead, Step};
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
    pub(super) async fn project(
        &self,
    ) -> Result<(ProjectHead, Vec<Kept<Environment>>), FetchError> {
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
        read_project(answer.project.get())
    }

    pub(super) async fn folders(
        &self,
        environments: &[Kept<Environment>],
    ) -> Result<Vec<Kept<Folder>>, FetchError> {
        let slugs = environments.iter().map(|e| e.thing.slug.clone()).collect();
        let folders = self
            .for_each(Step::Folders, slugs, |slug| self.folders_of(slug))
            .await?;
        Ok(folders.into_iter().flatten().collect())
    }

    async fn folders_of(
        &self,
        environment: EnvironmentSlug,
    ) -> Result<Vec<Kept<Folder>>, FetchError> {
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
        let mut folders = vec![Kept {
            thing: Folder {
                environment: environment.clone(),
                path: "/".to_owned(),
            },
            raw: Box::from(""),
        }];
        let Some(list) = self.seen(Kind::Folders, asked)? else {
            return Ok(folders);
        };
        for raw in list.folders {
            let folder: wire::Folder = item("a folder", raw.get())?;
            let Some(path) = folder.relative_path else {
                continue;
            };
            if folder.is_reserved == Some(true) {
                continue;
            }
            folders.push(Kept {
                thing: Folder {
                    environment: environment.clone(),
                    path,
                },
                raw: raw.get().into(),
            });
        }
        let mut paths = BTreeSet::new();
        folders.retain(|folder| paths.insert(folder.thing.path.clone()));
        Ok(folders)
    }

    pub(super) async fn tags(&self) -> Result<Vec<Kept<Tag>>, FetchError> {
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
        tags.unwrap_or_default()
            .into_iter()
            .map(|raw| {
                let tag: wire::Tag = item("a tag", raw.get())?;
                Ok(Kept {
                    thing: Tag {
                        slug: tag.slug,
                        color: tag.color.filter(|color| !color.is_empty()),
                    },
                    raw: raw.get().into(),
                })
            })
            .collect()
    }

    pub(super) async fn secret_names(
        &self,
        environments: &[Kept<Environment>],
    ) -> Result<Vec<SecretName>, FetchError> {
        if !self.wanted.secret_names {
            return Ok(Vec::new());
        }
        let slugs = environments.iter().map(|e| e.thing.slug.clone()).collect();
        let names = self
            .for_each(Step::SecretNames, slugs, |slug| self.names_in(slug))
            .await?;
        let mut names: Vec<SecretName> = names.into_iter().flatten().collect();
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// The defaults of this route changed between builds, so everything is said.
    async fn names_in(&self, environment: EnvironmentSlug) -> Result<Vec<SecretName>, FetchError> {
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
        let secrets = list.map(|list| list.secrets).unwrap_or_default();
        Ok(secrets
            .into_iter()
            .map(|secret| {
                let mut tags: Vec<String> = secret.tags.into_iter().map(|tag| tag.slug).collect();
                tags.sort();
                SecretName {
                    environment: environment.clone(),
                    path: secret.path.unwrap_or_else(|| "/".to_owned()),
                    name: secret.key,
                    tags,
                }
            })
            .collect())
    }
}
