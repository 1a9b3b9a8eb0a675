//! The dossier of one order: what stands where, the timeline, the exhibits, and what they show.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

use super::{
    Action, Argument, Attribute, CaseView, Element, Message, Node, Notice, Tag, button, dates, div, element,
    message, overlay, span, words,
};
use crate::evidence::{AttachmentRecord, CaptureId, CaptureRecord, Exhibit, MediaType, Record};

/// Something that happened: what the page says of the order, and what the buyer captured.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// When.
    pub when: EventTime,
    /// What, in words.
    pub what: Message,
    /// The words on the page that it came from, where it did.
    pub words: Option<String>,
}

/// A page tells days, our own clock tells instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventTime {
    /// A civil date as the page shows it.
    Day(NaiveDate),
    /// An instant by this machine's clock.
    Instant(DateTime<Utc>),
}

impl EventTime {
    /// For the order of the timeline: a day stands before the instants of that day.
    pub fn place(self) -> (NaiveDate, Option<DateTime<Utc>>) {
        match self {
            Self::Day(day) => (day, None),
            Self::Instant(at) => (at.date_naive(), Some(at)),
        }
    }
}

/// The dossier page. `asking` is the capture that the user is asked about before it is deleted.
pub fn dossier(
    case: &CaseView<'_>,
    events: &[Event],
    exhibits: &[Exhibit],
    asking: Option<&CaptureId>,
    notice: Option<&Notice>,
) -> Node {
    div("dossier")
        .child(
            title(case, "dossier_title")
                .child(button("screen-only", "button_print", Action::Print))
                .child(button("primary screen-only", "button_download", Action::Download).id("download")),
        )
        .children(notice.map(|notice| notice.draw().id("notice")))
        .child(sheet("dossier_state").id("state").child(overlay::now(case)).child(overlay::next(case)))
        .child(sheet("dossier_dates").id("dates").child(all_dates(case)))
        .child(sheet("dossier_timeline").id("timeline").child(timeline(events)))
        .child(
            sheet("dossier_exhibits")
                .id("exhibits")
                .children(exhibits.is_empty().then(|| empty("dossier_no_exhibits")))
                .children(exhibits.iter().map(|exhibit| draw_exhibit(exhibit, asking))),
        )
        .child(
            sheet("dossier_limits_title").id("limits").child(
                div("pad limits")
                    .child(element(Tag::P).child(message("dossier_limits")))
                    .child(element(Tag::P).child(message("not_legal_advice"))),
            ),
        )
        .into()
}

/// The page of an order that nothing is known of.
pub fn unknown_dossier() -> Node {
    div("dossier").child(sheet("dossier_unknown_title").child(empty("dossier_unknown"))).into()
}

/// The head of a page about an order.
pub(super) fn title(case: &CaseView<'_>, key: &'static str) -> Element {
    let order = Message::new(key).with(Argument::Words(case.order_id.to_owned()));
    let about =
        [case.name(), case.store(), case.total()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    element(Tag::Header)
        .class("title")
        .child(
            div("")
                .child(element(Tag::H1).child(order))
                .child(element(Tag::P).attribute(Attribute::Dir, "auto").child(words(about))),
        )
        .child(button(
            "screen-only",
            "button_open_order",
            Action::OpenPage { url: case.order_url.to_owned() },
        ))
}

/// A part of a page, with its heading.
pub(super) fn sheet(title: &'static str) -> Element {
    element(Tag::Section).class("sheet").child(element(Tag::H2).child(message(title)))
}

fn empty(key: &'static str) -> Element {
    div("pad").child(element(Tag::P).class("why").child(message(key)))
}

fn all_dates(case: &CaseView<'_>) -> Element {
    if case.decision.deadlines.is_empty() {
        return empty("no_deadline");
    }
    div("pad").child(dates::list(case))
}

fn timeline(events: &[Event]) -> Element {
    if events.is_empty() {
        return empty("dossier_no_events");
    }
    let head = |key| element(Tag::Th).attribute(Attribute::Scope, "col").child(message(key));
    element(Tag::Table)
        .class("timeline")
        .child(
            element(Tag::Thead)
                .child(element(Tag::Tr).child(head("timeline_when")).child(head("timeline_what"))),
        )
        .child(element(Tag::Tbody).children(events.iter().map(|event| {
            let when = match event.when {
                EventTime::Day(day) => Argument::Day(day),
                EventTime::Instant(at) => Argument::instant(at),
            };
            let what = element(Tag::Td).child(event.what.clone());
            let what = match &event.words {
                Some(text) => what.child(words(" ")).child(dates::quote(text)),
                None => what,
            };
            element(Tag::Tr).child(element(Tag::Td).child(Message::new("date_plain").with(when))).child(what)
        })))
}

/// What was read on the page when the picture was taken, without the names of its fields and regions.
fn read(text: &str) -> Element {
    let lines = text.lines().filter(|line| !line.starts_with('['));
    let plain = lines.map(|line| line.split_once(": ").map_or(line, |(_, words)| words));
    element(Tag::Details).child(element(Tag::Summary).child(message("facts_title"))).child(
        element(Tag::Ul).class("read").children(
            plain.map(|line| element(Tag::Li).attribute(Attribute::Dir, "auto").child(words(line))),
        ),
    )
}

fn draw_exhibit(exhibit: &Exhibit, asking: Option<&CaptureId>) -> Element {
    let id = exhibit.record.id();
    let (name, about) = match &exhibit.record {
        Record::Capture(record) => (format!("page_{}", record.page.code()), about_capture(record)),
        Record::Attachment(record) => {
            (format!("attachment_{}", record.what.code()), about_attachment(record))
        }
    };
    let title =
        Message::new("exhibit_title").with(Argument::Number(exhibit.exhibit)).with(Argument::Message(name));
    let digest = element(Tag::P)
        .child(element(Tag::Strong).child(message("exhibit_digest")))
        .child(words(" "))
        .child(span("hash").child(words(exhibit.record.sha256().to_string())));
    let place = match &exhibit.file {
        Some(file) => line("exhibit_file", Argument::Words(file.clone())),
        None => element(Tag::P).class("outside").child(message("exhibit_outside")),
    };
    let about = div("")
        .child(element(Tag::H3).child(title.clone()))
        .children(about)
        .child(digest)
        .child(place)
        .child(if asking == Some(id) { ask_delete(&exhibit.record) } else { buttons(&exhibit.record) });
    element(Tag::Article)
        .class("exhibit")
        .id(format!("exhibit-{id}"))
        .children(preview(&exhibit.record, title))
        .child(about)
}

/// A picture, the first picture of a video, or a text, filled in by the page; of other files there is none.
fn preview(record: &Record, title: Message) -> Option<Element> {
    let kind = record.media_type();
    let shown = match kind {
        _ if !record.has_file() => return None,
        MediaType::Pdf | MediaType::Heic => return None,
        MediaType::Text => element(Tag::Div).class("own-text").attribute(Attribute::Dir, "auto"),
        _ => element(Tag::Picture).label(title),
    };
    Some(shown.attribute(Attribute::Picture, record.id().as_str()))
}

fn line(key: &'static str, value: Argument) -> Element {
    element(Tag::P)
        .child(element(Tag::Strong).child(message(key)))
        .child(words(" "))
        .child(Message::new("date_plain").with(value))
}

fn in_utc(at: DateTime<Utc>) -> Element {
    line("exhibit_utc", Argument::Words(at.to_rfc3339_opts(SecondsFormat::Secs, true)))
}

fn about_capture(record: &CaptureRecord) -> Vec<Element> {
    let lines = [
        line("exhibit_when", Argument::instant(record.captured_at)),
        in_utc(record.captured_at),
        line("exhibit_address", Argument::Words(record.url.clone())),
        line("exhibit_page_title", Argument::Words(record.title.clone())),
    ];
    lines.into_iter().chain(record.text.as_deref().map(read)).collect()
}

fn about_attachment(record: &AttachmentRecord) -> Vec<Element> {
    let caption = record.caption.as_ref().map(|own| {
        element(Tag::P).class("caption").attribute(Attribute::Dir, "auto").child(words(own.as_str()))
    });
    let name = record.name.as_ref().map(|own| line("exhibit_name", Argument::Words(own.to_string())));
    let lines = [line("exhibit_added", Argument::instant(record.added_at)), in_utc(record.added_at)];
    let size = line("exhibit_bytes", Argument::Words(record.bytes.to_string()));
    caption.into_iter().chain(lines).chain(name).chain([size]).collect()
}

fn ask_delete(record: &Record) -> Element {
    let key = if matches!(record, Record::Capture(_)) { "ask_delete" } else { "own_ask_delete" };
    div("ask")
        .id("ask")
        .attribute(Attribute::Role, "alertdialog")
        .label(Message::new(key))
        .child(element(Tag::P).child(message(key)))
        .child(button("danger", "button_delete", Action::Delete { capture_id: record.id().to_string() }))
        .child(button("", "button_keep", Action::KeepCapture))
}

/// A copy to hand on is made of what the browser shows as a picture.
fn buttons(record: &Record) -> Element {
    let capture_id = record.id().to_string();
    let copy = (record.has_file() && record.media_type().is_shown())
        .then(|| button("", "button_open_copy", Action::OpenCopy { capture_id: capture_id.clone() }));
    // The page adds what only it knows: whether there is another capture to compare with.
    div("row screen-only").id(format!("buttons-{capture_id}")).children(copy).child(button(
        "quiet",
        "button_ask_delete",
        Action::AskDelete { capture_id },
    ))
}
