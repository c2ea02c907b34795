//! A difference as JSON.

use chrono::SecondsFormat;
use reeve_analysis::{
    AccessBox, Answer, Change, Difference, Domain, Element, Exception, Exhaustive, ListPiece,
    Missing, Piece, Reach, Region, Universe, Values, Verdict, Witness, words,
};
use reeve_domain::attributes::Attributes;
use reeve_domain::rule::Action;
use reeve_domain::value::Value;
use reeve_policy::read::value_to_json;
use serde_json::{Map, Value as Json, json};

use super::side::Side;
use crate::args::Profile;

/// The whole answer.
pub fn text(difference: &Difference, a: &Side, b: &Side, universe: &Universe) -> String {
    let changes = difference.changes.iter();
    let limits: Vec<String> = match &difference.exhaustive {
        Exhaustive::Yes => Vec::new(),
        Exhaustive::No(limits) => limits.iter().map(words::limit).collect(),
    };
    let json = json!({
        "verdict": verdict(difference.verdict),
        "headline": words::verdict_of(difference),
        "exhaustive": difference.exhaustive.is_yes(),
        "limits": limits,
        "a": side(a),
        "b": side(b),
        "environments": match &universe.environments {
            Domain::Closed(slugs) => json!(slugs),
            Domain::Open { .. } => Json::Null,
        },
        "changes": changes.map(|it| change(it, universe)).collect::<Vec<_>>(),
    });
    format!("{json:#}\n")
}

fn side(side: &Side) -> Json {
    json!({
        "name": side.name,
        "at": side.at.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        "profile": side.profile.map(|profile| match profile {
            Profile::ForbidWins => "forbid-wins",
            Profile::LastMatch => "last-match",
        }),
        "unusualRules": side.odd_rules,
    })
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "same",
        Verdict::SameAccess => "same-access",
        Verdict::Narrower => "narrower",
        Verdict::Wider => "wider",
        Verdict::Incomparable => "incomparable",
    }
}

fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Allowed => "allowed",
        Answer::Denied => "denied",
        Answer::Error => "error",
        Answer::Unknown => "unknown",
    }
}

fn change(change: &Change, universe: &Universe) -> Json {
    let actions: Vec<&str> = change.actions.iter().map(Action::as_str).collect();
    json!({
        "subject": change.subject.as_str(),
        "actions": actions,
        "before": answer(change.before),
        "after": answer(change.after),
        "where": words::reach(&change.reach, &change.subject, universe.edition),
        "general": matches!(change.reach, Reach::Bare | Reach::Everything),
        "box": match &change.reach {
            Reach::Bare => Json::Null,
            Reach::Everything => json!({}),
            Reach::Things(region) => access_box(region),
        },
        "witnesses": change.witnesses.iter().map(witness).collect::<Vec<_>>(),
    })
}

fn witness(witness: &Witness) -> Json {
    json!({
        "action": witness.request.action.as_str(),
        "attributes": match &witness.request.attributes {
            Attributes::Bare => Json::Null,
            Attributes::Of(object) => value_to_json(&Value::Object(object.clone())),
        },
        "before": answer(witness.before.into()),
        "after": answer(witness.after.into()),
        "words": words::witness(witness),
    })
}

fn access_box(region: &AccessBox) -> Json {
    let restricted = region.regions.iter().filter(|(_, region)| !region.is_any());
    let members: Map<String, Json> = restricted
        .map(|(property, region)| (property.as_str().to_owned(), values(region)))
        .collect();
    Json::Object(members)
}

fn values(region: &Region) -> Json {
    let any_of: Json = match &region.values {
        Values::Nothing => json!([]),
        Values::Any => Json::Null,
        Values::Texts(pieces) => pieces.iter().map(piece).collect(),
        Values::Lists(pieces) => pieces.iter().map(list_piece).collect(),
        Values::Exactly(value) => json!([{ "value": value_to_json(value) }]),
    };
    json!({ "anyOf": any_of, "orMissing": region.missing == Missing::Included })
}

fn piece(piece: &Piece) -> Json {
    match piece {
        Piece::Value(value) => json!({ "value": value }),
        Piece::Below { folder, levels } => json!({ "below": folder, "levels": levels }),
        Piece::Matching { patterns, except } => {
            let except: Vec<Json> = except
                .iter()
                .map(|exception| match exception {
                    Exception::Value(value) => json!({ "value": value }),
                    Exception::Pattern(pattern) => json!({ "pattern": pattern }),
                })
                .collect();
            json!({ "patterns": patterns, "except": except })
        }
    }
}

fn list_piece(piece: &ListPiece) -> Json {
    let elements = |elements: &[Element]| elements.iter().map(element).collect::<Vec<_>>();
    json!({ "with": elements(&piece.with), "without": elements(&piece.without) })
}

fn element(element: &Element) -> Json {
    let pieces = |pieces: &[Piece]| pieces.iter().map(piece).collect::<Json>();
    match element {
        Element::Text(texts) => json!({ "anyOf": pieces(texts) }),
        Element::Object(members) => {
            let members: Map<String, Json> = members
                .iter()
                .map(|(name, texts)| (name.to_string(), json!({ "anyOf": pieces(texts) })))
                .collect();
            Json::Object(members)
        }
    }
}
