//! Serves the recorded project as an Infisical server would, for trying the app by hand and for the
//! journeys: `infisical [--late MILLISECONDS] [--encrypted FILE] [MEMBERS ROLES PRIVILEGES]`. With
//! `--late` it takes its time for every answer; with `--encrypted` it speaks HTTPS under an authority
//! of its own, whose certificate goes into the file. Prints its address and, as a second line, the
//! client id and the client secret of an identity that may see everything. Then it reads orders, as
//! [`outside`] knows them, and answers each with a line: `done`, or what is wrong with it.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a program that prints its address"
)]

use std::io::{BufRead as _, Write as _};
use std::time::Duration;

use reeve_tests::infisical::fault::{Fault, Kind};
use reeve_tests::infisical::world::{ADMIN, World};
use reeve_tests::infisical::{Infisical, outside};

fn main() {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let late = option(&mut words, "--late").and_then(|late| late.parse().ok());
    let server = match option(&mut words, "--encrypted") {
        Some(file) => {
            let (server, authority) = Infisical::start_encrypted();
            std::fs::write(file, authority).expect("the file can be written");
            server
        }
        None => Infisical::of(world(&words)),
    };
    if let Some(late) = late {
        let late = Kind::Late(Duration::from_millis(late));
        server.strike(Fault::always(late));
    }
    println!("{}", server.url());
    println!("{ADMIN} secret of {ADMIN}");
    let _ = std::io::stdout().flush();
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let order = serde_json::from_str(&line).map_err(|error| error.to_string());
        match order.and_then(|order| outside::carry_out(&server, &order)) {
            Ok(()) => println!("done"),
            Err(wrong) => println!("{wrong}"),
        }
        let _ = std::io::stdout().flush();
    }
    loop {
        std::thread::park();
    }
}

/// Takes the option `name` with its value out of `words`.
fn option(words: &mut Vec<String>, name: &str) -> Option<String> {
    let place = words.iter().position(|word| word == name)?;
    words.drain(place..(place + 2).min(words.len())).nth(1)
}

fn world(words: &[String]) -> World {
    let sizes: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
    match sizes.as_slice() {
        [members, roles, privileges] => World::large(*members, *roles, *privileges),
        _ => World::today(),
    }
}
