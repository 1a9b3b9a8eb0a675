//! The work on one request, between what was loaded and what is written: nothing here waits.

use crate::{
    app::{
        Answer, Badge, CardBadge, Correcting, Held, Need, OUTDATED, Request, Screen, Shown, Stating,
        Summaries, Summary,
        cards::{Cards, file_of},
        report::report,
        screen::{Prepared, next_change, overlay_for},
    },
    case::{CaseFile, Entry, Moment, Refusal},
    page::{Address, plan_name},
    view::{self, Front, Notice, Row},
};

/// A request with what it works on.
#[derive(Debug)]
pub(super) struct Work {
    request: Request,
    held: Held,
    /// What was collected, where the request brings it.
    cards: Cards,
    /// The orders on the page, one for each card.
    orders: Vec<Option<String>>,
    /// The orders whose files the request changed.
    changed: Vec<String>,
    /// Whether as many summaries were outdated as one request makes anew.
    more: bool,
}

/// How many orders the popup lists.
const MOST_ROWS: u32 = 50;

/// What a request writes.
#[derive(Debug, Default)]
pub(super) struct Change<'w> {
    /// Case files.
    pub(super) files: Vec<&'w CaseFile>,
    /// Summaries.
    pub(super) summaries: Vec<Summary>,
}

impl Work {
    /// Takes a request in.
    pub(super) fn new(request: Request, at: &Moment<'_>) -> Self {
        let cards = match &request {
            Request::PageSeen { snapshot, visit, .. } => Cards::of(snapshot, *visit, at),
            _ => Cards::default(),
        };
        let orders = match &request {
            Request::Redraw { orders, .. } => orders.clone(),
            _ => Vec::new(),
        };
        Self { request, held: Held::default(), cards, orders, changed: Vec::new(), more: false }
    }

    /// What is needed of the store; `None` = nothing.
    pub(super) fn need(&self, at: &Moment<'_>) -> Option<Need> {
        let now = at.now.timestamp_millis();
        let summed = |orders, first, closes| {
            let summaries = Some(Summaries { first, closes, now });
            Some(Need { summaries, ..Need::orders(orders) })
        };
        let one = |order_id: &str| Some(Need::orders(vec![order_id.to_owned()]));
        match &self.request {
            Request::PageOpened { .. } => None,
            Request::PageSeen { .. } => match self.cards.needed() {
                Some(orders) => Some(Need::orders(orders)),
                None => Some(Need { records: true, ..Need::default() }),
            },
            Request::Redraw { url, orders, .. } => {
                let address = Address::parse(url).ok();
                let named = address.as_ref().and_then(Address::order_id).map(str::to_owned);
                Some(Need::orders(orders.iter().flatten().cloned().chain(named).collect()))
            }
            Request::Popup { url, .. } => {
                let address = url.as_deref().and_then(|url| Address::parse(url).ok());
                let in_front = address.as_ref().and_then(Address::order_id).map(str::to_owned);
                summed(in_front.into_iter().collect(), MOST_ROWS, 0)
            }
            Request::Badge => summed(Vec::new(), 0, 1),
            Request::Unstate { order_id, .. } | Request::Report { order_id, .. } => one(order_id),
            Request::State(asked) => one(&asked.order_id),
            Request::Correct(asked) | Request::UndoCorrection(asked) => one(&asked.order_id),
            Request::UseSelection(asked) => one(&selected_on(asked).unwrap_or_default()),
        }
    }

    /// Does what the request asks for, and says what is to be written.
    pub(super) fn change(&mut self, held: Held, at: &Moment<'_>) -> Result<Change<'_>, Notice> {
        self.held = held;
        match &self.request {
            Request::PageSeen { .. } => {
                self.orders = self.cards.find_orders(&self.held.files);
                self.changed = self.cards.take_into(&mut self.held.files);
            }
            Request::Correct(asked) => {
                self.changed = vec![correct(&mut self.held, asked, &asked.order_id, false, at)?];
            }
            Request::UseSelection(asked) => {
                let order_id = selected_on(asked).ok_or(Notice::Refused(Refusal::NoOrder))?;
                self.changed = vec![correct(&mut self.held, asked, &order_id, true, at)?];
            }
            Request::UndoCorrection(asked) => {
                file_of(&mut self.held.files, &asked.order_id).undo(asked.field).map_err(Notice::Refused)?;
                self.changed = vec![asked.order_id.clone()];
            }
            Request::State(Stating { order_id, item, topic, text }) => {
                let file = file_of(&mut self.held.files, order_id);
                file.state(topic, text, item.clone(), at).map_err(Notice::Refused)?;
                self.changed = vec![order_id.clone()];
            }
            Request::Unstate { order_id, entered_at } => {
                file_of(&mut self.held.files, order_id).unstate(*entered_at).map_err(Notice::Refused)?;
                self.changed = vec![order_id.clone()];
            }
            _ => {}
        }
        let is_outdated = |order_id: &str| {
            self.held.summaries.iter().any(|own| own.order_id == order_id && own.is_outdated(at))
        };
        let anew = |file: &&CaseFile| self.changed.contains(&file.order_id) || is_outdated(&file.order_id);
        let anew = self.held.files.iter().filter(anew);
        let sum = |file: &CaseFile| {
            let records = self.held.records_of(&file.order_id);
            Summary::of(&Prepared::new(file.clone(), records, None, at), at)
        };
        let summaries: Vec<Summary> = anew.map(sum).collect();
        if summaries.is_empty() {
            return Ok(Change::default());
        }
        self.more = summaries.len() >= OUTDATED;
        self.held.renew(&summaries);
        let files = self.held.files.iter().filter(|file| self.changed.contains(&file.order_id));
        Ok(Change { files: files.collect(), summaries })
    }

    /// The answer. `failed` says what was not done.
    pub(super) fn answer(self, failed: Option<Notice>, at: &Moment<'_>) -> Answer {
        let Self { request, held, orders, more, .. } = self;
        let told = |done| Answer::Told { notice: failed.clone().unwrap_or(done) };
        match request {
            Request::PageOpened { url } => Answer::Opened { plan: plan_name(&url) },
            Request::PageSeen { snapshot, collapsed, notice, .. } => {
                let notice = failed.or(notice);
                Answer::Shown(shown(&snapshot.address, orders, &held, collapsed, notice.as_ref(), at))
            }
            Request::Redraw { url, collapsed, notice, .. } => {
                Answer::Shown(shown(&url, orders, &held, collapsed, notice.as_ref(), at))
            }
            Request::Popup { url, notice } => {
                Answer::Screen(popup(url.as_deref(), &held, notice.as_ref(), at))
            }
            Request::Correct(_) | Request::UseSelection(_) | Request::State(_) => told(Notice::Corrected),
            Request::UndoCorrection(_) | Request::Unstate { .. } => told(Notice::Undone),
            Request::Report { url, extension_version, .. } => {
                Answer::Report { report: report(held.files.first(), &url, &extension_version) }
            }
            Request::Badge => Answer::Badge(Badge::of(&held.summaries, more, at)),
        }
    }
}

/// The order on whose page a text was selected: the page's address names it.
fn selected_on(asked: &Correcting) -> Option<String> {
    Address::parse(&asked.url).ok().as_ref().and_then(Address::order_id).map(str::to_owned)
}

/// Takes a correction; a refusal changes nothing.
fn correct(
    held: &mut Held,
    asked: &Correcting,
    order_id: &str,
    selected: bool,
    at: &Moment<'_>,
) -> Result<String, Notice> {
    let entry = Entry { text: &asked.text, selected, url: &asked.url, at: at.now, today: view::today(at) };
    file_of(&mut held.files, order_id).correct(asked.field, entry).map_err(Notice::Refused)?;
    Ok(order_id.to_owned())
}

/// What stands on a page that shows these orders.
fn shown(
    url: &str,
    orders: Vec<Option<String>>,
    held: &Held,
    collapsed: bool,
    notice: Option<&Notice>,
    at: &Moment<'_>,
) -> Shown {
    let address = Address::parse(url).ok();
    let subject = overlay_for(address.as_ref(), &orders);
    let mut shown = Shown { orders, ..Shown::default() };
    let mut changes = Vec::new();
    if let Some(order_id) = subject {
        if let Some(prepared) = Prepared::known(&order_id, held, at) {
            changes.push(next_change(&prepared, at));
            shown.overlay = Some(view::overlay(&prepared.view(address.as_ref(), at), notice, collapsed));
        }
    } else {
        for (root, order_id) in shown.orders.iter().enumerate() {
            let Some(order_id) = order_id else { continue };
            let Some(prepared) = Prepared::known(order_id, held, at) else { continue };
            changes.push(next_change(&prepared, at));
            shown.badges.push(CardBadge { root, node: view::badge(&prepared.view(None, at)).into() });
        }
    }
    shown.next_change_ms = changes.into_iter().min();
    shown
}

fn popup(url: Option<&str>, held: &Held, notice: Option<&Notice>, at: &Moment<'_>) -> Screen {
    let address = url.and_then(|url| Address::parse(url).ok());
    let in_front = address.as_ref().and_then(Address::order_id);
    let prepared = in_front.and_then(|order_id| Prepared::known(order_id, held, at));
    let view = prepared.as_ref().map(|prepared| prepared.view(address.as_ref(), at));
    let front = match &view {
        Some(view) => Front::Order(view),
        None if address.as_ref().is_some_and(Address::is_ours) => Front::Shop,
        None => Front::Elsewhere,
    };
    let others = held.summaries.iter().filter(|own| view.is_none_or(|view| view.order_id != own.order_id));
    let rows: Vec<Row> = others.take(MOST_ROWS as usize).filter_map(Summary::row).collect();
    let others = held.cases.saturating_sub(u32::from(view.is_some()));
    let changes = rows.iter().filter_map(|row| view::next_change_of(row, at));
    Screen {
        title: "Redress".to_owned(),
        view: view::popup(front, &rows, others, notice, at),
        letters: Vec::new(),
        next_change_ms: changes.chain(prepared.iter().map(|prepared| next_change(prepared, at))).min(),
    }
}
