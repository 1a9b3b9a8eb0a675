//! `redress decide`.

use std::{
    fs,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

use chrono::{DateTime, Utc};
use clap::Args;
use redress::case::{Age, Deadline, Decision, Facts, Flag, Moment, Next, State, When, decide};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::zones::Database;

/// Arguments of `redress decide`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// A JSON file with one scenario or an array of them.
    file: PathBuf,
}

/// Runs the command. An error is one clear line.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let name = arguments.file.display();
    let text = fs::read_to_string(&arguments.file).map_err(|error| format!("{name}: {error}"))?;
    let input: Value = serde_json::from_str(&text).map_err(|error| format!("{name}: not JSON: {error}"))?;
    let answer = match input {
        Value::Array(scenarios) => {
            let mut answers = Vec::new();
            for (place, scenario) in scenarios.into_iter().enumerate() {
                answers.push(answer(scenario, place).map_err(|problem| format!("{name}: {problem}"))?);
            }
            serde_json::to_string_pretty(&answers)
        }
        scenario => serde_json::to_string_pretty(
            &answer(scenario, 0).map_err(|problem| format!("{name}: {problem}"))?,
        ),
    };
    let answer = answer.map_err(|error| error.to_string())?;
    writeln!(io::stdout().lock(), "{answer}").map_err(|error| format!("cannot print: {error}"))?;
    Ok(ExitCode::SUCCESS)
}

/// What is printed for a scenario.
#[derive(Serialize)]
struct Answer {
    id: Value,
    state: State,
    deadlines: Vec<Line>,
    next: Next,
    flags: Vec<Flag>,
}

#[derive(Serialize)]
struct Line {
    rule: &'static str,
    kind: &'static str,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    act_by: Option<String>,
    basis: String,
    grade: String,
}

fn answer(scenario: Value, place: usize) -> Result<Answer, String> {
    let Value::Object(mut scenario) = scenario else {
        return Err(format!("scenario number {}: not an object", place.saturating_add(1)));
    };
    let id = scenario.remove("id").unwrap_or_default();
    let named = match &id {
        Value::String(id) => format!("scenario {id}"),
        _ => format!("scenario number {}", place.saturating_add(1)),
    };
    let decision = decision(&mut scenario).map_err(|problem| format!("{named}: {problem}"))?;
    Ok(Answer {
        id,
        state: decision.state,
        deadlines: decision.deadlines.iter().map(line).collect(),
        next: decision.next,
        flags: decision.flags.into_iter().collect(),
    })
}

fn decision(scenario: &mut Map<String, Value>) -> Result<Decision, String> {
    let zone: String = take(scenario, "zone")?;
    let now: DateTime<Utc> = take(scenario, "now")?;
    let facts = facts(&take(scenario, "facts")?)?;
    let at = Moment { now, zone: &zone, zones: &Database };
    match facts.unknown_zone(&at) {
        Some(unknown) => Err(format!("unknown time zone `{unknown}`")),
        None => Ok(decide(&facts.of_case(), &at)),
    }
}

fn take<T: DeserializeOwned>(scenario: &mut Map<String, Value>, key: &str) -> Result<T, String> {
    let value = scenario.remove(key).ok_or_else(|| format!("`{key}` is missing"))?;
    T::deserialize(value).map_err(|error| format!("{key}: {error}"))
}

fn facts(given: &Map<String, Value>) -> Result<Facts, String> {
    Facts::deserialize(given).map_err(|error| {
        // The error does not name its key: the key is the one that fails alone.
        let fails_alone = |(key, value): &(&String, &Value)| {
            Facts::deserialize(&Map::from_iter([((*key).clone(), (*value).clone())])).is_err()
        };
        match given.iter().find(fails_alone) {
            Some((key, _)) => format!("facts.{key}: {error}"),
            None => format!("facts: {error}"),
        }
    })
}

fn line(deadline: &Deadline) -> Line {
    Line {
        rule: deadline.rule(),
        kind: deadline.kind.code(),
        at: written(deadline.at),
        act_by: deadline.act_by.map(written),
        basis: deadline.basis.to_string(),
        grade: grade(deadline),
    }
}

/// `A stale` is not `A`: primary text may be ten years old.
fn grade(deadline: &Deadline) -> String {
    let grade = deadline.grade().code();
    let is_stale = deadline.clock().is_some_and(|clock| clock.rule.age == Age::Stale);
    if is_stale { format!("{grade} stale") } else { grade.to_owned() }
}

/// Fractions of a second are dropped.
fn written(when: When) -> String {
    match when {
        When::Instant(instant) => instant.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        When::Day(day) => day.format("%Y-%m-%d").to_string(),
    }
}
