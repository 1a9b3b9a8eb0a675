//! Every tree that the view can make: each value of each enum stands in at least one of them.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};

use super::{calendar, captures, cases, deadlines, facts, list, timebar};
use crate::{
    case::{
        Because, Decision, Evidence, Facts, Flag, Held, HeldFact, Kind, Moment, Next, Reason, Refusal, Rung,
        RungName, Standing, State, When, Zones, decide, ladder,
    },
    evidence::{
        AttachmentKind, AttachmentRecord, CaptureId, CaptureMode, CaptureRecord, CaptureTrigger, Exhibit,
        KeptAs, MediaType, OneLine, PixelRatio, Record, Sha256, UtcOffset, Viewport,
    },
    order::{Money, Order, Store, WarningCode},
    page::PageKind,
    view::{
        Argument, CaseView, Event, EventTime, Front, Kept, Link, Message, Node, Notice, Orders, Row, badge,
        dossier, overlay, popup, unknown_dossier,
    },
};

pub(super) const ORDER: &str = "8200000000000001";

struct Utc0;

impl Zones for Utc0 {
    fn offset_at(&self, _zone: &str, _at: DateTime<Utc>) -> Option<chrono::FixedOffset> {
        chrono::FixedOffset::east_opt(0)
    }
}

pub(super) const NOON: DateTime<Utc> = DateTime::from_timestamp(1_788_696_000, 0).unwrap();
const NO_ORDERS: Orders<'static> = Orders { rows: &[], all: 0, searched: false };
static NO_FACTS: LazyLock<Facts> = LazyLock::new(Facts::default);
pub(super) const AT: Moment<'static> = Moment { now: NOON, zone: "UTC", zones: &Utc0 };

/// Calls `seen` with each tree.
pub(super) fn every(seen: &mut dyn FnMut(&Node)) {
    states_and_steps(seen);
    deadlines::causes(seen);
    deadlines::deadlines(seen);
    flags_and_warnings(seen);
    rungs(seen);
    notices(seen);
    screens(seen);
    links(seen);
    exhibits(seen);
    events(seen);
    facts::facts(seen);
    facts::conflicts(seen);
    cases::cases(seen);
    calendar::calendars(seen);
    captures::sections(seen);
    list::bars(seen);
    timebar::bars(seen);
}

pub(super) fn decision(state: State, next: Next) -> Decision {
    Decision {
        state,
        underlying: state,
        deadlines: Vec::new(),
        next,
        because: Because::Stage,
        flags: Vec::new(),
    }
}

pub(super) fn view(decision: &Decision) -> CaseView<'_> {
    CaseView {
        order_id: ORDER,
        order: None,
        warnings: &[],
        facts: &[],
        conflicts: &[],
        entered: &[],
        from_user: &[],
        case: &NO_FACTS,
        statements: &[],
        events: &[],
        item: None,
        parts: &[],
        decision,
        ladder: &[],
        records: &[],
        attachments: 0,
        link: None,
        order_url: "https://www.aliexpress.com/p/order/detail.html",
        at: &AT,
    }
}

/// The overlay, whole and as a pill, and the badge.
pub(super) fn on_a_page(case: &CaseView<'_>, seen: &mut dyn FnMut(&Node)) {
    seen(&overlay(case, None, false));
    seen(&overlay(case, None, true));
    seen(&badge(case).into());
}

fn states_and_steps(seen: &mut dyn FnMut(&Node)) {
    for state in State::ALL {
        for next in Next::ALL {
            on_a_page(&view(&decision(*state, *next)), seen);
        }
    }
}

fn flags_and_warnings(seen: &mut dyn FnMut(&Node)) {
    let decision = Decision { flags: Flag::ALL.to_vec(), ..decision(State::InTransit, Next::Wait) };
    seen(&overlay(&CaseView { warnings: WarningCode::ALL, ..view(&decision) }, None, false));
}

/// Each item of evidence that any complaint asks for.
fn items() -> Vec<Evidence> {
    let reasons = Reason::ALL.iter().map(|reason| Some(*reason)).chain([None]);
    let rungs = reasons.flat_map(|reason| {
        let facts = Facts { reason, ..Facts::default() };
        ladder(&facts, &decide(&facts, &AT), &[], &[], &[])
    });
    rungs.flat_map(|rung| rung.evidence).collect()
}

fn rungs(seen: &mut dyn FnMut(&Node)) {
    let items = items();
    let holdings = [
        Held::Missing,
        Held::NotApplicable,
        Held::Ticked,
        Held::Capture(PageKind::Chat),
        Held::Fact(HeldFact::ListingSaved),
    ];
    for name in RungName::ALL {
        for standing in Standing::ALL {
            for held in holdings {
                let evidence = items.iter().map(|item| Evidence { held, strengthens: false, ..*item });
                let rung = Rung { name: *name, standing: *standing, evidence: evidence.collect() };
                let decision = decision(State::InTransit, Next::Wait);
                seen(&overlay(&CaseView { ladder: &[rung], ..view(&decision) }, None, false));
            }
        }
    }
}

fn notices(seen: &mut dyn FnMut(&Node)) {
    let kept = |order_id: Option<&str>| Kept {
        capture_id: capture_id("capture-1"),
        order_id: order_id.map(str::to_owned),
        sha256: "0".repeat(64),
    };
    let decision = decision(State::InTransit, Next::Wait);
    let case = view(&decision);
    for notice in [
        Notice::Kept(kept(Some(ORDER))),
        Notice::Kept(kept(None)),
        Notice::Failed("words".to_owned()),
        Notice::NeedsClick,
        Notice::Deleted,
        Notice::NotDone("words".to_owned()),
        Notice::Corrected,
        Notice::Undone,
        Notice::Copied,
        Notice::Report("words".to_owned()),
    ]
    .into_iter()
    .chain(Refusal::ALL.iter().map(|why| Notice::Refused(*why)))
    {
        seen(&overlay(&case, Some(&notice), true));
        seen(&popup(Front::Shop, NO_ORDERS, Some(&notice), &AT));
        seen(&dossier(&case, &[], &[], None, Some(&notice)));
    }
}

fn screens(seen: &mut dyn FnMut(&Node)) {
    let decision = decision(State::InTransit, Next::Wait);
    let order = Order {
        store: Some(Store { name: Some("Sample Store".to_owned()), url: None }),
        total: Some(Money { minor: Some(1283), currency: None, text: "US $12.83".to_owned() }),
        ..Order::new(Some(ORDER.to_owned()))
    };
    let bare = view(&decision);
    let case = CaseView { order: Some(&order), ..bare };
    let row = |name: Option<&str>, limit: Option<(Kind, When)>| Row {
        order_id: ORDER.to_owned(),
        name: name.map(str::to_owned),
        url: "https://www.aliexpress.com/".to_owned(),
        state: State::InTransit,
        next: Next::Wait,
        needs: limit.is_some(),
        limit,
    };
    let limit = Some((Kind::Close, When::Instant(NOON)));
    let rows = [row(None, None), row(Some("Sample cable"), limit), row(None, limit)];
    for (shown, all) in [(0, 0), (1, 1), (2, 2), (3, 90)] {
        for front in [Front::Order(&case), Front::Shop, Front::Elsewhere] {
            for searched in [false, true] {
                let orders = Orders { rows: &rows[..shown], all, searched };
                seen(&popup(front, orders, None, &AT));
            }
        }
    }
    seen(&dossier(&case, &[], &[], None, None));
    seen(&unknown_dossier());
}

fn links(seen: &mut dyn FnMut(&Node)) {
    let decision = decision(State::InTransit, Next::Wait);
    // The labels that `app` gives.
    for label in ["button_open_chat", "button_open_dispute", "button_open_order_page", "button_open_support"]
    {
        let link = Link { label, url: "https://www.aliexpress.com/".to_owned() };
        seen(&overlay(&CaseView { link: Some(&link), ..view(&decision) }, None, false));
    }
}

fn capture_id(text: &str) -> CaptureId {
    CaptureId::try_from(text.to_owned()).unwrap()
}

pub(super) fn record(page: PageKind, mode: CaptureMode, trigger: CaptureTrigger) -> CaptureRecord {
    CaptureRecord {
        id: capture_id("capture-1"),
        order_id: Some(ORDER.to_owned()),
        page,
        mode,
        trigger,
        captured_at: NOON,
        zone: "UTC".to_owned(),
        utc_offset_minutes: UtcOffset::try_from(0).unwrap(),
        url: "https://www.aliexpress.com/".to_owned(),
        title: "Order details".to_owned(),
        viewport: Viewport { width: 1280, height: 800 },
        device_pixel_ratio: PixelRatio::try_from(1.0).unwrap(),
        browser: "Chromium 156".to_owned(),
        extension_version: "0.1.0".to_owned(),
        layout_version: None,
        policy_version: None,
        media_type: MediaType::Png,
        bytes: 8,
        sha256: Sha256::of("picture"),
        part: None,
        tiles: Vec::new(),
        text: None,
    }
}

/// One of each kind, with and without what can be missing.
pub(super) fn attachments() -> Vec<Record> {
    let one = |what: AttachmentKind, media_type: MediaType, kept: KeptAs| {
        Record::from(AttachmentRecord {
            id: capture_id(what.code()),
            order_id: ORDER.to_owned(),
            what,
            added_at: NOON,
            zone: "UTC".to_owned(),
            utc_offset_minutes: UtcOffset::try_from(0).unwrap(),
            name: OneLine::of("IMG 1").filter(|_| what != AttachmentKind::Note),
            file_modified_at: None,
            caption: OneLine::of("The box").filter(|_| what == AttachmentKind::Photo),
            media_type,
            bytes: 8,
            sha256: Sha256::of(what.code()),
            kept,
            extension_version: "0.1.0".to_owned(),
        })
    };
    vec![
        one(AttachmentKind::Photo, MediaType::Jpeg, KeptAs::Copy),
        one(AttachmentKind::Video, MediaType::Mp4, KeptAs::Reference),
        one(AttachmentKind::Document, MediaType::Pdf, KeptAs::Copy),
        one(AttachmentKind::CarrierStatement, MediaType::Text, KeptAs::Copy),
        one(AttachmentKind::Note, MediaType::Text, KeptAs::Copy),
    ]
}

fn exhibits(seen: &mut dyn FnMut(&Node)) {
    let decision = decision(State::InTransit, Next::Wait);
    let mut records = Vec::new();
    for page in PageKind::ALL {
        for mode in CaptureMode::ALL {
            records.extend(CaptureTrigger::ALL.iter().map(|trigger| record(*page, *mode, *trigger)));
        }
    }
    for number in 0..=2 {
        let case = CaseView { records: &records[..number], ..view(&decision) };
        seen(&overlay(&case, None, false));
        seen(&popup(Front::Order(&case), NO_ORDERS, None, &AT));
    }
    let records = records.into_iter().map(Record::from).chain(attachments());
    let exhibits = Exhibit::number(records.collect(), &[]);
    for asking in [None, Some(capture_id("capture-1"))] {
        seen(&dossier(&view(&decision), &[], &exhibits, asking.as_ref(), None));
    }
}

fn events(seen: &mut dyn FnMut(&Node)) {
    let decision = decision(State::InTransit, Next::Wait);
    // The events that `app` makes.
    let what = [
        "event_placed",
        "event_paid",
        "event_shipped",
        "event_last_tracking",
        "event_delivered",
        "event_completed",
        "event_read",
        "event_captured",
    ];
    let attached = AttachmentKind::ALL.iter().map(|what| {
        let what = Argument::Message(format!("attachment_{}", what.code()));
        Message::new("event_attached").with(what)
    });
    let told = Message::new("event_told").with(Argument::Message("told_offer".to_owned()));
    let what = [what.map(Message::new).to_vec(), attached.collect(), vec![told]].concat();
    let day = |what| Event { when: EventTime::Day(NaiveDate::MIN), what, words: None };
    let instant = |what| Event { when: EventTime::Instant(NOON), what, words: Some("words".to_owned()) };
    let events: Vec<Event> = what.iter().cloned().map(day).chain(what.iter().cloned().map(instant)).collect();
    seen(&dossier(&view(&decision), &events, &[], None, None));
}
