//! The orders of the list of members, each as runs along an index that holds it.

use rusqlite::Connection;

use crate::column;
use crate::error::StoreError;
use crate::filter::{Rows, bind_one};
use crate::page::{Direction, MemberQuery, MemberSort};

/// What filter and search leave of the members.
pub(crate) enum Filter<'a> {
    /// Everybody.
    None,
    /// These few rows, as a JSON list.
    Among(String),
    /// Too many to list: those in all of these rows.
    Within(Vec<&'a Rows>),
}

/// The rows of the members on the page that `query` asks for, in order.
pub(crate) fn sorted(
    connection: &Connection,
    query: &MemberQuery,
    filter: &Filter<'_>,
) -> Result<Vec<i64>, StoreError> {
    let mut seqs: Vec<i64> = Vec::new();
    let mut skip = query.offset;
    for section in sections(query) {
        let left = query.limit - seqs.len();
        if left == 0 {
            break;
        }
        if let Filter::Within(rows) = filter {
            skip = section.walk(connection, query, rows, (left, skip), &mut seqs)?;
            continue;
        }
        let before = seqs.len();
        section.collect(connection, query, filter, (left, skip), &mut seqs)?;
        if seqs.len() > before {
            skip = 0;
        } else if skip > 0 {
            skip = skip.saturating_sub(section.count(connection, query, filter)?);
        }
    }
    Ok(seqs)
}

/// A run of members that stand together in an order, and the index that holds them in it.
struct Section {
    table: &'static str,
    index: &'static str,
    /// The column of `table` that is the row of the member.
    seq: &'static str,
    filter: &'static str,
    order: &'static str,
}

impl Section {
    fn collect(
        &self,
        connection: &Connection,
        query: &MemberQuery,
        filter: &Filter<'_>,
        (limit, offset): (usize, usize),
        into: &mut Vec<i64>,
    ) -> Result<(), StoreError> {
        let mut statement = connection.prepare_cached(&self.select(filter))?;
        bind(&mut statement, query, filter)?;
        bind_one(&mut statement, ":limit", column::limit(limit))?;
        bind_one(&mut statement, ":offset", column::limit(offset))?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            into.push(row.get(0)?);
        }
        Ok(())
    }

    /// Collects those of the run that are in all of `within`; gives how many are still to be skipped.
    fn walk(
        &self,
        connection: &Connection,
        query: &MemberQuery,
        within: &[&Rows],
        (limit, mut skip): (usize, usize),
        into: &mut Vec<i64>,
    ) -> Result<usize, StoreError> {
        let Self { seq, order, .. } = self;
        let source = self.source(&Filter::None);
        let sql = format!("SELECT {seq} FROM {source} ORDER BY {order}");
        let mut statement = connection.prepare_cached(&sql)?;
        bind(&mut statement, query, &Filter::None)?;
        let mut rows = statement.raw_query();
        let mut left = limit;
        while left > 0
            && let Some(row) = rows.next()?
        {
            let seq = row.get(0)?;
            if !within.iter().all(|rows| rows.contains(seq)) {
                continue;
            }
            if skip > 0 {
                skip -= 1;
            } else {
                into.push(seq);
                left -= 1;
            }
        }
        Ok(skip)
    }

    fn count(
        &self,
        connection: &Connection,
        query: &MemberQuery,
        filter: &Filter<'_>,
    ) -> Result<usize, StoreError> {
        let sql = format!("SELECT count(*) AS members FROM {}", self.source(filter));
        let mut statement = connection.prepare_cached(&sql)?;
        bind(&mut statement, query, filter)?;
        let mut rows = statement.raw_query();
        let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        Ok(usize::try_from(column::count(row, "members")?).unwrap_or(usize::MAX))
    }

    fn select(&self, filter: &Filter<'_>) -> String {
        let Self { seq, order, .. } = self;
        let source = self.source(filter);
        format!("SELECT {seq} FROM {source} ORDER BY {order} LIMIT :limit OFFSET :offset")
    }

    /// The members of the section that pass `filter`. A few are looked up one by one; many are met
    /// while walking the index.
    fn source(&self, filter: &Filter<'_>) -> String {
        let Self {
            table,
            index,
            seq,
            filter: own,
            ..
        } = self;
        match filter {
            Filter::None | Filter::Within(_) => format!("{table} INDEXED BY {index} WHERE {own}"),
            Filter::Among(_) => format!(
                "json_each(:found) AS found CROSS JOIN {table} ON {table}.{seq} = found.value \
                 WHERE {own}"
            ),
        }
    }
}

/// Binds what the statement mentions of the query.
fn bind(
    statement: &mut rusqlite::Statement<'_>,
    query: &MemberQuery,
    filter: &Filter<'_>,
) -> rusqlite::Result<()> {
    bind_one(statement, ":kind", query.filter.kind.map(column::kind_word))?;
    bind_one(statement, ":now", column::millis(query.now))?;
    match filter {
        Filter::Among(found) => bind_one(statement, ":found", found),
        Filter::None | Filter::Within(_) => Ok(()),
    }
}

/// The runs that make up the order of `query`, first to last.
fn sections(query: &MemberQuery) -> Vec<Section> {
    let ascending = query.direction == Direction::Ascending;
    let one_kind = query.filter.kind.is_some();
    match query.sort {
        MemberSort::Relevance => vec![by_name(one_kind, true)],
        MemberSort::Name => vec![by_name(one_kind, ascending)],
        MemberSort::Kind if one_kind => vec![by_name(true, true)],
        MemberSort::Kind => by_kind(ascending),
        MemberSort::Privileges => vec![by_privileges(one_kind, ascending)],
        MemberSort::NextEnd => by_next_end(one_kind, ascending),
        MemberSort::Roles => vec![by_count(&ROLES, one_kind, ascending)],
        MemberSort::Groups => vec![by_count(&GROUPS, one_kind, ascending)],
    }
}

fn by_name(one_kind: bool, ascending: bool) -> Section {
    let (index, filter) = if one_kind {
        ("member_by_kind_name", "kind = :kind")
    } else {
        ("member_by_name", "true")
    };
    let order = if ascending {
        "sort_key, seq"
    } else {
        "sort_key DESC, seq DESC"
    };
    member_section(index, filter, order)
}

fn by_kind(ascending: bool) -> Vec<Section> {
    let mut filters = ["kind = 'user'", "kind = 'identity'", "kind = 'group'"];
    if !ascending {
        filters.reverse();
    }
    filters
        .map(|filter| member_section("member_by_kind_name", filter, "sort_key, seq"))
        .into()
}

fn by_privileges(one_kind: bool, ascending: bool) -> Section {
    let (index, filter) = match (one_kind, ascending) {
        (false, true) => ("member_by_fewest_privileges", "true"),
        (false, false) => ("member_by_most_privileges", "true"),
        (true, true) => ("member_by_kind_fewest_privileges", "kind = :kind"),
        (true, false) => ("member_by_kind_most_privileges", "kind = :kind"),
    };
    let order = if ascending {
        "privilege_count, sort_key, seq"
    } else {
        "privilege_count DESC, sort_key, seq"
    };
    member_section(index, filter, order)
}

/// A column that counts something, and its indices.
struct Counted {
    index: &'static str,
    kind_index: &'static str,
    ascending: &'static str,
    descending: &'static str,
}

const ROLES: Counted = Counted {
    index: "member_by_roles",
    kind_index: "member_by_kind_roles",
    ascending: "role_count, sort_key, seq",
    descending: "role_count DESC, sort_key DESC, seq DESC",
};

const GROUPS: Counted = Counted {
    index: "member_by_groups",
    kind_index: "member_by_kind_groups",
    ascending: "group_count, sort_key, seq",
    descending: "group_count DESC, sort_key DESC, seq DESC",
};

fn by_count(counted: &Counted, one_kind: bool, ascending: bool) -> Section {
    let (index, filter) = if one_kind {
        (counted.kind_index, "kind = :kind")
    } else {
        (counted.index, "true")
    };
    let order = if ascending {
        counted.ascending
    } else {
        counted.descending
    };
    member_section(index, filter, order)
}

fn by_next_end(one_kind: bool, ascending: bool) -> Vec<Section> {
    let (index, filter) = if one_kind {
        (
            "member_end_by_kind_end",
            "kind = :kind AND end_at > :now AND (previous_end IS NULL OR previous_end <= :now)",
        )
    } else {
        (
            "member_end_by_end",
            "end_at > :now AND (previous_end IS NULL OR previous_end <= :now)",
        )
    };
    let ending = Section {
        table: "member_end",
        index,
        seq: "member",
        filter,
        order: if ascending {
            "end_at, sort_key, member"
        } else {
            "end_at DESC, sort_key DESC, member DESC"
        },
    };
    let (index, ended, never) = if one_kind {
        (
            "member_by_kind_last_end",
            "kind = :kind AND last_end <= :now",
            "kind = :kind AND last_end IS NULL",
        )
    } else {
        ("member_by_last_end", "last_end <= :now", "last_end IS NULL")
    };
    vec![
        ending,
        member_section(index, ended, "last_end DESC, sort_key DESC, seq DESC"),
        member_section(index, never, "sort_key, seq"),
    ]
}

fn member_section(index: &'static str, filter: &'static str, order: &'static str) -> Section {
    Section {
        table: "member",
        index,
        seq: "seq",
        filter,
        order,
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use reeve_domain::member::MemberKind;

    use super::*;
    use crate::filter::MemberFilter;
    use crate::plan;

    fn every_order() -> Vec<MemberQuery> {
        let mut orders = Vec::new();
        for kind in [None, Some(MemberKind::Identity)] {
            for direction in [Direction::Ascending, Direction::Descending] {
                for sort in [
                    MemberSort::Relevance,
                    MemberSort::Name,
                    MemberSort::Kind,
                    MemberSort::Privileges,
                    MemberSort::NextEnd,
                    MemberSort::Roles,
                    MemberSort::Groups,
                ] {
                    orders.push(MemberQuery {
                        filter: MemberFilter {
                            kind,
                            ..MemberFilter::default()
                        },
                        sort,
                        direction,
                        offset: 0,
                        limit: 50,
                        now: DateTime::UNIX_EPOCH,
                    });
                }
            }
        }
        orders
    }

    #[test]
    fn every_page_is_a_walk_along_its_index_alone() {
        for query in every_order() {
            for section in sections(&query) {
                let plan = plan::of(&section.select(&Filter::None));
                let walk = format!("USING COVERING INDEX {}", section.index);
                assert_eq!(plan.len(), 1, "{query:?}: {plan:?}");
                assert!(plan[0].contains(&walk), "{query:?}: {plan:?}");
                let is_search = plan[0].starts_with("SEARCH");
                assert_eq!(is_search, section.filter != "true", "{query:?}: {plan:?}");
            }
        }
    }

    #[test]
    fn few_matches_are_looked_up_and_not_searched_for() {
        for query in every_order() {
            for section in sections(&query) {
                let plan = plan::of(&section.select(&Filter::Among("[1]".into())));
                assert!(plan[0].starts_with("SCAN found"), "{query:?}: {plan:?}");
                assert!(plan[1].starts_with("SEARCH member"), "{query:?}: {plan:?}");
            }
        }
    }
}
