//! A case made ready for the screens.

use std::iter;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    app::{Badge, Held, Limit, Summary, facts},
    case::{
        CaseFile, Conflict, Deadline, Decision, Facts, Field, History, Kind, Moment, Next, OwnFile, Rung,
        Start, StatedEvent, Statement, Topic, When, decide, ladder,
    },
    evidence::{AttachmentKind, CaptureRecord, Record},
    order::{Item, Order, WarningCode},
    page::{Address, PageKind},
    view::{self, Argument, CaseView, Event, EventTime, Headline, Left, Link, Message, Part, ReadFact},
};

/// However little happens, a reading grows old: look again after this.
const LOOK_AGAIN: TimeDelta = TimeDelta::hours(1);

/// The rest of many outdated summaries is made anew after this.
const SOON: TimeDelta = TimeDelta::seconds(2);

/// What the screens say of a file of the buyer's own.
#[derive(Debug)]
struct Attached {
    what: AttachmentKind,
    at: DateTime<Utc>,
    caption: Option<String>,
}

/// A case with all that was decided about it.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) file: CaseFile,
    pub(super) history: History,
    pub(super) records: Vec<CaptureRecord>,
    attachments: Vec<Attached>,
    pub(super) decision: Decision,
    pub(super) ladder: Vec<Rung>,
    warnings: Vec<WarningCode>,
    read_facts: Vec<ReadFact>,
    conflicts: Vec<Conflict>,
    entered: Vec<Field>,
    pub(super) from_user: Vec<Start>,
    pub(super) facts: Facts,
    statements: Vec<(Topic, Statement)>,
    events: Vec<StatedEvent>,
    item: Option<String>,
    pub(super) parts: Vec<Part>,
    link: Option<Link>,
    order_url: String,
}

impl Prepared {
    /// The case of an order of which a file is held.
    pub(super) fn known(order_id: &str, held: &Held, at: &Moment<'_>) -> Option<Self> {
        let file = held.files.iter().find(|file| file.order_id == order_id)?;
        Some(Self::new(file.clone(), held.records_of(order_id), None, at))
    }

    /// The case of an order or of an item of it, also where no page of it was seen.
    pub(super) fn of(order_id: &str, item: Option<String>, held: &Held, at: &Moment<'_>) -> Self {
        let file = held.files.iter().find(|file| file.order_id == order_id).cloned();
        let file = file.unwrap_or_else(|| CaseFile::new(order_id.to_owned()));
        Self::new(file, held.records_of(order_id), item, at)
    }

    /// Decides the case. `all` are the records of this order.
    pub(super) fn new<'r>(
        file: CaseFile,
        all: impl Iterator<Item = &'r Record>,
        item: Option<String>,
        at: &Moment<'_>,
    ) -> Self {
        let history = file.read();
        let (mut records, mut attachments) = (Vec::new(), Vec::new());
        for record in all {
            match record {
                Record::Capture(record) => records.push(record.clone()),
                Record::Attachment(record) => attachments.push(Attached {
                    what: record.what,
                    at: record.added_at,
                    caption: record.caption.as_ref().map(ToString::to_string),
                }),
            }
        }
        records.sort_by(|a: &CaptureRecord, b| (a.captured_at, &a.id).cmp(&(b.captured_at, &b.id)));
        let files: Vec<OwnFile> = attachments.iter().filter_map(|own| own_file(own.what)).collect();
        let captured: Vec<PageKind> = records.iter().map(|record| record.page).collect();
        let (facts, events) = history.facts(&captured, item.as_deref(), at);
        let decision = decide(&facts, at);
        let statements = history.statements_of(item.as_deref());
        let statements: Vec<_> = statements.map(|(topic, own)| (topic, own.clone())).collect();
        let ticked = statements.iter().filter_map(|(topic, own)| match topic {
            Topic::Tick(evidence) if own.is_yes() => Some(*evidence),
            _ => None,
        });
        let ladder = ladder(&facts, &decision, &captured, &files, &ticked.collect::<Vec<_>>());
        let from_user = history.from_user(&facts);
        let parts = parts(&history, &captured, at);
        let order_url = page_of(&history, PageKind::OrderDetail);
        let link = link(&history, decision.next);
        let warnings = history.seen.first().map(|seen| seen.warnings.clone()).unwrap_or_default();
        let read_facts = facts::read(&history);
        let (conflicts, entered) = (history.conflicts(), history.all_entered());
        Self {
            file,
            history,
            records,
            attachments,
            decision,
            ladder,
            warnings,
            read_facts,
            conflicts,
            entered,
            from_user,
            facts,
            statements,
            events,
            item,
            parts,
            link,
            order_url,
        }
    }

    /// What was decided of the order, and of those of its items that have a case of their own.
    pub(super) fn decisions(&self) -> impl Iterator<Item = &Decision> {
        iter::once(&self.decision).chain(self.parts.iter().filter_map(|part| part.decision.as_ref()))
    }

    /// Whether nothing at all is known of the order.
    pub(super) fn is_empty(&self) -> bool {
        self.history.seen.is_empty()
            && self.records.is_empty()
            && self.attachments.is_empty()
            && self.history.corrections.is_empty()
            && self.history.statements.is_empty()
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
            facts: &self.read_facts,
            conflicts: &self.conflicts,
            entered: &self.entered,
            from_user: &self.from_user,
            case: &self.facts,
            statements: &self.statements,
            events: &self.events,
            item: self.item.as_deref(),
            parts: &self.parts,
            decision: &self.decision,
            ladder: &self.ladder,
            records: &self.records,
            attachments: self.attachments.len(),
            link: self.link.as_ref().filter(elsewhere),
            order_url: &self.order_url,
            at,
        }
    }

    /// The pages whose address is known. Of a dispute or a kept listing nobody can make one up.
    pub(super) fn pages(&self) -> Vec<(PageKind, String)> {
        let is_known = |page: &PageKind| {
            matches!(page, PageKind::OrderDetail | PageKind::Tracking | PageKind::Chat)
                || self.history.url_of(*page).is_some()
        };
        let known = PageKind::ALL.iter().filter(|page| is_known(page));
        known.map(|page| (*page, page_of(&self.history, *page))).collect()
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
        let attached = self.attachments.iter().map(|own| Event {
            when: EventTime::Instant(own.at),
            what: Message::new("event_attached")
                .with(Argument::Message(format!("attachment_{}", own.what.code()))),
            words: own.caption.clone(),
        });
        let told = self.events.iter().map(|event| Event {
            when: EventTime::Day(event.day),
            what: Message::new("event_told").with(Argument::Message(format!("told_{}", event.kind.code()))),
            words: None,
        });
        let own = corrected.chain(captured).chain(attached).chain(told);
        let mut events: Vec<Event> =
            days.into_iter().flatten().chain(read).chain(differing).chain(own).collect();
        events.sort_by_key(|event| event.when.place());
        events
    }
}

/// What of the evidence an attachment can hold.
const fn own_file(what: AttachmentKind) -> Option<OwnFile> {
    match what {
        AttachmentKind::Photo => Some(OwnFile::Photo),
        AttachmentKind::CarrierStatement => Some(OwnFile::CarrierStatement),
        AttachmentKind::Video | AttachmentKind::Document | AttachmentKind::Note => None,
    }
}

/// The items of an order that has several. One of which the user stated something has a case of its own.
fn parts(history: &History, captured: &[PageKind], at: &Moment<'_>) -> Vec<Part> {
    let Some((items, _)) = history.ever(|order| (order.items.len() > 1).then(|| order.items.clone())) else {
        return Vec::new();
    };
    let part = |item: Item| {
        let item_id = item.item_id?;
        let stated = history.statements.iter().any(|own| own.item.as_ref() == Some(&item_id));
        let decision = stated.then(|| decide(&history.facts(captured, Some(&item_id), at).0, at));
        Some(Part { item_id, title: item.title, decision })
    };
    items.into_iter().filter_map(part).collect()
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
    // A dispute has a page of its own, whose address holds parameters that nobody can make up: only where it was seen.
    let disputed = history.url_of(PageKind::DisputeDetail).is_some();
    match next {
        Next::AddEvidence
        | Next::ReplyToProposal
        | Next::UploadRequestedEvidence
        | Next::Nudge
        | Next::Appeal
        | Next::ShipReturn
        | Next::DoNotCancel
            if disputed =>
        {
            on("button_open_dispute", PageKind::DisputeDetail)
        }
        Next::RecheckPage
            if disputed && history.now().next().is_some_and(|seen| seen.order.dispute.is_some()) =>
        {
            on("button_open_dispute", PageKind::DisputeDetail)
        }
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
    let place = |deadline: &Deadline| {
        let rank = match deadline.kind {
            _ if deadline.at.has_passed(at) => 2,
            Kind::Close => 0,
            Kind::Open | Kind::Expect | Kind::Advise => 1,
        };
        (rank, deadline.at.position(at))
    };
    let shown = prepared.decisions().filter_map(|decision| Headline::of(decision, at).deadline);
    shown.map(place).min().unwrap_or((3, DateTime::<Utc>::MAX_UTC))
}

impl Badge {
    /// The nearest close of all orders. Estimates do not count: they are no fact.
    /// `more` says that more summaries may be outdated than one request makes anew: then it goes on soon.
    pub(super) fn of(all: &[Summary], more: bool, at: &Moment<'_>) -> Self {
        let again = more.then_some(SOON);
        let closes = all.iter().flat_map(|own| &own.closes).filter_map(Limit::when);
        let ahead = closes.filter_map(|when| match view::left(when, at) {
            Left::Ahead(left) => Some((left, when)),
            Left::Passed => None,
        });
        let Some((left, when)) = ahead.min_by_key(|(left, _)| *left) else {
            let color = view::Tone::Closed.badge_color();
            let next_change_ms = again.map(|again| again.num_milliseconds());
            return Self { text: String::new(), color, next_change_ms };
        };
        let text = match (left.num_days(), left.num_hours()) {
            (0, 0) if matches!(when, When::Day(_)) => "0d".to_owned(),
            (0, 0) => format!("{}m", left.num_minutes()),
            (0 | 1, hours) if matches!(when, When::Instant(_)) => format!("{hours}h"),
            (days @ ..=999, _) => format!("{days}d"),
            _ => String::new(),
        };
        let next = match when {
            When::Instant(until) => view::next_change(until, at.now).unwrap_or(LOOK_AGAIN),
            When::Day(_) => LOOK_AGAIN,
        };
        Self {
            text,
            color: view::Tone::of_close(left).badge_color(),
            next_change_ms: Some(again.unwrap_or(next).min(next).num_milliseconds()),
        }
    }
}
