//! Serves the recorded project as an Infisical server would, for trying the app by hand and for the
//! journeys: `infisical [MEMBERS ROLES PRIVILEGES]`. Prints its address and, as a second line, the
//! client id and the client secret of an identity that may see everything.
#![allow(clippy::print_stdout, reason = "a program that prints its address")]

use std::io::Write as _;

use reeve_tests::infisical::Infisical;
use reeve_tests::infisical::world::{ADMIN, World};

fn main() {
    let sizes: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|size| size.parse().ok())
        .collect();
    let world = match sizes.as_slice() {
        [members, roles, privileges] => World::large(*members, *roles, *privileges),
        _ => World::recorded(),
    };
    let server = Infisical::of(world);
    println!("{}", server.url());
    println!("{ADMIN} secret of {ADMIN}");
    let _ = std::io::stdout().flush();
    loop {
        std::thread::park();
    }
}
