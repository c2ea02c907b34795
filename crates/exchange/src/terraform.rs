//! Roles as configuration of Infisical's Terraform provider.

mod hcl;

use reeve_domain::role::Role;
use reeve_domain::rule::Rule;
use reeve_domain::value::{Object, Value};
use reeve_policy::read::{rule_to_value, value_to_text};

/// Writes `role` with `rules` as an `infisical_project_role` with `permissions_v2`, for the project
/// with the slug `project`. What the provider has no words for stands as a comment.
pub fn role_resource(role: &Role, rules: &[Rule], project: &str) -> String {
    let mut text = format!(
        "resource \"infisical_project_role\" \"{}\" {{\n",
        label(&role.slug)
    );
    let mut fields = vec![
        ("project_slug", hcl::quoted(project)),
        ("slug", hcl::quoted(&role.slug)),
        ("name", hcl::quoted(&role.name)),
    ];
    if !role.description.is_empty() {
        fields.push(("description", hcl::quoted(&role.description)));
    }
    text += &aligned("  ", &fields);
    text += "\n  permissions_v2 = [\n";
    for rule in rules {
        text += &permission(rule);
    }
    text + "  ]\n}\n"
}

/// A name for the resource: Terraform takes letters, digits and underscores, not a digit first.
fn label(slug: &str) -> String {
    let label = slug.replace('-', "_");
    if label.starts_with(|first: char| first.is_ascii_digit()) {
        return format!("role_{label}");
    }
    label
}

fn permission(rule: &Rule) -> String {
    let Some(subject) = subject(rule) else {
        return comment("Terraform has no words for this item", &rule_to_value(rule));
    };
    let mut text = String::new();
    let odd = beyond_words(rule);
    if !odd.is_empty() {
        text += &comment("Terraform has no words for", &Value::Object(odd));
    }
    text += "    {\n";
    let mut fields = vec![
        ("subject", hcl::quoted(subject)),
        (
            "action",
            hcl::list(
                rule.actions()
                    .iter()
                    .map(|action| hcl::quoted(action.as_str())),
            ),
        ),
    ];
    if rule.inverted() {
        fields.push(("inverted", "true".to_owned()));
    }
    if let Some(conditions @ Value::Object(_)) = rule.written().get("conditions") {
        fields.push((
            "conditions",
            format!("jsonencode({})", hcl::value(conditions, 3)),
        ));
    }
    text += &aligned("      ", &fields);
    text + "    },\n"
}

/// A line for each field, their equals signs below one another.
fn aligned(indent: &str, fields: &[(&str, String)]) -> String {
    let width = fields.iter().map(|(key, _)| key.len()).max();
    let width = width.unwrap_or_default();
    fields.iter().fold(String::new(), |text, (key, value)| {
        text + indent + &format!("{key:width$} = {value}\n")
    })
}

/// The subject, if it is a single one.
fn subject(rule: &Rule) -> Option<&str> {
    match rule.subjects() {
        [only] => Some(only.as_str()),
        _ => None,
    }
}

/// What is written in the rule that the provider's attributes cannot hold.
fn beyond_words(rule: &Rule) -> Object {
    rule.written()
        .iter()
        .filter(|(key, value)| match *key {
            "subject" | "action" | "inverted" => false,
            "conditions" => !matches!(value, Value::Object(_)),
            _ => true,
        })
        .map(|(key, value)| (key, value.clone()))
        .collect()
}

fn comment(why: &str, what: &Value) -> String {
    format!("    # {why}: {}\n", value_to_text(what))
}

#[cfg(test)]
mod tests {
    use reeve_domain::id::RoleId;
    use reeve_domain::role::RoleKind;
    use reeve_policy::read::rules_from_text;

    use super::*;

    fn written(rules: &str) -> String {
        let role = Role {
            id: RoleId::new("r"),
            kind: RoleKind::Custom,
            slug: "app-deployer".into(),
            name: "App \"deployer\"".into(),
            description: "Costs ${money}".into(),
            rules: String::new(),
        };
        role_resource(&role, &rules_from_text(rules).unwrap().0, "checkout")
    }

    #[test]
    fn a_role_is_written_as_the_provider_reads_it() {
        let text = written(
            r#"[{"subject":"secrets","action":["describeSecret","readValue"],"conditions":{"environment":{"$in":["dev","staging"]},"secretPath":{"$glob":"/app/**"}}},
                {"subject":"secrets","action":"readValue","inverted":true,"conditions":{"secretTags":{"$in":["pci"]}}},
                {"subject":"tags","action":["read"]}]"#,
        );
        let expected = r#"resource "infisical_project_role" "app_deployer" {
  project_slug = "checkout"
  slug         = "app-deployer"
  name         = "App \"deployer\""
  description  = "Costs $${money}"

  permissions_v2 = [
    {
      subject    = "secrets"
      action     = ["describeSecret", "readValue"]
      conditions = jsonencode({
        environment = { "$in" = ["dev", "staging"] }
        secretPath  = { "$glob" = "/app/**" }
      })
    },
    {
      subject    = "secrets"
      action     = ["readValue"]
      inverted   = true
      conditions = jsonencode({
        secretTags = { "$in" = ["pci"] }
      })
    },
    {
      subject = "tags"
      action  = ["read"]
    },
  ]
}
"#;
        assert_eq!(text, expected);
    }

    #[test]
    fn what_terraform_cannot_say_stands_as_a_comment() {
        let text = written(
            r#"[7,{"subject":["a","b"],"action":["x"]},{"subject":"a","action":["x"],"note":1.0}]"#,
        );
        assert!(
            text.contains("    # Terraform has no words for this item: 7\n"),
            "{text}"
        );
        assert!(
            text.contains(
                r#"# Terraform has no words for this item: {"subject":["a","b"],"action":["x"]}"#
            ),
            "{text}"
        );
        assert!(
            text.contains(r#"# Terraform has no words for: {"note":1.0}"#),
            "{text}"
        );
    }

    #[test]
    fn a_template_of_the_server_is_none_of_terraforms() {
        let text = written(
            r#"[{"subject":"secrets","action":["read"],"conditions":{"secretPath":{"$glob":"/{{identity.metadata.team}}/%{x}\n"}}}]"#,
        );
        assert!(
            text.contains(r#""/{{identity.metadata.team}}/%%{x}\n""#),
            "{text}"
        );
    }
}
