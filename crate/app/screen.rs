//! A case made ready for the screens.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    app::{Badge, Held, facts},
    case::{CaseFile, Conflict, Decision, Field, History, Kind, Moment, Next, Rung, When, decide, ladder},
    evidence::CaptureRecord,
    order::{Order, WarningCode},
    page::{Address, PageKind},
    view::{self, Argument, CaseView, Event, EventTime, Headline, Left, Link, Message, ReadFact},
};

/// However little happens, a reading grows old: look again after this.
const LOOK_AGAIN: TimeDelta = TimeDelta::hours(1);

/// A case with all that was decided about it.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) file: CaseFile,
    pub(super) history: History,
    pub(super) records: Vec<CaptureRecord>,
    pub(super) decision: Decision,
    pub(super) ladder: Vec<Rung>,
    warnings: Vec<WarningCode>,
    facts: Vec<ReadFact>,
    conflicts: Vec<Conflict>,
    pub(super) entered: Vec<Field>,
    link: Option<Link>,
    order_url: String,
}

impl Prepared {
    /// The case of an order of which a file is held.
    pub(super) fn known(order_id: &str, held: &Held, at: &Moment<'_>) -> Option<Self> {
        let file = held.files.iter().find(|file| file.order_id == order_id)?;
        Some(Self::new(file.clone(), held.records_of(order_id), at))
    }

    /// The case of an order, also where no page of it was seen.
    pub(super) fn of(order_id: &str, held: &Held, at: &Moment<'_>) -> Self {
        let new = || Self::new(CaseFile::new(order_id.to_owned()), held.records_of(order_id), at);
        Self::known(order_id, held, at).unwrap_or_else(new)
    }

    /// Decides the case. `records` are the captures of this order, oldest first.
    pub(super) fn new(file: CaseFile, records: Vec<CaptureRecord>, at: &Moment<'_>) -> Self {
        let history = file.read();
        let captured: Vec<PageKind> = records.iter().map(|record| record.page).collect();
        let case = history.facts(&captured, at.now);
        let decision = decide(&case, at);
        let ladder = ladder(&case, &decision, &captured);
        let order_url = page_of(&history, PageKind::OrderDetail);
        let link = link(&history, decision.next);
        let warnings = history.seen.first().map(|seen| seen.warnings.clone()).unwrap_or_default();
        let (facts, conflicts, entered) = (facts::read(&history), history.conflicts(), history.all_entered());
        Self {
            file,
            history,
            records,
            decision,
            ladder,
            warnings,
            facts,
            conflicts,
            entered,
            link,
            order_url,
        }
    }

    /// Whether nothing at all is known of the order.
    pub(super) fn is_empty(&self) -> bool {
        self.history.seen.is_empty() && self.records.is_empty() && self.history.corrections.is_empty()
    }

    /// What the screens show. On the page of `here` no button leads to that page.
    pub(super) fn view<'a>(&'a self, here: Option<&Address>, at: &'a Moment<'a>) -> CaseView<'a> {
        let elsewhere = |link: &&Link| {
            let there = Address::parse(&link.url).ok();
            let kind = |address: &Address| (address.kind(), address.order_id().map(str::to_owned));
            here.map(kind) != there.as_ref().map(kind)
        };
        CaseView {
            order_id: &self.history.order_id,
            order: self.best_order(),
            warnings: &self.warnings,
            facts: &self.facts,
            conflicts: &self.conflicts,
            entered: &self.entered,
            decision: &self.decision,
            ladder: &self.ladder,
            records: &self.records,
            link: self.link.as_ref().filter(elsewhere),
            order_url: &self.order_url,
            at,
        }
    }

    /// The order's own page knows most.
    fn best_order(&self) -> Option<&Order> {
        let detail = self.history.seen.iter().find(|seen| seen.page == PageKind::OrderDetail);
        detail.or(self.history.seen.first()).map(|seen| &seen.order)
    }

    /// What happened, oldest first.
    pub(super) fn events(&self) -> Vec<Event> {
        let day = |key, field: Field| {
            let day = self.history.day(field)?;
            let stated = self.history.stated(field).filter(|(fact, _)| fact.value == day);
            let words = stated.map(|(fact, _)| fact.text.clone());
            Some(Event { when: EventTime::Day(day), what: Message::new(key), words })
        };
        let moved = self.history.ever(|order| order.last_tracking_on.clone()).map(|(fact, _)| Event {
            when: EventTime::Day(fact.value),
            what: Message::new("event_last_tracking"),
            words: Some(fact.text),
        });
        let days = [
            day("event_placed", Field::PlacedOn),
            day("event_paid", Field::PaidOn),
            day("event_shipped", Field::ShippedOn),
            moved,
            day("event_delivered", Field::DeliveredOn),
            day("event_completed", Field::CompletedOn),
        ];
        let read = self.history.seen.iter().map(|seen| Event {
            when: EventTime::Instant(seen.at),
            what: Message::new("event_read"),
            words: seen.order.status_text.clone(),
        });
        let differing = self.conflicts.iter().map(|conflict| Event {
            when: EventTime::Instant(conflict.now.at),
            what: view::sentence(conflict),
            words: None,
        });
        let corrected = self.history.corrections.iter().map(|correction| Event {
            when: EventTime::Instant(correction.at),
            what: Message::new("event_corrected")
                .with(Argument::Message(format!("fact_{}", correction.field.code())))
                .with(view::given(correction.value)),
            words: correction.words.clone(),
        });
        let captured = self.records.iter().map(|record| Event {
            when: EventTime::Instant(record.captured_at),
            what: Message::new("event_captured"),
            words: Some(record.title.clone()),
        });
        let own = corrected.chain(captured);
        let mut events: Vec<Event> =
            days.into_iter().flatten().chain(read).chain(differing).chain(own).collect();
        events.sort_by_key(|event| event.when.place());
        events
    }
}

/// The order whose overlay stands on a page: the one that the address names, or the only one on a page that is no list.
pub(super) fn overlay_for(address: Option<&Address>, orders: &[Option<String>]) -> Option<String> {
    let address = address?;
    if address.kind() == PageKind::OrderList {
        return None;
    }
    address.order_id().map(str::to_owned).or_else(|| match orders {
        [only] => only.clone(),
        _ => None,
    })
}

/// The page as it was last seen, with all its parameters; else its plain address (handbook of pages 1).
fn page_of(history: &History, page: PageKind) -> String {
    if let Some(url) = history.url_of(page) {
        return url.to_owned();
    }
    let order_id = &history.order_id;
    match page {
        PageKind::Tracking => {
            format!("https://www.aliexpress.com/p/tracking/index.html?tradeOrderId={order_id}")
        }
        PageKind::Chat => {
            format!("https://www.aliexpress.com/p/message/index.html?fromCode=order&orderId={order_id}")
        }
        _ => format!("https://www.aliexpress.com/p/order/detail.html?orderId={order_id}"),
    }
}

/// Where a step is done (policy section 4).
pub(super) fn link(history: &History, next: Next) -> Option<Link> {
    let on = |label, page| Some(Link { label, url: page_of(history, page) });
    match next {
        Next::None | Next::PrepareBank | Next::FileBank | Next::EscalatePaypal | Next::WaitRefund => None,
        Next::ContactSeller => on("button_open_chat", PageKind::Chat),
        Next::SupportTicket | Next::AskArn | Next::AppealAccount => Some(Link {
            label: "button_open_support",
            url: "https://customerservice.aliexpress.com/".to_owned(),
        }),
        _ => on("button_open_order_page", PageKind::OrderDetail),
    }
}

/// In how many milliseconds what is shown of a case changes by itself.
pub(super) fn next_change(prepared: &Prepared, at: &Moment<'_>) -> i64 {
    let shown = Headline::of(&prepared.decision, at).deadline.and_then(|deadline| match deadline.at {
        When::Instant(until) => view::next_change(until, at.now),
        When::Day(_) => None,
    });
    shown.unwrap_or(LOOK_AGAIN).min(LOOK_AGAIN).num_milliseconds()
}

/// For the order of a list: what the buyer must do first comes first, then what is awaited, then what is over, then
/// what is unknown.
pub(super) fn nearest(prepared: &Prepared, at: &Moment<'_>) -> (u8, DateTime<Utc>) {
    let Some(deadline) = Headline::of(&prepared.decision, at).deadline else {
        return (3, DateTime::<Utc>::MAX_UTC);
    };
    let rank = match deadline.kind {
        _ if deadline.at.has_passed(at) => 2,
        Kind::Close => 0,
        Kind::Open | Kind::Expect | Kind::Advise => 1,
    };
    (rank, deadline.at.position(at))
}

impl Badge {
    /// The nearest close of all orders. Estimates do not count: they are no fact.
    pub(super) fn of(all: &[Prepared], at: &Moment<'_>) -> Self {
        let nearest = all
            .iter()
            .flat_map(|prepared| &prepared.decision.deadlines)
            .filter(|deadline| deadline.kind == Kind::Close && !deadline.is_estimate())
            .filter_map(|deadline| match view::left(deadline.at, at) {
                Left::Ahead(left) => Some((left, deadline)),
                Left::Passed => None,
            })
            .min_by_key(|(left, _)| *left);
        let Some((left, deadline)) = nearest else {
            return Self {
                text: String::new(),
                color: view::Tone::Closed.badge_color(),
                next_change_ms: None,
            };
        };
        let text = match (left.num_days(), left.num_hours()) {
            (0, 0) if matches!(deadline.at, When::Day(_)) => "0d".to_owned(),
            (0, 0) => format!("{}m", left.num_minutes()),
            (0 | 1, hours) if matches!(deadline.at, When::Instant(_)) => format!("{hours}h"),
            (days @ ..=999, _) => format!("{days}d"),
            _ => String::new(),
        };
        let next = match deadline.at {
            When::Instant(until) => view::next_change(until, at.now).unwrap_or(LOOK_AGAIN),
            When::Day(_) => LOOK_AGAIN,
        };
        Self {
            text,
            color: view::Tone::of_close(left).badge_color(),
            next_change_ms: Some(next.num_milliseconds()),
        }
    }
}
