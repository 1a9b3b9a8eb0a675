//! A deadline: when, until when to act, what it limits, and what it rests on.

use chrono::{DateTime, Days, TimeDelta, Utc};

use super::{Clock, Grade, Kind, PhraseStart, Start, Subject, When, rule::clock};
use crate::page::PageKind;

/// A deadline of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// What it limits.
    pub subject: Subject,
    /// What it means.
    pub kind: Kind,
    /// When it is; where only a date is known, its earliest reading.
    pub at: When,
    /// The latest reading, where only a date is known.
    pub latest: Option<When>,
    /// For a close: act before this, which leaves a margin.
    pub act_by: Option<When>,
    /// What it rests on.
    pub basis: Basis,
}

/// Where on the page a limit was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// When.
    pub at: DateTime<Utc>,
    /// The words on the page.
    pub text: Option<String>,
    /// The page.
    pub page: Option<PageKind>,
}

/// What a deadline rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// A countdown on the page.
    Countdown {
        /// Milliseconds left when seen.
        left_ms: u64,
        /// Where it was seen.
        seen: Sighting,
    },
    /// A date or time on the page.
    PageDate {
        /// Where it was seen.
        seen: Sighting,
    },
    /// A phrase on the page.
    PagePhrase {
        /// Number of days.
        days: u32,
        /// What they count from.
        from: PhraseStart,
        /// Where it was seen.
        seen: Sighting,
    },
    /// The user's own entry.
    User {
        /// When it was entered.
        entered_at: DateTime<Utc>,
    },
    /// A rule: a fallback, never a fact.
    Rule {
        /// The clock, with the rule's source, date and grade.
        clock: &'static Clock,
        /// The event it counts from.
        start: Start,
        /// The length that the user put in the place of the rule's.
        own_length: Option<i32>,
    },
}

impl Basis {
    /// The event that it counts from.
    pub const fn start(&self) -> Option<Start> {
        match self {
            Self::PagePhrase { from, .. } => Some(from.start()),
            Self::Rule { start, .. } => Some(*start),
            Self::Countdown { .. } | Self::PageDate { .. } | Self::User { .. } => None,
        }
    }
}

impl Deadline {
    /// `page`, `user`, or the rule's id.
    pub fn rule(&self) -> &'static str {
        match &self.basis {
            Basis::Countdown { .. } | Basis::PageDate { .. } | Basis::PagePhrase { .. } => "page",
            Basis::User { .. } | Basis::Rule { own_length: Some(_), .. } => "user",
            Basis::Rule { clock, .. } => clock.rule.id,
        }
    }

    /// How far to trust it: what this order's page says is primary text (A); what a user typed nobody has
    /// checked (C); a rule has the grade of its sources.
    pub fn grade(&self) -> Grade {
        match &self.basis {
            Basis::Countdown { .. } | Basis::PageDate { .. } | Basis::PagePhrase { .. } => Grade::A,
            Basis::User { .. } | Basis::Rule { own_length: Some(_), .. } => Grade::C,
            Basis::Rule { clock, .. } => clock.rule.grade,
        }
    }

    /// Whether it is only an estimate and must be labelled as one.
    pub fn is_estimate(&self) -> bool {
        self.clock().is_some_and(|clock| clock.rule.estimate)
    }

    /// The rule's clock, where it rests on a rule.
    pub fn clock(&self) -> Option<&'static Clock> {
        match &self.basis {
            Basis::Rule { clock, .. } => Some(clock),
            Basis::Countdown { .. }
            | Basis::PageDate { .. }
            | Basis::PagePhrase { .. }
            | Basis::User { .. } => None,
        }
    }
}

/// Until when to act on a close (time rule 6). `timer` is the length of the timer that the close ends.
pub(super) fn act_by(subject: Subject, at: When, timer: Option<TimeDelta>) -> Option<When> {
    match at {
        When::Instant(end) => {
            let short = matches!(subject, Subject::BuyerReply | Subject::Evidence);
            let timer = timer.filter(|timer| short && *timer <= TimeDelta::hours(clock::SHORT_TIMER_HOURS));
            let margin = timer.map_or(TimeDelta::hours(clock::PLATFORM_MARGIN_HOURS), |timer| {
                // In milliseconds, because a countdown is; rounded up, the earlier moment.
                let part =
                    timer.num_milliseconds().saturating_mul(clock::SHORT_MARGIN_PERCENT).saturating_add(99)
                        / 100;
                TimeDelta::milliseconds(part).max(TimeDelta::hours(clock::SHORT_MARGIN_FLOOR_HOURS))
            });
            end.checked_sub_signed(margin).map(When::Instant)
        }
        When::Day(day) => {
            let margin = if subject == Subject::Withdrawal {
                clock::WITHDRAWAL_MARGIN_DAYS
            } else {
                clock::BANK_MARGIN_DAYS
            };
            day.checked_sub_days(Days::new(margin.unsigned_abs())).map(When::Day)
        }
    }
}
