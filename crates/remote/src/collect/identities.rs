//! Machine identities of the project. Their list has no metadata, so each is asked for by itself.

use std::collections::BTreeSet;
use std::sync::Mutex;

use reeve_domain::id::MemberId;
use reeve_domain::member::{Member, MemberKind};

use super::{Collector, item, locked, roles_held, taken};
use crate::client::{Ask, parse};
use crate::error::FetchError;
use crate::fetched::{Arrival, Kept, Kind, Step};
use crate::path::segment;
use crate::wire::people::{Identity, IdentityAnswer, IdentityList, IdentityMembership};

/// The longest page that the server gives.
const PAGE: u64 = 1000;

/// What one identity tells when it is asked for by itself.
enum Told {
    /// Everything.
    Everything,
    /// Nothing to this caller, so that only the list tells of it.
    Nothing,
    /// It is gone meanwhile.
    Gone,
}

impl Collector<'_> {
    /// The ids of the identities that were given away.
    pub(super) async fn identities(&self) -> Result<Vec<MemberId>, FetchError> {
        self.step(Step::Identities, 0, None);
        let base = new_path(&self.project);
        let mut list = base.clone();
        let nobody = BTreeSet::new();
        let mut asked = self.identity_pages(&list, &nobody).await;
        if matches!(asked, Err(FetchError::NoSuchRoute { .. })) {
            list = format!("/api/v2/workspace/{}/identity-memberships", self.project);
            asked = self.identity_pages(&list, &nobody).await;
        }
        let ids = self.seen(Kind::Identities, asked)?.unwrap_or_default();
        let total = ids.len() as u64;
        self.step(Step::Identities, total, Some(total));
        let (found, listed_only) = (&Mutex::new(Vec::new()), &Mutex::new(BTreeSet::new()));
        let base = base.as_str();
        self.for_each(Step::Metadata, ids, |id| async move {
            match self.identity(base, &id).await? {
                Told::Everything => locked(found).push(id),
                Told::Nothing => {
                    locked(listed_only).insert(id);
                }
                Told::Gone => {}
            }
            Ok(())
        })
        .await?;
        let (mut found, listed_only) = (taken(found), std::mem::take(&mut *locked(listed_only)));
        if !listed_only.is_empty() {
            // Few are ever hidden, so that the pages are read again and not all kept for them.
            let listed = self.identity_pages(&list, &listed_only).await?;
            found.extend(listed.into_iter().filter(|id| listed_only.contains(id)));
        }
        Ok(found)
    }

    /// The ids of all identities. Those in `give` are given away as the list has them.
    async fn identity_pages(
        &self,
        path: &str,
        give: &BTreeSet<MemberId>,
    ) -> Result<Vec<MemberId>, FetchError> {
        const WHAT: &str = "the machine identities of the project";
        self.pages(WHAT, PAGE, |offset| async move {
            let ask = Ask::get(WHAT, path.to_owned())
                .with("offset", offset.to_string())
                .with("limit", PAGE.to_string());
            let text = self.text(ask).await?;
            let list: IdentityList<'_> = parse(WHAT, text.body.as_bytes())?;
            let mut ids = Vec::with_capacity(list.identity_memberships.len());
            for raw in list.identity_memberships {
                let membership: IdentityMembership = item("a machine identity", raw.get())?;
                let id = MemberId::new(membership.identity.id.as_str());
                if give.contains(&id) {
                    self.give(person(membership, raw.get().into())?).await?;
                }
                ids.push(id);
            }
            let total = list.total_count;
            self.remember(text).await?;
            Ok((ids, total))
        })
        .await
    }

    /// Asks for one identity with its metadata.
    async fn identity(&self, base: &str, id: &MemberId) -> Result<Told, FetchError> {
        let path = format!("{base}/{}", segment(id.as_str()));
        let ask = Ask::get("a machine identity", path);
        match self.client.read::<IdentityAnswer>(ask).await {
            Ok(answer) => {
                let raw = answer.identity_membership;
                let membership = item("a machine identity", raw.get())?;
                self.give(person(membership, raw.into())?).await?;
                Ok(Told::Everything)
            }
            Err(FetchError::NotFound { .. }) => Ok(Told::Gone),
            Err(why) if why.hides() => {
                self.hidden(Kind::IdentityMetadata, Some(1), Some(id), why);
                Ok(Told::Nothing)
            }
            Err(error) => Err(error),
        }
    }
}

fn new_path(project: &str) -> String {
    format!("/api/v1/projects/{project}/memberships/identities")
}

fn person(membership: IdentityMembership, raw: Box<str>) -> Result<Arrival, FetchError> {
    let roles = roles_held("a role of a machine identity", membership.roles)?;
    let thing = member(membership.identity);
    Ok(Arrival::Member(Kept { thing, raw }, roles))
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
