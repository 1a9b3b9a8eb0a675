//! What counts: the user's value while it stands, else what the pages state.

use chrono::{NaiveDate, TimeDelta};

use super::{Correction, Facts, Field, Form, History, Of, Reading, Refusal, Seen, Start, Time};
use crate::order::{self, Fact};

impl History {
    /// The day that the pages state: the earliest of those that they state now, else the last that they stated.
    ///
    /// Whether a parcel was delivered is said by the newest full list of events alone: another parcel may follow.
    pub fn stated(&self, field: Field) -> Option<(&Fact<NaiveDate>, &Seen)> {
        let mut states = self.seen.iter().filter_map(|seen| Some((field.day(&seen.order)?, seen)));
        if field == Field::DeliveredOn {
            let newest = self.seen.iter().find(|seen| seen.order.last_tracking_on.is_some())?;
            return Some((field.day(&newest.order)?, newest));
        }
        let now = states.clone().filter(|(_, seen)| seen.latest).min_by_key(|(fact, _)| fact.value);
        now.or_else(|| states.next())
    }

    /// The day that counts: the user's while it stands, else the one that the pages state.
    pub fn day(&self, field: Field) -> Option<NaiveDate> {
        let entered = self.entered(field).and_then(|correction| correction.value.day());
        entered.or_else(|| self.stated(field).map(|(fact, _)| fact.value))
    }

    /// The limit that the pages state, the most trusted form and then the newest first.
    pub fn limit(&self, of: Of) -> Option<Reading> {
        self.stated_limits().into_iter().filter(|reading| reading.of == of).min_by_key(|own| own.form.rank())
    }

    /// The limits that pages state now, newest first.
    pub(super) fn stated_limits(&self) -> Vec<Reading> {
        let mut readings = Vec::new();
        for seen in self.seen.iter().filter(|seen| seen.latest) {
            readings.append(&mut seen.readings());
        }
        readings
    }

    /// What the pages show for a field: the words, and the day where they name one.
    fn shown(&self, field: Field) -> Vec<(String, Option<NaiveDate>)> {
        let mut shown = Vec::new();
        if let Some(of) = field.limit() {
            for Reading { text, form, .. } in self.stated_limits().into_iter().filter(|own| own.of == of) {
                let day = match form {
                    Form::Until(Time::Date(day)) => Some(day),
                    _ => None,
                };
                shown.extend(text.map(|text| (text, day)));
            }
        }
        for seen in self.seen.iter().filter(|seen| seen.latest) {
            if field == Field::Status {
                shown.extend(seen.order.status_text.clone().map(|text| (text, None)));
            }
            shown.extend(field.day(&seen.order).map(|fact| (fact.text.clone(), Some(fact.value))));
        }
        if shown.is_empty() {
            shown.extend(self.stated(field).map(|(fact, _)| (fact.text.clone(), Some(fact.value))));
        }
        shown
    }

    /// The words that the pages show for a field.
    pub(super) fn words(&self, field: Field) -> Vec<String> {
        self.shown(field).into_iter().map(|(text, _)| text).collect()
    }

    /// The correction of a field, while it stands: the pages show no other words than those it replaces, or the same day
    /// in the words of another page.
    pub fn entered(&self, field: Field) -> Option<&Correction> {
        let correction = self.corrections.iter().find(|correction| correction.field == field)?;
        let replaced = |(text, day): &(String, Option<NaiveDate>)| {
            let same_day = |words: &String| day.is_some() && order::day(words, None).ok() == *day;
            correction.replaces.iter().any(|words| words == text || same_day(words))
        };
        self.shown(field).iter().all(replaced).then_some(correction)
    }

    /// The fields whose correction stands.
    pub fn all_entered(&self) -> Vec<Field> {
        Field::ALL.iter().copied().filter(|field| self.entered(*field).is_some()).collect()
    }

    /// The events whose time is known from the user, and not from a page.
    pub fn from_user(&self, facts: &Facts) -> Vec<Start> {
        let is_own = |start: &Start| match Field::of(*start) {
            _ if *start == Start::TimerEnd && facts.timer_ended_at.is_some() => true,
            Some(field) if field.limit().is_some() => self.entered(field).is_some(),
            Some(field) => self.entered(field).is_some() || self.stated(field).is_none(),
            // No page tells when the others happened.
            None => *start != Start::LastTracking,
        };
        Start::ALL.iter().copied().filter(is_own).collect()
    }

    /// Puts the user's limits in the place of those that they replace. One that was overtaken stays below the page's.
    pub(super) fn enter_limits(&self, readings: &mut Vec<Reading>) {
        for correction in &self.corrections {
            let (Some(of), Some(day)) = (correction.field.limit(), correction.value.day()) else { continue };
            if self.entered(correction.field).is_some() {
                readings.retain(|reading| reading.of != of);
            }
            readings.push(Reading {
                of,
                observed_at: correction.at,
                form: Form::User(Time::Date(day)),
                text: correction.words.clone(),
                page: None,
            });
        }
    }

    /// Whether a day can be.
    pub(super) fn check(&self, field: Field, day: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
        // Somewhere it may be tomorrow already.
        if field.limit().is_none() && day.signed_duration_since(today) > TimeDelta::days(1) {
            return Err(Refusal::Future);
        }
        let after = [Field::DeliveredOn, Field::CompletedOn];
        let impossible = if field == Field::PlacedOn {
            after.iter().any(|later| self.day(*later).is_some_and(|later| later < day))
        } else {
            // Days of paying and shipping may be written in another zone than the order's.
            let other_zone = !after.contains(&field) && field.limit().is_none();
            let placed = self.day(Field::PlacedOn);
            placed.is_some_and(|placed| (placed - day) > TimeDelta::days(i64::from(other_zone)))
        };
        if impossible { Err(Refusal::BeforeOrder) } else { Ok(()) }
    }
}
