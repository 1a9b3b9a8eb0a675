//! What our own pages ask of their core: it reads what is kept and writes nothing.

use serde::{Deserialize, Serialize};

use crate::{
    app::{
        App, AppError, CaseReport, Need, Screen, Store,
        port::Held,
        screen::{Prepared, next_change},
    },
    case::Moment,
    evidence::{CaptureId, Exhibit},
    view::{self, CalendarEvent, Node, Notice},
};

/// A request of one of our own pages, all of which are about one order.
#[derive(Debug, Deserialize)]
pub struct PageRequest {
    /// What is wanted.
    pub kind: Wanted,
    /// The order.
    pub order_id: String,
    /// The item, where a case is about one of several.
    #[serde(default)]
    pub item: Option<String>,
    /// The capture that the user is asked about before it is deleted.
    #[serde(default)]
    pub capture_id: Option<CaptureId>,
    /// What to tell the user.
    #[serde(default)]
    pub notice: Option<Notice>,
}

crate::code::codes! {
    /// What one of our own pages wants.
    Wanted {
        /// The page of a case.
        Case = "case",
        /// The dossier.
        Dossier = "dossier",
        /// What a dossier says of the case.
        Report = "report",
        /// The deadlines of a case for a calendar.
        Calendar = "calendar",
    }
}

/// The answer to a request of one of our own pages.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum PageAnswer {
    /// To `case` and `dossier`.
    Screen(Screen),
    /// To `report`.
    Report(Box<CaseReport>),
    /// To `calendar`.
    Calendar(Calendar),
}

/// The events of a calendar file.
#[derive(Debug, Serialize)]
pub struct Calendar {
    /// The name of the file.
    pub name: String,
    /// When it was made, milliseconds since 1970.
    pub made_ms: i64,
    /// The deadlines that are ahead.
    pub events: Vec<CalendarEvent>,
}

impl<S: Store> App<S> {
    /// Answers one of our own pages. `at` is now, with the viewer's zone.
    pub async fn page(&self, request: PageRequest, at: &Moment<'_>) -> Result<PageAnswer, AppError> {
        // Exhibits are numbered in the order of the chain.
        let need = Need { chain: true, ..Need::orders(vec![request.order_id.clone()]) };
        let held = self.store.load(&need).await?;
        if request.kind == Wanted::Report {
            let prepared = Prepared::of(&request.order_id, None, &held, at);
            return Ok(PageAnswer::Report(Box::new(CaseReport::of(&prepared, at))));
        }
        if request.kind == Wanted::Calendar {
            return Ok(PageAnswer::Calendar(calendar(request, &held, at)));
        }
        Ok(PageAnswer::Screen(screen(request, &held, at)))
    }
}

fn calendar(request: PageRequest, held: &Held, at: &Moment<'_>) -> Calendar {
    let prepared = Prepared::of(&request.order_id, request.item, held, at);
    let events = view::calendar(&prepared.view(None, at));
    let name = format!("redress-{}.ics", request.order_id);
    Calendar { name, made_ms: at.now.timestamp_millis(), events }
}

fn screen(request: PageRequest, held: &Held, at: &Moment<'_>) -> Screen {
    let PageRequest { kind, order_id, item, capture_id, notice, .. } = request;
    let title = format!("{order_id} · Redress");
    let prepared = Prepared::of(&order_id, item, held, at);
    if prepared.is_empty() {
        return Screen { title, view: view::unknown_dossier(), letters: Vec::new(), next_change_ms: None };
    }
    let shown = prepared.view(None, at);
    let exhibits = Exhibit::number(held.records_of(&order_id).cloned().collect(), &held.chain);
    let mut letters = Vec::new();
    let view = if kind == Wanted::Case {
        let drafts = view::drafts(&shown, &prepared.facts, &exhibits);
        letters.extend(drafts.into_iter().map(Node::from));
        view::case_page(&shown, &prepared.pages(), notice.as_ref())
    } else {
        view::dossier(&shown, &prepared.events(), &exhibits, capture_id.as_ref(), notice.as_ref())
    };
    Screen { title, view, letters, next_change_ms: Some(next_change(&prepared, at)) }
}
