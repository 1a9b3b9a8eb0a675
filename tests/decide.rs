//! `redress decide` against every file in `tests/scenarios`: a new file is a new test, without code.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic; clippy.toml exempts only the test functions themselves"
)]

#[path = "decide/any_facts.rs"]
mod any_facts;
#[path = "decide/any_order.rs"]
mod any_order;
#[path = "decide/arithmetic.rs"]
mod arithmetic;
#[path = "decide/bank_clocks.rs"]
mod bank_clocks;
#[path = "decide/basis.rs"]
mod basis;
#[path = "decide/by_chrono.rs"]
mod by_chrono;
#[path = "decide/changes.rs"]
mod changes;
#[path = "../crate/cli/collect/mod.rs"]
mod collect;
#[path = "decide/ladder.rs"]
mod ladder;
#[path = "decide/properties.rs"]
mod properties;
#[path = "bench/random.rs"]
mod random;
#[path = "decide/reasons.rs"]
mod reasons;
#[path = "decide/times.rs"]
mod times;
#[path = "decide/worked.rs"]
mod worked;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use chrono::{DateTime, FixedOffset, Offset, TimeZone, Utc};
use redress::case::{Flag, Next, Rule, State, Zones};
use serde_json::{Value, json};

/// The whole zone database, read without the command line's own adapter.
pub(crate) struct Database;

impl Zones for Database {
    fn offset_at(&self, zone: &str, at: DateTime<Utc>) -> Option<FixedOffset> {
        let zone: chrono_tz::Tz = zone.parse().ok()?;
        Some(zone.offset_from_utc_datetime(&at.naive_utc()).fix())
    }
}

fn redress(file: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_redress")).arg("decide").arg(file).output().unwrap()
}

fn scenario_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    files
}

fn scenarios(file: &Path) -> Vec<Value> {
    match serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap() {
        Value::Array(list) => list,
        single => vec![single],
    }
}

fn codes(value: &Value) -> BTreeSet<&str> {
    value.as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect()
}

/// Deadlines as a set of what is compared, each with how often it is listed.
fn compared(deadlines: &Value) -> BTreeMap<String, usize> {
    let mut set = BTreeMap::new();
    for deadline in deadlines.as_array().unwrap() {
        let part = |key: &str| deadline.get(key).and_then(Value::as_str).unwrap_or("-").to_owned();
        *set.entry(["rule", "kind", "at", "act_by"].map(part).join(" ")).or_default() += 1;
    }
    set
}

#[test]
fn every_scenario_is_decided_as_expected() {
    let mut wrong = Vec::new();
    for file in scenario_files() {
        let output = redress(&file);
        assert!(output.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
        let answers: Vec<Value> = match serde_json::from_slice(&output.stdout).unwrap() {
            Value::Array(list) => list,
            single => vec![single],
        };
        let given = scenarios(&file);
        assert_eq!(given.len(), answers.len(), "{}", file.display());
        for (scenario, answer) in given.iter().zip(&answers) {
            let (id, expect) = (&scenario["id"], &scenario["expect"]);
            assert_eq!(id, &answer["id"]);
            let mut check = |what: &str, expected: String, found: String| {
                if expected != found {
                    wrong.push(format!(
                        "{id} {}: {what}\n  expected {expected}\n  found    {found}",
                        scenario["title"]
                    ));
                }
            };
            check("state", expect["state"].to_string(), answer["state"].to_string());
            check("next", expect["next"].to_string(), answer["next"].to_string());
            let deadlines = |side: &Value| format!("{:?}", compared(&side["deadlines"]));
            check("deadlines", deadlines(expect), deadlines(answer));
            let flags = |side: &Value| format!("{:?}", codes(&side["flags"]));
            check("flags", flags(expect), flags(answer));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_answer_says_what_it_rests_on() {
    for file in scenario_files() {
        let answers: Value = serde_json::from_slice(&redress(&file).stdout).unwrap();
        for answer in answers.as_array().unwrap() {
            let keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
            assert_eq!(keys.len(), 5, "{keys:?}");
            for deadline in answer["deadlines"].as_array().unwrap() {
                assert!(deadline["basis"].as_str().unwrap().len() > 10, "{deadline}");
                assert!(!deadline["grade"].as_str().unwrap().is_empty(), "{deadline}");
                assert_eq!(deadline["kind"] == "close", deadline.get("act_by").is_some(), "{deadline}");
            }
        }
    }
}

#[test]
fn scenario_ids_are_unique() {
    let mut seen = BTreeSet::new();
    for scenario in scenario_files().iter().flat_map(|file| scenarios(file)) {
        assert!(seen.insert(scenario["id"].to_string()), "{} is there twice", scenario["id"]);
    }
}

/// What no scenario expects, nothing tests.
#[test]
fn every_state_step_flag_and_rule_is_expected_somewhere() {
    let all: Vec<Value> = scenario_files().iter().flat_map(|file| scenarios(file)).collect();
    let one = |key: &str| all.iter().map(|scenario| scenario["expect"][key].as_str().unwrap()).collect();
    let states: BTreeSet<&str> = one("state");
    let steps: BTreeSet<&str> = one("next");
    let flags: BTreeSet<&str> = all.iter().flat_map(|scenario| codes(&scenario["expect"]["flags"])).collect();
    let rules: BTreeSet<&str> = all
        .iter()
        .flat_map(|scenario| scenario["expect"]["deadlines"].as_array().unwrap())
        .map(|deadline| deadline["rule"].as_str().unwrap())
        .collect();
    for (kind, known, seen) in [
        ("state", State::ALL.iter().map(|state| state.code()).collect::<Vec<_>>(), &states),
        ("step", Next::ALL.iter().map(|step| step.code()).collect(), &steps),
        ("flag", Flag::ALL.iter().map(|flag| flag.code()).collect(), &flags),
    ] {
        for code in known {
            assert!(seen.contains(code), "no scenario expects the {kind} {code}");
        }
    }
    // R11 and W01 are never listed, R20 has no number.
    for rule in Rule::all().iter().filter(|rule| !["R11", "R20", "W01"].contains(&rule.id)) {
        assert!(rules.contains(rule.id), "no scenario expects {}", rule.id);
    }
}

#[track_caller]
fn refused(content: &str, said: &[&str]) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let name = format!("refused-{}.json", std::panic::Location::caller().line());
    let file = folder.join(name);
    fs::write(&file, content).unwrap();
    let output = redress(&file);
    let line = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{content} was taken");
    assert!(output.stdout.is_empty());
    assert_eq!(line.trim_end().lines().count(), 1, "{line}");
    assert!(!line.contains("panicked"), "{line}");
    for part in said {
        assert!(line.contains(part), "`{part}` is not in: {line}");
    }
}

fn scenario(facts: &Value) -> String {
    json!([{"id": "X1", "zone": "Europe/Berlin", "now": "2026-06-01T00:00:00Z", "facts": facts}]).to_string()
}

#[test]
fn wrong_input_is_refused_with_one_line() {
    refused("{", &["not JSON"]);
    refused("[3]", &["scenario number 1", "object"]);
    refused(r#"{"id": "X1", "zone": "UTC", "facts": {}}"#, &["X1", "`now` is missing"]);
    refused(
        r#"{"id": "X1", "zone": "Mars/Base", "now": "2026-06-01T00:00:00Z", "facts": {}}"#,
        &["X1", "Mars/Base"],
    );
    refused(r#"{"id": "X1", "zone": "UTC", "now": "yesterday", "facts": {}}"#, &["X1", "now"]);
    refused(r#"{"id": "X1", "zone": "UTC", "now": "2026-06-01T00:00:00Z", "facts": []}"#, &["X1", "facts"]);
    refused(&scenario(&json!({"order_status": "lost_at_sea"})), &["X1", "order_status", "lost_at_sea"]);
    refused(&scenario(&json!({"rails": ["cash"]})), &["X1", "rails", "cash"]);
    refused(&scenario(&json!({"can_dispute": "yes"})), &["X1", "can_dispute"]);
    refused(&scenario(&json!({"paid_at": "2026-06-01T00:00"})), &["X1", "paid_at"]);
    refused(&scenario(&json!({"paid_on": "2026-02-30"})), &["X1", "paid_on"]);
    refused(
        &scenario(&json!({"paid_at": {"local": "2026-06-01", "zone": "Mars/Base"}})),
        &["X1", "Mars/Base"],
    );
    refused(&scenario(&json!({"items": [{"item_id": "1", "paid_at": 5}]})), &["X1", "items"]);
    let reading = |rest: Value| {
        let mut reading = json!({"of": "window", "observed_at": "2026-06-01T00:00:00Z"});
        reading.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        scenario(&json!({"readings": [reading]}))
    };
    refused(&reading(json!({})), &["X1", "readings", "countdown_ms"]);
    refused(&reading(json!({"countdown_ms": 5, "until": "2026-06-01"})), &["X1", "readings"]);
    refused(&reading(json!({"days": 5})), &["X1", "readings"]);
    refused(&reading(json!({"countdown_ms": -5})), &["X1", "readings"]);
    refused(&reading(json!({"until": "2026-06-01", "of": "lunch"})), &["X1", "readings", "lunch"]);
    refused(&reading(json!({"until": {"local": "2026-06-01", "zone": "Nowhere"}})), &["X1", "Nowhere"]);
}

#[test]
fn a_missing_file_is_one_line() {
    let output = redress(Path::new("no/such/file.json"));
    assert!(!output.status.success());
    assert_eq!(String::from_utf8(output.stderr).unwrap().trim_end().lines().count(), 1);
}

#[test]
fn one_object_gives_one_object_and_unknown_keys_are_ignored() {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("one.json");
    let facts = json!({"order_status": "unpaid", "weather": "fine", "paid_at": null});
    let one =
        json!({"id": "X1", "mood": 3, "zone": "UTC", "now": "2026-06-01T02:00:00+02:00", "facts": facts});
    fs::write(&file, one.to_string()).unwrap();
    let answer: Value = serde_json::from_slice(&redress(&file).stdout).unwrap();
    assert_eq!(answer, json!({"id": "X1", "state": "unpaid", "deadlines": [], "next": "none", "flags": []}));
}
