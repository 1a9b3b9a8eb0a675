//! Saved pages that are damaged: nothing wrong may be read from them, and nearly all that they still say must be.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper that fails is a test that fails"
)]

#[path = "../crate/cli/collect/mod.rs"]
mod collect;
#[path = "bench/damage.rs"]
mod damage;
#[path = "bench/facts.rs"]
mod facts;
#[path = "bench/foreign.rs"]
mod foreign;
#[path = "bench/mutate.rs"]
mod mutate;
#[path = "bench/pages.rs"]
mod pages;
#[path = "bench/random.rs"]
mod random;
#[path = "bench/score.rs"]
mod score;

use score::Score;
use serde_json::json;

#[test]
fn damaged_pages_are_never_misread() {
    let (tallies, wrong) = mutate::run(2);
    let mut sum = mutate::Tally::default();
    for tally in tallies.values() {
        sum.add(*tally);
    }
    let mut problems: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    if sum.percent() < 90.0 {
        problems.push(format!("{:.1} % of the facts beside a known label are read", sum.percent()));
    }
    assert!(problems.is_empty(), "{} problems, {sum:?}:\n{}", problems.len(), problems.join("\n"));
    assert!(sum.readable > 1000, "{sum:?}");
}

#[test]
fn the_score_can_be_bad() {
    let expected = json!({"a": 1, "b": null, "list": [{"kind": "x", "date": 1}], "orders": [{"c": "u v"}]});
    for (found, right, wrong, unread) in [
        (json!({"a": 1, "list": [{"kind": "x", "date": 1}], "orders": [{"c": "u  v"}]}), 5, 0, 0),
        (json!({"a": 2, "list": [{"kind": "x", "date": 2}], "orders": [{"c": "u"}]}), 2, 3, 0),
        (json!({"b": 3, "list": [], "orders": []}), 0, 1, 4),
        (json!({"a": 1, "list": [{"kind": "y", "date": 1}], "orders": [{"c": "unknown"}, {}]}), 2, 1, 3),
    ] {
        assert_eq!(Score::of(&expected, &found), Score { right, wrong, unread }, "{found}");
    }
}
