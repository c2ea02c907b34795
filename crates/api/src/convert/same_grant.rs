//! The same grant on several members, as it travels.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use reeve_app::same_grant::{
    GatherRequest, Gathered, Gathering, Proof, SameGrant, SameGrants, Scattering,
};
use reeve_domain::id::PrivilegeId;
use reeve_domain::project::CatalogueEdition;
use reeve_policy::catalogue::Catalogue;
use reeve_policy::read::rules_from_text;

use super::common::{count, instant, member_ref, standing};
use super::error::sentence;
use super::history;
use super::member::reference;
use super::privilege::remarks;
use super::role::names;
use super::role_effect::change;
use super::rule::rule_view;
use crate::dto::privilege::RuleView;
use crate::dto::same_grant as dto;

/// How many holders of a grant travel.
const HOLDERS: usize = 100;

/// How many of those whose access would change travel, and how many changes of each.
const CHANGED: usize = 20;
const CHANGES: usize = 4;

/// What was found.
pub fn view(found: &SameGrants, edition: CatalogueEdition, now: DateTime<Utc>) -> dto::SameGrants {
    dto::SameGrants {
        grants: found
            .grants
            .iter()
            .map(|grant| grant_view(grant, edition, now))
            .collect(),
        count: count(found.count),
        of_one: found
            .of_one
            .iter()
            .map(|one| dto::RoleOfOneView {
                id: one.role.id.to_string(),
                slug: one.role.slug.clone(),
                name: one.role.name.clone(),
                member: reference(&one.member),
            })
            .collect(),
    }
}

fn grant_view(
    grant: &SameGrant,
    edition: CatalogueEdition,
    now: DateTime<Utc>,
) -> dto::SameGrantView {
    let mut slugs: BTreeMap<&str, usize> = BTreeMap::new();
    for holder in &grant.holders {
        *slugs.entry(&holder.slug).or_default() += 1;
    }
    let usual = slugs.into_iter().max_by_key(|(_, count)| *count);
    dto::SameGrantView {
        slug: usual.map_or_else(String::new, |(slug, _)| slug.to_owned()),
        rules: rules(&grant.rules, edition),
        spellings: count(grant.spellings),
        members: count(grant.members),
        privileges: grant
            .holders
            .iter()
            .map(|holder| holder.privilege.to_string())
            .collect(),
        holders: grant
            .holders
            .iter()
            .take(HOLDERS)
            .map(|holder| dto::GrantHolderView {
                id: holder.privilege.to_string(),
                slug: holder.slug.clone(),
                member: reference(&holder.member),
                standing: standing(&holder.lifetime, now),
            })
            .collect(),
    }
}

fn rules(text: &str, edition: CatalogueEdition) -> Vec<RuleView> {
    let catalogue = Catalogue::of(edition);
    let rules = rules_from_text(text).map(|(rules, _)| rules);
    rules
        .unwrap_or_default()
        .iter()
        .map(|rule| rule_view(rule, catalogue))
        .collect()
}

/// What a request asks for.
pub fn gather_request(request: dto::GatherRequest) -> GatherRequest {
    GatherRequest {
        privileges: request
            .privileges
            .into_iter()
            .map(PrivilegeId::from)
            .collect(),
        names: names(request.fields),
    }
}

/// What making a role would come to.
pub fn gathering(gathering: &Gathering) -> dto::GatherPreview {
    dto::GatherPreview {
        problems: remarks(&gathering.problems),
        privileges: count(gathering.privileges),
        members: count(gathering.members),
        proof: proof(&gathering.proof),
    }
}

/// What turning a role into a privilege would come to.
pub fn scattering(scattering: &Scattering) -> dto::ScatterPreview {
    dto::ScatterPreview {
        slug: scattering.slug.clone(),
        refusal: scattering.refusal.as_deref().map(sentence),
        proof: proof(&scattering.proof),
    }
}

fn proof(proof: &Proof) -> dto::ProofView {
    let trouble = match proof.unreadable.first() {
        Some(member) => Some(format!(
            "something that `{}` holds cannot be read",
            member.name
        )),
        None => proof
            .is_cut
            .then(|| "too much of them ends at different instants to look at all".to_owned()),
    };
    dto::ProofView {
        holds: proof.holds(),
        looked_at: count(proof.looked_at),
        instants: count(proof.instants),
        changed: proof
            .changed
            .iter()
            .take(CHANGED)
            .map(|(member, difference, at)| dto::ProofChange {
                member: member_ref(member),
                at: instant(*at),
                changes: difference
                    .changes
                    .iter()
                    .take(CHANGES)
                    .map(|one| change(one, proof.edition))
                    .collect(),
            })
            .collect(),
        changed_count: count(proof.changed.len()),
        trouble: trouble.as_deref().map(sentence),
    }
}

/// How making a role went.
pub fn gathered(gathered: &Gathered) -> dto::GatherAnswer {
    match gathered {
        Gathered::Done { role, entry } => dto::GatherAnswer::Done {
            role: role.id.to_string(),
            done: history::done(entry),
        },
        Gathered::Refused(preview) => dto::GatherAnswer::Refused {
            preview: gathering(preview),
        },
    }
}
