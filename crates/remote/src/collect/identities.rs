//! Machine identities of the project. Their list has no metadata, so each is asked for by itself.

use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};
use serde_json::value::RawValue;

use super::{Collector, Person, item, roles_held};
use crate::client::Ask;
use crate::error::FetchError;
use crate::fetched::{Kept, Kind, Step};
use crate::path::segment;
use crate::wire::people::{Identity, IdentityAnswer, IdentityList, IdentityMembership};

/// The longest page that the server gives.
const PAGE: u64 = 1000;

impl Collector<'_> {
    pub(super) async fn identities(&self) -> Result<Vec<Person>, FetchError> {
        self.step(Step::Identities, 0, None);
        let new = format!("/api/v1/projects/{}/memberships/identities", self.project);
        let mut asked = self.identity_pages(&new).await;
        if matches!(asked, Err(FetchError::NoSuchRoute { .. })) {
            let old = format!("/api/v2/workspace/{}/identity-memberships", self.project);
            asked = self.identity_pages(&old).await;
        }
        let list = self.seen(Kind::Identities, asked)?.unwrap_or_default();
        let total = list.len() as u64;
        self.step(Step::Identities, total, Some(total));
        let persons = self
            .for_each(Step::Metadata, list, |raw| async move {
                self.identity(&new_path(&self.project), raw).await
            })
            .await?;
        Ok(persons.into_iter().flatten().collect())
    }

    async fn identity_pages(&self, path: &str) -> Result<Vec<Box<RawValue>>, FetchError> {
        const WHAT: &str = "the machine identities of the project";
        self.pages(WHAT, PAGE, |offset| async move {
            let ask = Ask::get(WHAT, path.to_owned())
                .with("offset", offset.to_string())
                .with("limit", PAGE.to_string());
            let list: IdentityList = self.unless_known(ask).await?;
            Ok((list.identity_memberships, list.total_count))
        })
        .await
    }

    /// One identity with its metadata; `None` if it is gone meanwhile.
    async fn identity(
        &self,
        base: &str,
        listed: Box<RawValue>,
    ) -> Result<Option<Person>, FetchError> {
        let head: IdentityMembership = item("a machine identity", listed.get())?;
        let path = format!("{base}/{}", segment(&head.identity.id));
        let ask = Ask::get("a machine identity", path);
        match self.client.read::<IdentityAnswer>(ask).await {
            Ok(answer) => person(answer.identity_membership).map(Some),
            Err(FetchError::NotFound { .. }) => Ok(None),
            Err(why) if why.hides() => {
                let whom = MemberId::new(head.identity.id.as_str());
                self.hidden(Kind::IdentityMetadata, Some(1), Some(&whom), why);
                person(listed).map(Some)
            }
            Err(error) => Err(error),
        }
    }
}

fn new_path(project: &str) -> String {
    format!("/api/v1/projects/{project}/memberships/identities")
}

fn person(raw: Box<RawValue>) -> Result<Person, FetchError> {
    let membership: IdentityMembership = item("a machine identity", raw.get())?;
    Ok(Person {
        roles: roles_held("a role of a machine identity", membership.roles)?,
        member: Kept {
            thing: member(membership.identity),
            raw: raw.into(),
        },
    })
}

fn member(identity: Identity) -> Member {
    Member {
        id: MemberId::new(identity.id),
        kind: MemberKind::Identity,
        username: identity.name.clone(),
        name: identity.name,
        handle: String::new(),
        auth_methods: identity
            .auth_methods
            .unwrap_or_default()
            .iter()
            .map(|method| in_words(method))
            .collect(),
        metadata: identity
            .metadata
            .unwrap_or_default()
            .into_iter()
            .map(|pair| (pair.key, pair.value))
            .collect(),
    }
}

/// `universal-auth` as people read it: `Universal Auth`.
fn in_words(method: &str) -> String {
    let word = |word: &str| match word {
        "aws" | "gcp" | "oidc" | "jwt" | "ldap" | "oci" | "tls" => word.to_uppercase(),
        _ => {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(letters).collect()
            })
        }
    };
    method.split('-').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn methods_are_put_into_words() {
        assert_eq!(in_words("universal-auth"), "Universal Auth");
        assert_eq!(in_words("aws-auth"), "AWS Auth");
        assert_eq!(in_words(""), "");
    }
}
