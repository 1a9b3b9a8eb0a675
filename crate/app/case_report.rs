//! What a dossier says of the case.

use chrono::SecondsFormat;
use serde::Serialize;

use crate::{
    app::screen::Prepared,
    case::{Correction, Deadline, Moment, Start, Statement, When},
    page::PageSnapshot,
};

/// The case in `case.json`: what was read, what it means, and on what that rests.
#[derive(Debug, Serialize)]
pub struct CaseReport {
    /// The viewer's IANA zone.
    zone: String,
    /// What each page said, newest first: when it was last seen, and before that where it said something else.
    pages: Vec<PageReport>,
    /// What the user entered in place of what the pages say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<Correction>,
    /// What the user stated that no page shows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    statements: Vec<Statement>,
    /// The state, as `redress decide` names it.
    state: &'static str,
    /// Every deadline.
    deadlines: Vec<DeadlineReport>,
    /// The next step, as `redress decide` names it.
    next: &'static str,
    /// What is true beside the state.
    flags: Vec<&'static str>,
}

/// The texts of the order on one page, as they were there.
#[derive(Debug, Serialize)]
struct PageReport {
    read_at: String,
    texts: PageSnapshot,
}

/// A deadline in the form of `redress decide`.
#[derive(Debug, Serialize)]
struct DeadlineReport {
    rule: &'static str,
    kind: &'static str,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    act_by: Option<String>,
    basis: String,
    grade: &'static str,
}

impl DeadlineReport {
    fn of(deadline: &Deadline, from_user: &[Start]) -> Self {
        let from_user = deadline.basis.start().is_some_and(|start| from_user.contains(&start));
        let note = if from_user { "; counts from what was entered by you" } else { "" };
        Self {
            rule: deadline.rule(),
            kind: deadline.kind.code(),
            at: when(deadline.at),
            act_by: deadline.act_by.map(when),
            basis: format!("{}{note}", deadline.basis),
            grade: deadline.grade().code(),
        }
    }
}

fn when(when: When) -> String {
    match when {
        When::Instant(at) => at.to_rfc3339_opts(SecondsFormat::Secs, true),
        When::Day(day) => day.to_string(),
    }
}

impl CaseReport {
    /// The report of a case.
    pub(super) fn of(prepared: &Prepared, at: &Moment<'_>) -> Self {
        let decision = &prepared.decision;
        let pages = prepared.file.looks.iter().map(|look| PageReport {
            read_at: look.at.to_rfc3339_opts(SecondsFormat::Secs, true),
            texts: look.snapshot.clone(),
        });
        let deadlines = decision.deadlines.iter();
        Self {
            zone: at.zone.to_owned(),
            pages: pages.collect(),
            corrections: prepared.history.corrections.clone(),
            statements: prepared.history.statements.clone(),
            state: decision.state.code(),
            deadlines: deadlines.map(|deadline| DeadlineReport::of(deadline, &prepared.from_user)).collect(),
            next: decision.next.code(),
            flags: decision.flags.iter().map(|flag| flag.code()).collect(),
        }
    }
}
