//! Roles. Their list has no rules, so each is asked for by itself, unless it is as the last time.

use std::collections::BTreeSet;

use reeve_domain::id::RoleId;
use reeve_domain::role::{Role, RoleKind};

use super::{Collector, is_predefined, item, unknown_rules};
use crate::client::Ask;
use crate::error::FetchError;
use crate::fetched::{Arrival, Kept, Kind, Step};
use crate::path::segment;
use crate::wire::access::{RoleAnswer, RoleHead, RoleList, WithRules};

/// The list of roles, and where each of them is asked for.
#[derive(Default)]
pub(super) struct RoleHeads {
    base: String,
    heads: Vec<RoleHead>,
}

impl Collector<'_> {
    pub(super) async fn role_heads(&self) -> Result<RoleHeads, FetchError> {
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
            return Ok(RoleHeads::default());
        };
        let mut slugs = BTreeSet::new();
        let heads: Vec<_> = list
            .roles
            .iter()
            .map(|raw| item::<RoleHead>("a role", raw.get()))
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .filter(|head| slugs.insert(head.slug.clone()))
            .collect();
        let (predefined, custom): (Vec<_>, Vec<_>) =
            heads.iter().partition(|head| is_predefined(&head.slug));
        for head in predefined.into_iter().chain(custom) {
            self.give(Arrival::RoleHead(without_rules(head.clone())))
                .await?;
        }
        Ok(RoleHeads { base, heads })
    }

    pub(super) async fn roles(&self, roles: RoleHeads) -> Result<(), FetchError> {
        let RoleHeads { base, heads } = roles;
        self.for_each(Step::Roles, heads, |head| self.role(&base, head))
            .await
    }

    /// One role with its rules, unless it is gone meanwhile.
    async fn role(&self, base: &str, head: RoleHead) -> Result<(), FetchError> {
        if let Some(known) = self.known_role(&head) {
            return self.give(Arrival::Role(known)).await;
        }
        let ask = Ask::get("a role", format!("{base}/slug/{}", segment(&head.slug)));
        let answer: RoleAnswer = match self.client.read(ask).await {
            Ok(answer) => answer,
            Err(FetchError::NotFound { .. }) => {
                return self.give(Arrival::RoleGone(without_rules(head).id)).await;
            }
            Err(why) if why.hides() => {
                self.hidden(Kind::Roles, Some(1), None, why);
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let role = read_role(answer.role.get())?;
        self.give(Arrival::Role(role)).await
    }

    /// The role as the last pull read it, if the server says that it is the same.
    fn known_role(&self, head: &RoleHead) -> Option<Kept<Role>> {
        if is_predefined(&head.slug) {
            return None;
        }
        let raw = self.remembers.role(&head.id)?;
        let before: RoleHead = serde_json::from_str(&raw).ok()?;
        let same = head.updated_at.is_some()
            && before.updated_at == head.updated_at
            && before.slug == head.slug
            && before.name == head.name;
        same.then(|| read_role(&raw).ok()).flatten()
    }
}

fn read_role(raw: &str) -> Result<Kept<Role>, FetchError> {
    let head: RoleHead = item("a role", raw)?;
    let rules: WithRules<'_> = item("the rules of a role", raw)?;
    let mut role = without_rules(head);
    rules.permissions.get().clone_into(&mut role.rules);
    Ok(Kept {
        thing: role,
        raw: raw.into(),
    })
}

fn without_rules(head: RoleHead) -> Role {
    let (kind, id) = if is_predefined(&head.slug) {
        (RoleKind::Predefined, head.slug.clone())
    } else {
        (RoleKind::Custom, head.id)
    };
    Role {
        id: RoleId::new(id),
        kind,
        slug: head.slug,
        name: head.name,
        description: head.description.unwrap_or_default(),
        rules: unknown_rules(kind).to_owned(),
    }
}
