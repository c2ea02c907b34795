//! Roles. Their list has no rules, so each is asked for by itself, unless it is as the last time.

use std::collections::BTreeSet;

use reeve_domain::id::RoleId;
use reeve_domain::role::{Role, RoleKind};

use super::{Collector, is_predefined, item};
use crate::client::Ask;
use crate::error::FetchError;
use crate::fetched::{Kept, Kind, Step};
use crate::path::segment;
use crate::wire::access::{RoleAnswer, RoleHead, RoleList, WithRules};

impl Collector<'_> {
    pub(super) async fn roles(&self) -> Result<Vec<Kept<Role>>, FetchError> {
        self.step(Step::Roles, 0, None);
        let new = format!("/api/v1/projects/{}/roles", self.project);
        let old = format!("/api/v2/workspace/{}/roles", self.project);
        // The ids in this list are made up anew each time, so no mark of it is worth keeping.
        let mut base = new.clone();
        let mut asked: Result<RoleList, _> =
            self.client.read(Ask::get("the list of roles", new)).await;
        if matches!(asked, Err(FetchError::NoSuchRoute { .. })) {
            base.clone_from(&old);
            asked = self.client.read(Ask::get("the list of roles", old)).await;
        }
        let Some(list) = self.seen(Kind::Roles, asked)? else {
            return Ok(Vec::new());
        };
        let mut slugs = BTreeSet::new();
        let heads = list
            .roles
            .iter()
            .map(|raw| item::<RoleHead>("a role", raw.get()))
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .filter(|head| slugs.insert(head.slug.clone()))
            .collect();
        let roles = self
            .for_each(Step::Roles, heads, |head| self.role(&base, head))
            .await?;
        Ok(roles.into_iter().flatten().collect())
    }

    /// One role with its rules; `None` if it is gone meanwhile.
    async fn role(&self, base: &str, head: RoleHead) -> Result<Option<Kept<Role>>, FetchError> {
        if let Some(known) = self.known_role(&head) {
            return Ok(Some(known));
        }
        let ask = Ask::get("a role", format!("{base}/slug/{}", segment(&head.slug)));
        let answer: RoleAnswer = match self.client.read(ask).await {
            Ok(answer) => answer,
            Err(FetchError::NotFound { .. }) => return Ok(None),
            Err(why) if why.hides() => {
                self.hidden(Kind::Roles, Some(1), None, why);
                return Ok(Some(without_rules(head)));
            }
            Err(error) => return Err(error),
        };
        read_role(answer.role.get()).map(Some)
    }

    /// The role as the last pull read it, if the server says that it is the same.
    fn known_role(&self, head: &RoleHead) -> Option<Kept<Role>> {
        if is_predefined(&head.slug) {
            return None;
        }
        let raw = self.known.roles.get(&head.id)?;
        let before: RoleHead = serde_json::from_str(raw).ok()?;
        let same = head.updated_at.is_some()
            && before.updated_at == head.updated_at
            && before.slug == head.slug
            && before.name == head.name;
        same.then(|| read_role(raw).ok()).flatten()
    }
}

fn read_role(raw: &str) -> Result<Kept<Role>, FetchError> {
    let head: RoleHead = item("a role", raw)?;
    let rules: WithRules<'_> = item("the rules of a role", raw)?;
    let mut role = without_rules(head);
    rules.permissions.get().clone_into(&mut role.thing.rules);
    role.raw = raw.into();
    Ok(role)
}

fn without_rules(head: RoleHead) -> Kept<Role> {
    let predefined = is_predefined(&head.slug);
    Kept {
        thing: Role {
            id: if predefined {
                RoleId::new(head.slug.as_str())
            } else {
                RoleId::new(head.id)
            },
            kind: if predefined {
                RoleKind::Predefined
            } else {
                RoleKind::Custom
            },
            slug: head.slug,
            name: head.name,
            description: head.description.unwrap_or_default(),
            rules: if predefined {
                String::new()
            } else {
                "[]".to_owned()
            },
        },
        raw: Box::from(""),
    }
}
