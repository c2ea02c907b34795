//! The server's demand that a member keeps a permanent role, told before it is broken.
//!
//! A server takes all roles of a member at once and refuses a list that is empty or in which every
//! role is timed. What a member has through groups does not count for it.

use reeve_domain::lifetime::Lifetime;

/// Why a server would refuse the roles that a member would be left with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum RolesRefusal {
    /// There would be none.
    #[error(
        "it is the only role; give another permanent role first, or remove the member from the project"
    )]
    NoRole,
    /// All of them would be timed.
    #[error("at least one role must be permanent; give a permanent role first")]
    OnlyTimed,
}

/// Whether a server takes `lifetimes` as those of all roles that one member has itself.
pub fn check_roles<'a>(
    lifetimes: impl IntoIterator<Item = &'a Lifetime>,
) -> Result<(), RolesRefusal> {
    let mut refusal = RolesRefusal::NoRole;
    for lifetime in lifetimes {
        if *lifetime == Lifetime::Permanent {
            return Ok(());
        }
        refusal = RolesRefusal::OnlyTimed;
    }
    Err(refusal)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use reeve_domain::lifetime::Timed;

    use super::*;

    #[test]
    fn one_permanent_role_is_enough_and_anything_timed_is_not() {
        let start = DateTime::UNIX_EPOCH;
        let timed = Lifetime::timed("1h", start, start + TimeDelta::hours(1));
        let endless = Lifetime::Timed(Timed::default());
        assert_eq!(check_roles([]), Err(RolesRefusal::NoRole));
        assert_eq!(
            check_roles([&timed, &endless]),
            Err(RolesRefusal::OnlyTimed)
        );
        assert_eq!(check_roles([&timed, &Lifetime::Permanent]), Ok(()));
    }
}
