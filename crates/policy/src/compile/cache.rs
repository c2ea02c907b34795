//! What is compiled once and shared: globs by their text, rule lists by identity.

use std::collections::HashMap;
use std::sync::Arc;

use reeve_domain::rule::Rule;
use reeve_domain::value::Value;

use super::{CompiledRule, Index, RuleSet, ServerFault, SetOrder, lower};
use crate::assemble::legacy_action;
use crate::glob::Glob;

/// What is compiled once and used for many members: globs by their text, rule lists by identity.
///
/// Rule lists are told apart by their address and kept alive here, so give members that have the
/// same role the same `Arc`.
#[derive(Debug, Default)]
pub struct CompileCache {
    globs: HashMap<Box<str>, Arc<Glob>>,
    sets: HashMap<SetKey, Arc<RuleSet>>,
    made: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct SetKey {
    address: usize,
    length: usize,
    order: SetOrder,
}

impl CompileCache {
    /// A cache with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets rule lists that no compiled rules use any more.
    pub fn forget_unused(&mut self) {
        self.sets.retain(|_, set| Arc::strong_count(set) > 1);
    }

    /// How many rule lists and how many globs are held.
    pub fn len(&self) -> (usize, usize) {
        (self.sets.len(), self.globs.len())
    }

    pub(crate) fn glob(&mut self, pattern: &str) -> Arc<Glob> {
        if let Some(glob) = self.globs.get(pattern) {
            return Arc::clone(glob);
        }
        let glob = Arc::new(Glob::new(pattern));
        self.globs.insert(pattern.into(), Arc::clone(&glob));
        glob
    }

    pub(super) fn shared_set(&mut self, rules: &Arc<[Rule]>, order: SetOrder) -> Arc<RuleSet> {
        let key = SetKey {
            address: rules.as_ptr().addr(),
            length: rules.len(),
            order,
        };
        if let Some(set) = self.sets.get(&key) {
            return Arc::clone(set);
        }
        let set = self.new_set(rules, order, &[]);
        self.sets.insert(key, Arc::clone(&set));
        set
    }

    pub(super) fn new_set(
        &mut self,
        rules: &Arc<[Rule]>,
        order: SetOrder,
        doubtful: &[(usize, String)],
    ) -> Arc<RuleSet> {
        let compiled: Box<[CompiledRule]> = rules
            .iter()
            .enumerate()
            .map(|(at, rule)| compile_rule(rule, at, order, doubtful, self))
            .collect();
        self.made = self.made.wrapping_add(1);
        Arc::new(RuleSet {
            number: self.made.wrapping_sub(1),
            index: Index::new(rules, &compiled, order),
            fault: rules.iter().find_map(refused_by_the_library),
            rules: compiled,
            source: Arc::clone(rules),
        })
    }
}

fn compile_rule(
    rule: &Rule,
    at: usize,
    order: SetOrder,
    doubtful: &[(usize, String)],
    cache: &mut CompileCache,
) -> CompiledRule {
    let conditions = rule.written().get("conditions");
    let doubts: Vec<&str> = doubtful
        .iter()
        .filter(|(rule, _)| *rule == at)
        .map(|(_, property)| property.as_str())
        .collect();
    CompiledRule {
        effect: rule.effect(),
        conditions: conditions
            .filter(|value| value.is_truthy())
            .map(|value| lower::lower(value, &doubts, cache)),
        has_fields: rule.written().get("fields").is_some_and(Value::is_truthy),
        added_action: match order {
            SetOrder::ForbidsLast => legacy_action(rule),
            SetOrder::AsListed | SetOrder::AllowsLast => None,
        },
    }
}

/// What makes the server's library refuse a whole list of rules.
fn refused_by_the_library(rule: &Rule) -> Option<ServerFault> {
    if rule.unreadable_item() == Some(&Value::Null) {
        return Some(ServerFault::RuleIsNull);
    }
    match rule.written().get("fields") {
        Some(Value::List(items)) if items.is_empty() => Some(ServerFault::EmptyFields),
        _ => None,
    }
}
