//! The benchmark of the reader: how many of the expected facts it reads right on every saved page, and how many it still
//! reads right, and never wrong, after the pages were damaged. Run by `cargo bench --bench reader`.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench that fails says why, and prints its figures"
)]

#[cfg_attr(test, expect(dead_code, unused_imports, reason = "its tests run elsewhere"))]
#[path = "../../crate/cli/collect/mod.rs"]
mod collect;
mod damage;
mod facts;
mod foreign;
mod mutate;
mod pages;
mod random;
mod score;

use std::{collections::BTreeMap, process::ExitCode};

use mutate::Tally;
use score::Score;

/// Readings of every page with every damage.
const SEEDS: u64 = 20;

fn main() -> ExitCode {
    let saved = saved_pages();
    let damaged = damaged_pages();
    println!();
    println!("reader, expected facts right: {} facts", saved.right);
    println!("reader, expected facts wrong: {} facts", saved.wrong);
    println!("reader, expected facts not read: {} facts", saved.unread);
    println!("damaged pages, facts right: {} facts", damaged.right);
    println!("damaged pages, facts wrong: {} facts", damaged.wrong);
    println!("damaged pages, facts not read: {} facts", damaged.unread);
    println!("damaged pages, facts beside a known label: {} facts", damaged.readable);
    println!("damaged pages, of these read: {:.2} percent", damaged.percent());
    if saved.wrong + damaged.wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn saved_pages() -> Score {
    let mut languages: BTreeMap<String, Score> = BTreeMap::new();
    let mut sum = Score::default();
    println!("{:<36}{:>8}{:>8}{:>8}", "saved page", "right", "wrong", "unread");
    for page in pages::all() {
        let reading = page.read(&page.html);
        let score = Score::of(&page.case["expect"], &reading);
        print_score(&page.name, score);
        let language = reading["language"].as_str().unwrap_or("none");
        languages.entry(language.to_owned()).or_default().add(score);
        sum.add(score);
    }
    println!("\n{:<36}{:>8}{:>8}{:>8}", "language", "right", "wrong", "unread");
    for (language, score) in &languages {
        print_score(language, *score);
    }
    sum
}

fn print_score(name: &str, score: Score) {
    println!("{name:<36}{:>8}{:>8}{:>8}", score.right, score.wrong, score.unread);
}

fn damaged_pages() -> Tally {
    let (tallies, wrong) = mutate::run(SEEDS);
    let mut sum = Tally::default();
    println!("\n{:<36}{:>8}{:>8}{:>8}{:>10}{:>8}", "damage", "right", "wrong", "unread", "labelled", "read");
    for (name, tally) in &tallies {
        let Tally { right, wrong, unread, readable, .. } = tally;
        println!("{name:<36}{right:>8}{wrong:>8}{unread:>8}{readable:>10}{:>7.1}%", tally.percent());
        sum.add(*tally);
    }
    if !wrong.is_empty() {
        println!("\nwrong values");
        for wrong in &wrong {
            println!("{wrong}");
        }
    }
    sum
}
