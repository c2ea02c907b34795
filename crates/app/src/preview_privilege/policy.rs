//! Policies as the editor writes them, and the rules that they are.
//!
//! A policy that was loaded remembers its rule as written: untouched it stays exactly that, and one
//! that the editor cannot show in its fields is carried along whole.

use reeve_domain::condition::{Condition, Conditions, Operator, Property, Test};
use reeve_domain::project::CatalogueEdition;
use reeve_domain::rule::{Action, Effect, Rule, Subject};
use reeve_domain::value::{Object, Value};
use reeve_policy::read::{rule_to_value, value_from_text, value_to_text};

use super::check;

/// One policy being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyDraft {
    /// What is acted on.
    pub subject: Subject,
    /// What is done.
    pub actions: Vec<Action>,
    /// Whether it is allowed or forbidden.
    pub effect: Effect,
    /// Under which conditions; all must hold.
    pub conditions: Vec<ConditionDraft>,
    /// The rule that it was loaded from, as JSON text.
    pub written: Option<String>,
    /// Whether it is `written` whatever the fields say.
    pub kept: bool,
}

/// One condition being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionDraft {
    /// What is looked at.
    pub property: Property,
    /// How it is compared.
    pub operator: Operator,
    /// With what: one text, or the items of a list.
    pub values: Vec<String>,
}

/// A rule as the editor gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedPolicy {
    /// What its fields show, with the rule as written.
    pub draft: PolicyDraft,
    /// Why the fields cannot show all of it, so that it is kept as it is.
    pub kept_because: Option<String>,
}

/// `rule` for the editor.
pub fn load_policy(rule: &Rule, edition: CatalogueEdition) -> LoadedPolicy {
    let written = value_to_text(&rule_to_value(rule));
    let shown = show(rule).and_then(|draft| {
        let problem = check::problem_of_policy(&draft, edition);
        problem.map_or(Ok(draft), |problem| Err(problem.message))
    });
    let (draft, kept_because) = match shown {
        Ok(draft) => (draft, None),
        Err(because) => (outline(rule), Some(because)),
    };
    LoadedPolicy {
        draft: PolicyDraft {
            written: Some(written),
            kept: kept_because.is_some(),
            ..draft
        },
        kept_because,
    }
}

/// The rule that a policy is. Conditions on one property become one object of operators.
pub(crate) fn rule_of(policy: &PolicyDraft) -> Rule {
    let loaded = policy.written.as_deref().and_then(read_rule);
    if let Some(rule) = loaded {
        let is_untouched = || show(&rule).is_ok_and(|shown| shown.says_the_same(policy));
        if policy.kept || is_untouched() {
            return rule;
        }
    }
    let mut conditions = Object::new();
    for condition in &policy.conditions {
        put(&mut conditions, condition);
    }
    let conditions = (!conditions.is_empty()).then_some(conditions);
    Rule::new(&policy.subject, &policy.actions, policy.effect, conditions)
}

/// Writes one condition among the others. One on the elements of a list stands under `$elemMatch`.
fn put(conditions: &mut Object, condition: &ConditionDraft) {
    let inside = |object: &Object, key: &str| match object.get(key) {
        Some(Value::Object(inner)) => inner.clone(),
        _ => Object::new(),
    };
    let operator = condition.operator.as_wire();
    let Some((property, member)) = condition.property.as_str().split_once(ELEMENT) else {
        let property = condition.property.as_str();
        let mut operators = inside(conditions, property);
        operators.set(operator, operand(condition));
        conditions.set(property, Value::Object(operators));
        return;
    };
    let mut operators = inside(conditions, property);
    let mut element = inside(&operators, Operator::ElemMatch.as_wire());
    let mut tests = inside(&element, member);
    tests.set(operator, operand(condition));
    element.set(member, Value::Object(tests));
    operators.set(Operator::ElemMatch.as_wire(), Value::Object(element));
    conditions.set(property, Value::Object(operators));
}

/// What stands between a list's property and a member of its elements.
pub(super) const ELEMENT: &str = ".$elemMatch.";

impl PolicyDraft {
    fn says_the_same(&self, other: &Self) -> bool {
        self.subject == other.subject
            && self.actions == other.actions
            && self.effect == other.effect
            && self.conditions == other.conditions
    }
}

fn read_rule(text: &str) -> Option<Rule> {
    Some(match value_from_text(text).ok()? {
        Value::Object(written) => Rule::read(written),
        item => Rule::unreadable(item),
    })
}

fn operand(condition: &ConditionDraft) -> Value {
    match condition.operator {
        Operator::In | Operator::All => Value::texts(condition.values.iter().map(String::as_str)),
        _ => Value::text(condition.values.first().map_or("", String::as_str)),
    }
}

/// `rule` in the editor's fields, or why they cannot show all of it.
fn show(rule: &Rule) -> Result<PolicyDraft, String> {
    if rule.unreadable_item().is_some() {
        return Err("this is no rule".into());
    }
    let known = ["subject", "action", "inverted", "conditions"];
    if let Some((member, _)) = rule.written().iter().find(|(key, _)| !known.contains(key)) {
        return Err(format!("it has a member `{member}` that has no field here"));
    }
    if rule
        .written()
        .get("subject")
        .and_then(Value::as_text)
        .is_none()
    {
        return Err("it does not name one subject".into());
    }
    if !matches!(rule.written().get("inverted"), None | Some(Value::Bool(_))) {
        return Err("its `inverted` is neither true nor false".into());
    }
    let draft = outline(rule);
    let listed = rule.written().get("action").and_then(Value::as_list);
    if listed.is_some_and(|listed| listed.len() != draft.actions.len()) {
        return Err("its actions are not all names".into());
    }
    let conditions = match rule.conditions() {
        Conditions::None => Vec::new(),
        Conditions::Malformed(_) => return Err("its conditions are no object".into()),
        Conditions::All(conditions) if conditions.is_empty() => {
            return Err("its conditions are empty, which is not the same as none".into());
        }
        Conditions::All(conditions) => {
            let mut shown = Vec::new();
            for condition in conditions {
                show_condition(condition, &mut shown)?;
            }
            shown
        }
    };
    Ok(PolicyDraft {
        conditions,
        ..draft
    })
}

/// What can be said of a rule at a glance.
fn outline(rule: &Rule) -> PolicyDraft {
    PolicyDraft {
        subject: rule.subject().cloned().unwrap_or_else(|| Subject::from("")),
        actions: rule.actions().to_vec(),
        effect: rule.effect(),
        conditions: Vec::new(),
        written: None,
        kept: false,
    }
}

fn show_condition(condition: &Condition, shown: &mut Vec<ConditionDraft>) -> Result<(), String> {
    let property = &condition.property;
    match &condition.test {
        Test::Bare(value) => shown.push(shown_test(property, &Operator::Eq, value)?),
        Test::Operators(operators) if operators.is_empty() => {
            return Err(format!(
                "its condition on `{property}` compares with nothing"
            ));
        }
        Test::Operators(operators) => {
            for (operator, operand) in operators {
                match (operator, operand) {
                    (Operator::ElemMatch, Value::Object(element)) => {
                        show_element(property, element, shown)?;
                    }
                    _ => shown.push(shown_test(property, operator, operand)?),
                }
            }
        }
    }
    Ok(())
}

/// The tests of the members of an element, each as a condition of its own.
fn show_element(
    property: &Property,
    element: &Object,
    shown: &mut Vec<ConditionDraft>,
) -> Result<(), String> {
    let unknown = || format!("its condition on the elements of `{property}` has no field here");
    if element.iter().next().is_none() {
        return Err(unknown());
    }
    for (member, test) in element.iter() {
        let Value::Object(operators) = test else {
            return Err(unknown());
        };
        if operators.iter().next().is_none() {
            return Err(unknown());
        }
        let named = Property::from(format!("{property}{ELEMENT}{member}").as_str());
        for (operator, operand) in operators.iter() {
            shown.push(shown_test(&named, &Operator::from_wire(operator), operand)?);
        }
    }
    Ok(())
}

fn shown_test(
    property: &Property,
    operator: &Operator,
    operand: &Value,
) -> Result<ConditionDraft, String> {
    let texts = |list: &[Value]| -> Option<Vec<String>> {
        list.iter()
            .map(|item| item.as_text().map(str::to_owned))
            .collect()
    };
    let values = match (operator, operand) {
        (Operator::In | Operator::All, Value::List(list)) => texts(list),
        (Operator::Eq | Operator::Ne | Operator::Glob, Value::Text(text)) => {
            Some(vec![text.to_string()])
        }
        _ => None,
    };
    let values = values.ok_or_else(|| {
        format!(
            "its condition on `{property}` compares by `{}` with something that has no field here",
            operator.as_wire()
        )
    })?;
    Ok(ConditionDraft {
        property: property.clone(),
        operator: operator.clone(),
        values,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use reeve_policy::read::rules_from_text;

    fn rules(text: &str) -> Vec<Rule> {
        rules_from_text(text).unwrap().0
    }

    fn load(text: &str) -> LoadedPolicy {
        load_policy(&rules(&format!("[{text}]"))[0], CatalogueEdition::Current)
    }

    #[test]
    fn a_loaded_policy_that_is_not_touched_is_the_rule_as_it_was_written() {
        for text in [
            r#"{"action":"read","subject":"role"}"#,
            r#"{"subject":"secrets","action":["readValue"],"conditions":{"environment":"dev"}}"#,
            r#"{"subject":"dynamic-secrets","action":["lease"],"conditions":{"metadata":
                {"$elemMatch":{"key":{"$eq":"team"},"value":{"$in":["a","b"],"$ne":"c"}}}}}"#,
            r#"{"subject":"secrets","action":["readValue"],"inverted":false,
                "conditions":{"secretPath":{"$glob":"/a/**","$ne":"/a/b"},"secretTags":{"$in":["x"]}}}"#,
        ] {
            let loaded = load(text);
            assert_eq!(loaded.kept_because, None, "{text}");
            let whole = rules(&format!("[{text}]"));
            assert_eq!(rule_of(&loaded.draft), whole[0], "{text}");
        }
    }

    #[test]
    fn a_changed_policy_is_written_anew() {
        let mut draft = load(r#"{"action":"read","subject":"role"}"#).draft;
        draft.actions.push(Action::from("edit"));
        let expected = rules(r#"[{"subject":"role","action":["read","edit"]}]"#);
        assert_eq!(rule_of(&draft), expected[0]);
    }

    #[test]
    fn conditions_on_the_elements_of_a_list_are_written_together() {
        let mut draft = load(
            r#"{"subject":"dynamic-secrets","action":["lease"],"conditions":
                {"metadata":{"$elemMatch":{"key":{"$eq":"team"}}}}}"#,
        )
        .draft;
        draft.conditions.push(ConditionDraft {
            property: Property::from("metadata.$elemMatch.value"),
            operator: Operator::In,
            values: vec!["a".into(), "b".into()],
        });
        let expected = rules(
            r#"[{"subject":"dynamic-secrets","action":["lease"],"conditions":
                {"metadata":{"$elemMatch":{"key":{"$eq":"team"},"value":{"$in":["a","b"]}}}}}]"#,
        );
        assert_eq!(rule_of(&draft), expected[0]);
    }

    #[test]
    fn what_has_no_field_is_kept_whole_and_says_why() {
        for (text, why) in [
            ("7", "no rule"),
            (r#"{"subject":"role","action":"read","x-note":1}"#, "x-note"),
            (r#"{"action":"read"}"#, "one subject"),
            (r#"{"subject":"role","action":["read",1]}"#, "not all names"),
            (
                r#"{"subject":"secrets","action":"readValue","inverted":"no"}"#,
                "inverted",
            ),
            (
                r#"{"subject":"secrets","action":"readValue","conditions":{}}"#,
                "empty",
            ),
            (
                r#"{"subject":"secrets","action":"readValue","conditions":"x"}"#,
                "no object",
            ),
            (
                r#"{"subject":"secrets","action":"readValue","conditions":{"environment":{"$eq":1.50}}}"#,
                "environment",
            ),
            (r#"{"subject":"unheard","action":"read"}"#, "does not know"),
            (r#"{"subject":"role","action":"fly"}"#, "no action"),
            (
                r#"{"subject":"role","action":"read","inverted":true}"#,
                "cannot be forbidden",
            ),
        ] {
            let loaded = load(text);
            let because = loaded.kept_because.unwrap_or_default();
            assert!(because.contains(why), "{text}: {because}");
            let whole = rules(&format!("[{text}]"));
            let mut draft = loaded.draft;
            draft.actions = vec![Action::from("delete")];
            assert_eq!(rule_of(&draft), whole[0], "{text}");
        }
    }
}
