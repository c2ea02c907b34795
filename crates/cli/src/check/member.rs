//! A question about one member of a workspace.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use reeve_app::clock::SystemClock;
use reeve_app::error::DeedError;
use reeve_app::events::{Events, Topic};
use reeve_app::list_members::{Direction, MemberFilter, MemberQuery, MemberSort};
use reeve_app::reeve::Reeve;
use reeve_app::simulate::{Answer, Place, Question, What, When};
use reeve_app::workspace::{Opening, Status};
use reeve_domain::attributes::Attributes;
use reeve_domain::id::MemberId;
use reeve_domain::value::{Object, Value};
use reeve_policy::decide::AccessRequest;
use reeve_policy::operation::Situation;

use super::report::Report;
use crate::error::CliError;

/// How many members are looked through for the one that was named.
const LOOKED_THROUGH: usize = 200;

/// Nobody listens while one question is answered.
struct NoEvents;

impl Events for NoEvents {
    fn changed(&self, _: &[Topic]) {}
}

/// The answer to `request` about the member that `named` names in the workspace.
pub fn report(
    file: &Path,
    named: &str,
    request: &AccessRequest,
    at: DateTime<Utc>,
) -> Result<Report, CliError> {
    let reeve = open(file)?;
    let question = Question::about(
        member_named(&reeve, named, at)?,
        What::Action(request.subject.clone(), request.action.clone()),
        place_of(&request.attributes),
        When::At(at),
    );
    match reeve.simulate(&question).map_err(CliError::Deed)? {
        Answer::Decided(verdict) => Report::of_member(*verdict).ok_or_else(|| {
            CliError::Argument("only a question about one action can be answered here".to_owned())
        }),
        Answer::Incomplete(remarks) => {
            let words: Vec<String> = remarks.into_iter().map(|remark| remark.message).collect();
            Err(CliError::Argument(words.join("; ")))
        }
    }
}

/// The member that `named` names: by its id, its e-mail address or its name.
pub fn member_named(reeve: &Reeve, named: &str, now: DateTime<Utc>) -> Result<MemberId, CliError> {
    let id = MemberId::from(named);
    match reeve.member_access(&id) {
        Ok(_) => Ok(id),
        Err(DeedError::Missing { .. }) => find(reeve, named, now),
        Err(error) => Err(CliError::Deed(error)),
    }
}

/// Opens a workspace to look at it.
pub fn open(file: &Path) -> Result<Reeve, CliError> {
    // Nothing is kept for a visit, so no data folder is needed.
    let reeve = Reeve::new(Path::new(""), Arc::new(SystemClock), Arc::new(NoEvents));
    if !file.is_file() {
        let path = file.display();
        return Err(CliError::Argument(format!(
            "there is no workspace file `{path}`"
        )));
    }
    reeve.open(&Opening::Visit(file.to_owned()));
    match reeve.status().map_err(CliError::Deed)? {
        Status::Open { .. } => Ok(reeve),
        Status::Refused(refusal) => Err(CliError::Argument(format!(
            "cannot open `{}`: {}",
            refusal.path.display(),
            refusal.error
        ))),
        Status::Welcome => Err(CliError::Argument("no workspace was opened".to_owned())),
    }
}

/// The one member whose e-mail address or name is `named`.
fn find(reeve: &Reeve, named: &str, now: DateTime<Utc>) -> Result<MemberId, CliError> {
    let query = MemberQuery {
        filter: MemberFilter {
            search: Some(named.to_owned()),
            ..MemberFilter::default()
        },
        sort: MemberSort::Relevance,
        direction: Direction::Ascending,
        offset: 0,
        limit: LOOKED_THROUGH,
        now,
    };
    let rows = reeve.list_members(&query).map_err(CliError::Deed)?.rows;
    let is_named = |text: &str| text.to_lowercase() == named.to_lowercase();
    let mut fitting = rows
        .into_iter()
        .filter(|row| is_named(&row.handle) || is_named(&row.name));
    match (fitting.next(), fitting.next()) {
        (Some(row), None) => Ok(row.id),
        (None, _) => Err(CliError::Argument(format!("there is no member `{named}`"))),
        (Some(one), Some(other)) => Err(CliError::Argument(format!(
            "several members are called `{named}`; give an id, such as `{}` or `{}`",
            one.id, other.id
        ))),
    }
}

fn place_of(attributes: &Attributes) -> Place {
    let empty = Object::new();
    let object = match attributes {
        Attributes::Bare => &empty,
        Attributes::Of(object) => object,
    };
    let text = |key: &str| object.get(key).and_then(Value::as_text).map(str::to_owned);
    let situation = Situation {
        environment: text("environment"),
        secret_path: text("secretPath"),
        secret_name: text("secretName"),
        secret_tags: object
            .get("secretTags")
            .and_then(Value::as_list)
            .map(|tags| {
                let tags = tags.iter().filter_map(Value::as_text);
                tags.map(str::to_owned).collect()
            }),
        ..Situation::default()
    };
    Place {
        situation,
        ..Place::default()
    }
}
