//! What the user stated becomes facts, beside what the pages state. The page counts before the user (policy time rule 5).

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Amount, DayOf, EventKind, Facts, Form, Goods, HeldFact, History, Moment, Money, OrderStatus, Rail,
    Reading, Reason, Situation, Statement, Time, Topic, Tracking, YesNo, event::Mark, facts::RuleLength,
    state::states,
};
use crate::{code::codes, order};

codes! {
    /// What became of an event that the user told.
    EventStanding {
        /// It counts.
        Counts = "counts",
        /// A page that was read later says how things stand now.
        Overtaken = "overtaken",
        /// It does not fit what was known then; it is kept and changes nothing.
        Unfit = "unfit",
    }
}

/// An event that the user told, with what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedEvent {
    /// What happened.
    pub kind: EventKind,
    /// On which day.
    pub day: NaiveDate,
    /// When it was entered.
    pub at: DateTime<Utc>,
    /// What became of it.
    pub standing: EventStanding,
}

impl Statement {
    /// Whether the answer is yes.
    pub fn is_yes(&self) -> bool {
        self.value == "yes"
    }

    /// The day that was stated.
    pub fn day(&self) -> Option<NaiveDate> {
        order::day(&self.value, None).ok()
    }

    fn money(&self) -> Option<Money> {
        let (minor, currency) = self.value.split_once(' ')?;
        Some(Money { minor: minor.parse().ok()?, currency: currency.to_owned() })
    }

    /// The limit that was stated, as a reading of the user's.
    fn until(&self) -> Option<Time> {
        let instant = || DateTime::from_timestamp_millis(self.value.parse().ok()?);
        self.day().map(Time::Date).or_else(|| Some(Time::Instant(instant()?.fixed_offset())))
    }
}

impl History {
    /// The statements about the order, or about this item of it, which come after those about the order.
    pub fn statements_of<'h>(
        &'h self,
        item: Option<&'h str>,
    ) -> impl Iterator<Item = (Topic, &'h Statement)> {
        let of = move |item: Option<&'h str>| {
            let own = self.statements.iter().filter(move |statement| statement.item.as_deref() == item);
            own.filter_map(|statement| Some((Topic::parse(&statement.topic)?, statement)))
        };
        of(None).chain(item.into_iter().flat_map(move |item| of(Some(item))))
    }

    /// Puts what the user stated into the facts of the pages. `stage_read_at` is when a page told the dispute's stage.
    pub(super) fn state_into(
        &self,
        facts: &mut Facts,
        item: Option<&str>,
        stage_read_at: Option<DateTime<Utc>>,
        at: &Moment<'_>,
    ) -> Vec<StatedEvent> {
        let mut events = Vec::new();
        for (topic, statement) in self.statements_of(item) {
            match topic {
                Topic::Event(kind) => events.extend(statement.day().map(|day| (day, statement.at, kind))),
                _ => answer(facts, topic, statement),
            }
        }
        // In the order in which they happened, then in which they were entered.
        events.sort_unstable_by_key(|(day, at, _)| (*day, *at));
        let mut told = Vec::new();
        for (day, entered_at, kind) in events {
            let overtaken = stage_read_at.is_some_and(|read_at| read_at > entered_at);
            let fits = overtaken || kind.fits(states(&Situation::new(facts, *at)).1);
            let standing = match (fits, overtaken && kind.effect().stage.is_some()) {
                (false, _) => EventStanding::Unfit,
                (true, true) => EventStanding::Overtaken,
                (true, false) => EventStanding::Counts,
            };
            if fits {
                happen(facts, kind, day, standing == EventStanding::Counts);
            }
            told.push(StatedEvent { kind, day, at: entered_at, standing });
        }
        told
    }
}

fn answer(facts: &mut Facts, topic: Topic, statement: &Statement) {
    let text = statement.value.as_str();
    match topic {
        Topic::Reason => facts.reason = Reason::ALL.iter().copied().find(|known| known.code() == text),
        Topic::Goods => facts.goods = Goods::ALL.iter().copied().find(|known| known.code() == text),
        // What was seen of a parcel does not count any more once it has moved.
        Topic::Tracking if has_moved_since(facts, statement.at) => {}
        Topic::Tracking => facts.tracking = Tracking::ALL.iter().copied().find(|known| known.code() == text),
        Topic::Country => facts.card_country = Some(text.to_owned()),
        Topic::Day(of) => {
            let day = statement.day();
            match of {
                DayOf::Received => facts.received_on = day,
                DayOf::Promised => facts.promised_on = day,
                DayOf::Transaction => facts.transaction_on = day,
                DayOf::Processed => facts.processed_on = day,
                DayOf::Statement => facts.statement_on = day,
                DayOf::PaidOn => facts.paid_on = day,
                DayOf::Breach => facts.breach_on = day,
            }
        }
        Topic::YesNo(of) => {
            let yes = Some(statement.is_yes());
            match of {
                // What the page shows comes first.
                YesNo::FreeReturn => facts.free_return = facts.free_return.or(yes),
                YesNo::Credit => facts.credit = yes,
                YesNo::EuConsumer => facts.eu_consumer = yes,
            }
        }
        Topic::Amount(of) => {
            let amount = statement.money();
            match of {
                Amount::Claimed => facts.claimed = amount,
                Amount::Offered => facts.offered = amount,
                Amount::ItemPrice => facts.item_price = amount,
            }
        }
        Topic::Rail(rail) => choose(facts.rails.get_or_insert_default(), rail, statement.is_yes()),
        Topic::Trick(trick) => choose(facts.seller_tricks.get_or_insert_default(), trick, statement.is_yes()),
        Topic::Limit(of) => facts.readings.get_or_insert_default().extend(statement.until().map(|until| {
            Reading { of, observed_at: statement.at, form: Form::User(until), text: None, page: None }
        })),
        Topic::Length(clock) => {
            let length = text.parse().ok().map(|length| RuleLength { clock: clock.name.to_owned(), length });
            facts.rule_lengths.get_or_insert_default().extend(length);
        }
        // A listing that was saved elsewhere is saved.
        Topic::Tick(item) if item.fact == Some(HeldFact::ListingSaved) && statement.is_yes() => {
            facts.listing_saved = Some(true);
        }
        Topic::Tick(_) | Topic::Event(_) => {}
    }
}

fn has_moved_since(facts: &Facts, at: DateTime<Utc>) -> bool {
    matches!(facts.last_tracking_at, Some(Time::Date(day)) if day > at.date_naive())
}

fn choose<T: PartialEq>(list: &mut Vec<T>, one: T, chosen: bool) {
    list.retain(|other| *other != one);
    if chosen {
        list.push(one);
    }
}

/// Lets an event happen; `leads` says whether the stage follows it.
fn happen(facts: &mut Facts, kind: EventKind, day: NaiveDate, leads: bool) {
    let effect = kind.effect();
    match effect.mark {
        Mark::Stage => {}
        Mark::Day(slot) => *slot(facts) = Some(day),
        Mark::Flag(slot, set) => *slot(facts) = Some(set),
        Mark::Bank(result) => facts.bank_result = Some(result),
        // What a page states of it stays.
        Mark::Time(slot) if kind == EventKind::Confirmed && slot(facts).is_some() => {}
        Mark::Time(slot) => *slot(facts) = Some(Time::Date(day)),
    }
    match kind {
        // Whoever holds the parcel knows that it was delivered, whatever tracking says.
        EventKind::Received => {
            facts.delivered_scan_at.get_or_insert(Time::Date(day));
        }
        // Whoever opens a case there has paid that way.
        EventKind::PaypalCase | EventKind::PaypalEscalated => {
            choose(facts.rails.get_or_insert_default(), Rail::Paypal, true);
        }
        EventKind::KlarnaReported => choose(facts.rails.get_or_insert_default(), Rail::Klarna, true),
        EventKind::Confirmed => facts.order_status = facts.order_status.map(confirmed),
        _ => {}
    }
    if leads {
        facts.dispute_status = effect.stage.or(facts.dispute_status);
    }
}

fn confirmed(status: OrderStatus) -> OrderStatus {
    match status {
        OrderStatus::InTransit | OrderStatus::Delivered => OrderStatus::Completed,
        other => other,
    }
}
