//! `policy/rules.toml`: the time rules and the margins.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{camel, line, unique};

const UNITS: [&str; 5] = ["d", "h", "bd", "cd", "y"];
const KINDS: [&str; 4] = ["close", "open", "expect", "advise"];
const GRADES: [&str; 7] = ["A", "A-", "A/B", "B", "C+", "C", "D"];
const AGES: [&str; 4] = ["current", "aged", "stale", "undated"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    state: State,
    rule: Vec<Rule>,
    limits: BTreeMap<String, Limit>,
}

/// The state of the whole set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    version: u32,
    as_of: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    id: String,
    limits: String,
    source: String,
    read: String,
    grade: String,
    age: String,
    replaced_by: String,
    #[serde(default)]
    reported: String,
    #[serde(default)]
    estimate: bool,
    clock: Vec<Clock>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clock {
    #[serde(default)]
    name: String,
    limits: Option<String>,
    start: Vec<String>,
    length: i32,
    unit: String,
    kind: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limit {
    value: i64,
    why: String,
}

/// Checks the rules and writes them as statics.
pub(super) fn write(rules: &Rules, code: &mut String) -> Result<(), String> {
    unique(rules.rule.iter().map(|rule| rule.id.as_str()))?;
    let State { version, as_of } = &rules.state;
    if !is_iso_date(as_of) {
        return Err(format!("as_of `{as_of}` is not YYYY-MM-DD"));
    }
    line(code, format_args!("pub(super) const VERSION: u32 = {version};"));
    line(code, format_args!("pub(super) const AS_OF: &str = {as_of:?};"));
    for rule in &rules.rule {
        check_rule(rule).map_err(|problem| format!("{}: {problem}", rule.id))?;
        write_rule(rule, code);
    }
    let names: Vec<String> = rules.rule.iter().map(|rule| format!("&RULE_{}", rule.id)).collect();
    line(
        code,
        format_args!("pub(super) static ALL: [&super::Rule; {}] = [{}];", names.len(), names.join(", ")),
    );
    let clocks: Vec<String> = rules
        .rule
        .iter()
        .flat_map(|rule| rule.clock.iter().map(|clock| format!("&{}", clock_name(rule, clock))))
        .collect();
    line(
        code,
        format_args!(
            "pub(super) static CLOCKS: [&super::Clock; {}] = [{}];",
            clocks.len(),
            clocks.join(", ")
        ),
    );
    let source =
        |rule: &Rule| [&rule.id, &rule.source, &rule.read, &rule.reported].map(String::as_str).join("\t");
    let sources: Vec<String> = rules.rule.iter().map(source).collect();
    line(
        code,
        format_args!(
            "#[cfg(not(target_arch = \"wasm32\"))] pub(super) const SOURCES: &str = {:?};",
            sources.join("\n")
        ),
    );
    for (name, limit) in &rules.limits {
        if limit.why.is_empty() {
            return Err(format!("limits.{name}: a reason is missing"));
        }
        line(code, format_args!("/// {}.", limit.why));
        line(code, format_args!("pub(in crate::case) const {}: i64 = {};", name.to_uppercase(), limit.value));
    }
    Ok(())
}

fn check_rule(rule: &Rule) -> Result<(), String> {
    for (what, value, known) in [("grade", &rule.grade, &GRADES[..]), ("age", &rule.age, &AGES[..])] {
        if !known.contains(&value.as_str()) {
            return Err(format!("{what} `{value}` is not one of {known:?}"));
        }
    }
    let texts = [&rule.source, &rule.reported];
    if texts.iter().any(|text| text.contains(['\t', '\n'])) {
        return Err("source and reported stand on one line".to_owned());
    }
    if rule.source.is_empty() || rule.replaced_by.is_empty() {
        return Err("source and replaced_by must say something".to_owned());
    }
    if !is_iso_date(&rule.read) {
        return Err(format!("read `{}` is not YYYY-MM-DD", rule.read));
    }
    unique(rule.clock.iter().map(|clock| clock.name.as_str()))?;
    for clock in &rule.clock {
        for (what, value, known) in [("unit", &clock.unit, &UNITS[..]), ("kind", &clock.kind, &KINDS[..])] {
            if !known.contains(&value.as_str()) {
                return Err(format!("{what} `{value}` is not one of {known:?}"));
            }
        }
        if clock.start.is_empty() {
            return Err("a clock needs a start".to_owned());
        }
    }
    Ok(())
}

fn write_rule(rule: &Rule, code: &mut String) {
    let id = &rule.id;
    let grade = match rule.grade.as_str() {
        "A-" => "AMinus".to_owned(),
        "A/B" => "AOrB".to_owned(),
        "C+" => "CPlus".to_owned(),
        other => other.to_owned(),
    };
    line(
        code,
        format_args!(
            "pub(super) static RULE_{id}: super::Rule = super::Rule {{ id: {id:?}, \
             grade: super::Grade::{grade}, age: super::Age::{}, estimate: {} }};",
            camel(&rule.age),
            rule.estimate,
        ),
    );
    for clock in &rule.clock {
        let name = clock_name(rule, clock);
        let starts: Vec<String> =
            clock.start.iter().map(|start| format!("super::Start::{}", camel(start))).collect();
        line(
            code,
            format_args!(
                "pub(in crate::case) static {name}: super::Clock = super::Clock {{ name: \"{name}\", \
                 rule: &RULE_{id}, limits: super::Subject::{}, starts: &[{}], length: {}, unit: super::Unit::{}, kind: super::Kind::{} }};",
                camel(clock.limits.as_ref().unwrap_or(&rule.limits)),
                starts.join(", "),
                clock.length,
                camel(&clock.unit),
                camel(&clock.kind),
            ),
        );
    }
}

fn clock_name(rule: &Rule, clock: &Clock) -> String {
    if clock.name.is_empty() { rule.id.clone() } else { format!("{}_{}", rule.id, clock.name.to_uppercase()) }
}

fn is_iso_date(text: &str) -> bool {
    text.len() == 10
        && text
            .char_indices()
            .all(|(at, sign)| if at == 4 || at == 7 { sign == '-' } else { sign.is_ascii_digit() })
}
