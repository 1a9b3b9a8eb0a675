//! Every number that is shown has a basis, and the basis is among the facts.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::{prelude::*, sample::select};
use redress::case::{Basis, Deadline, Decision, Facts, Form, Moment, Rule, Source, Start, decide};
use serde_json::{Map, Value};

use super::{
    Database,
    any_facts::{ZONES, facts_of, instant, known},
};

/// The facts that an event is known from.
fn keys(start: Start) -> Vec<String> {
    match start {
        Start::DeliveryEnd => vec!["readings".to_owned()],
        Start::TimerEnd => vec!["timer_ended_at".to_owned(), "readings".to_owned()],
        Start::PaidOn => vec!["paid_on".to_owned()],
        Start::CancelRequested => vec!["cancel_requested_at".to_owned()],
        other => vec![format!("{}_at", other.code()), format!("{}_on", other.code())],
    }
}

/// The one reading of these facts that a deadline rests on, if it is there: as it was stated, and where it was seen.
fn is_read(deadline: &Deadline, facts: &Facts) -> bool {
    let mut readings = facts
        .readings
        .iter()
        .flatten()
        .filter(|reading| reading.of.subject() == deadline.subject && reading.of.kind() == deadline.kind);
    readings.any(|reading| match (&deadline.basis, &reading.form) {
        (Basis::Countdown { left_ms, seen }, Form::Countdown(left)) => {
            left_ms == left && seen.at == reading.observed_at && seen.text == reading.text
        }
        (Basis::PageDate { seen }, Form::Until(_)) => {
            seen.at == reading.observed_at && seen.text == reading.text
        }
        (Basis::PagePhrase { days, from, seen }, Form::Phrase { days: stated, from: start }) => {
            (days, from) == (stated, start) && seen.at == reading.observed_at && seen.text == reading.text
        }
        (Basis::User { entered_at }, Form::User(_)) => *entered_at == reading.observed_at,
        _ => false,
    })
}

fn rests_on(decision: &Decision, wanted: &Basis) -> bool {
    decision.deadlines.iter().any(|deadline| deadline.basis == *wanted)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    /// Invariant 4, and more: the rule has source, date and grade, and the words name them; the page was seen; the
    /// user is named as such.
    #[test]
    fn every_deadline_has_a_basis(known in known(), now in instant(), zone in select(&ZONES[..])) {
        let facts = facts_of(&known);
        let at = Moment { now, zone, zones: &Database };
        for deadline in decide(&facts, &at).deadlines {
            let words = deadline.basis.to_string();
            match &deadline.basis {
                Basis::Rule { clock, start, .. } => {
                    let Rule { id, grade, .. } = clock.rule;
                    let Source { text: source, read, .. } = clock.rule.source();
                    prop_assert!(Rule::all().contains(&clock.rule) && clock.starts.contains(start));
                    prop_assert!(read.parse::<NaiveDate>().is_ok() && !source.is_empty());
                    for part in [id, source, read, grade.code()] {
                        prop_assert!(words.contains(part), "{words}");
                    }
                    prop_assert_eq!((deadline.rule(), deadline.grade()), (*id, *grade));
                    prop_assert_eq!((deadline.kind, deadline.subject), (clock.kind, clock.limits));
                }
                Basis::User { .. } => {
                    prop_assert_eq!(deadline.rule(), "user");
                    prop_assert!(words.contains("by you") && is_read(&deadline, &facts), "{words}");
                }
                Basis::Countdown { seen, .. } | Basis::PageDate { seen } | Basis::PagePhrase { seen, .. } => {
                    prop_assert_eq!(deadline.rule(), "page");
                    prop_assert!(words.contains(&seen.at.date_naive().to_string()), "{words}");
                    prop_assert!(is_read(&deadline, &facts), "{deadline:?}");
                }
            }
        }
    }

    /// What is taken away is not known any more: no rule counts from an event that is not among the facts, and none goes
    /// on without it.
    #[test]
    fn without_its_event_no_rule_is_listed(known in known(), now in instant()) {
        let at = Moment { now, zone: "Africa/Casablanca", zones: &Database };
        for deadline in decide(&facts_of(&known), &at).deadlines {
            let Basis::Rule { start, .. } = deadline.basis else { continue };
            let keys = keys(start);
            let without: Map<String, Value> =
                known.iter().filter(|(key, _)| !keys.contains(key)).map(|(key, value)| (key.clone(), value.clone())).collect();
            prop_assert!(without.len() < known.len(), "{start:?} is not among the facts");
            let decision = decide(&facts_of(&without), &at);
            prop_assert!(!rests_on(&decision, &deadline.basis), "{deadline:?} without {keys:?}");
        }
    }

    /// Fewer facts never make a rule known: what is listed without one of them counts from what is still there.
    #[test]
    fn fewer_facts_give_no_new_event(known in known(), now in instant(), place in any::<prop::sample::Index>()) {
        prop_assume!(!known.is_empty());
        let mut fewer = known.clone();
        let key = known.keys().nth(place.index(known.len())).unwrap();
        fewer.remove(key);
        let at = Moment { now, zone: "Pacific/Apia", zones: &Database };
        let left: BTreeSet<&str> = fewer.keys().map(String::as_str).collect();
        for deadline in decide(&facts_of(&fewer), &at).deadlines {
            match deadline.basis {
                Basis::Rule { start, .. } => {
                    prop_assert!(keys(start).iter().any(|key| left.contains(key.as_str())), "{start:?} without {key}");
                }
                _ => prop_assert!(left.contains("readings")),
            }
        }
    }
}
