//! One handler per request.

use serde::Serialize;

use crate::{
    app::{
        Answer, AppError, Badge, CaptureDraft, Captured, CardBadge, Request, Screen, Shown, Store,
        archive::archive,
        report::report,
        screen::{Prepared, nearest, next_change, overlay_for},
    },
    case::{CaseFile, Look, Moment},
    evidence::{CaptureId, ChainEvent, DeletionReason, Exhibit, append},
    page::{Address, PageKind, PageSnapshot, plan_name},
    view::{self, Front, Kept, Notice},
};

/// Writes JSON: the browser's own in the extension.
pub trait ToJson {
    /// The value as indented JSON.
    fn to_json(&self, value: &impl Serialize) -> Result<String, AppError>;
}

/// The application over its ports.
#[derive(Debug)]
pub struct App<S, J> {
    /// Where things are kept.
    pub store: S,
    /// How documents are written.
    pub json: J,
}

impl<S: Store, J: ToJson> App<S, J> {
    /// Answers a request. `at` is now, with the viewer's zone.
    pub async fn handle(&self, request: Request, at: &Moment<'_>) -> Result<Answer, AppError> {
        Ok(match request {
            Request::PageOpened { url } => Answer::Opened { plan: plan_name(&url) },
            Request::PageSeen { snapshot, visit, collapsed, notice } => {
                Answer::Shown(self.page_seen(&snapshot, visit, collapsed, notice.as_ref(), at).await?)
            }
            Request::Redraw { url, orders, collapsed, notice } => {
                Answer::Shown(self.shown(&url, orders, &[], collapsed, notice.as_ref(), at).await?)
            }
            Request::Popup { url, notice } => Answer::Screen(self.popup(url, notice.as_ref(), at).await?),
            Request::Dossier { order_id, asking, notice } => {
                Answer::Screen(self.dossier(order_id, asking.as_ref(), notice.as_ref(), at).await?)
            }
            Request::Archive { order_id, extension_version } => {
                let file = self.store.case_file(&order_id).await?;
                let prepared = self.prepare(file.unwrap_or_else(|| CaseFile::new(order_id)), at).await?;
                let chain = self.store.chain().await?;
                Answer::Archive(archive(&self.json, prepared, chain, extension_version, at)?)
            }
            Request::Delete { capture_id } => Answer::Told { notice: self.delete(&capture_id, at).await },
            Request::Correct(asked) => Answer::Told { notice: self.correct(&asked, false, at).await },
            Request::UseSelection(asked) => Answer::Told { notice: self.correct(&asked, true, at).await },
            Request::UndoCorrection(asked) => Answer::Told { notice: self.undo(asked).await },
            Request::Report { order_id, url, extension_version } => {
                let file = self.store.case_file(&order_id).await?;
                Answer::Report { report: report(file.as_ref(), &url, &extension_version) }
            }
            Request::Badge => Answer::Badge(self.badge(at).await?),
        })
    }

    /// Keeps a capture: picture, record and chain entry in one transaction. `sha256` is the picture's digest, `id` a
    /// new random id.
    pub async fn keep(
        &self,
        draft: CaptureDraft,
        picture: S::Picture,
        sha256: &str,
        id: String,
        at: &Moment<'_>,
    ) -> Result<Kept, AppError> {
        let record = draft.record(id, sha256, at)?;
        let event = ChainEvent::captured(&record);
        let kept = Kept {
            capture_id: record.id.clone(),
            order_id: record.order_id.clone(),
            sha256: record.sha256.to_string(),
        };
        let now = at.now;
        self.store.keep(Captured { record, picture }, move |head| append(head, event, now)).await?;
        Ok(kept)
    }

    async fn page_seen(
        &self,
        snapshot: &PageSnapshot,
        visit: i64,
        collapsed: bool,
        notice: Option<&Notice>,
        at: &Moment<'_>,
    ) -> Result<Shown, AppError> {
        let address = Address::parse(&snapshot.address).ok();
        // A list names the order of each card; what its address holds is another matter.
        let kind = address.as_ref().map(Address::kind);
        let named = address.as_ref().filter(|_| kind != Some(PageKind::OrderList));
        let named = named.and_then(Address::order_id);
        let mut orders = Vec::new();
        let mut looks: Vec<(String, Look)> = Vec::new();
        for part in snapshot.orders() {
            let look =
                Look { at: at.now, today: view::today(at), countdown_at: at.now, visit, snapshot: part };
            let order_id = match look.read().map(|seen| (seen.order.order_id, seen.order.line_ids)) {
                Some((None, lines)) => self.order_of_lines(&lines).await?,
                seen => seen.and_then(|(order_id, _)| order_id),
            };
            orders.push(order_id.clone());
            // While a page gives way to the next one, its old content stands under the new address for a moment.
            let Some(order_id) = order_id.filter(|id| named.is_none_or(|named| named == id)) else {
                continue;
            };
            match looks.iter_mut().find(|(known, _)| *known == order_id) {
                None => looks.push((order_id, look)),
                // Cards of a list of returns are lines of an order. Elsewhere a card may stand twice, and the first
                // counts, as everywhere where a list is read.
                Some((_, known)) if kind == Some(PageKind::DisputeList) => {
                    known.snapshot.root.regions.extend(look.snapshot.root.regions);
                }
                Some(_) => {}
            }
        }
        let mut files: Vec<CaseFile> = Vec::new();
        for (order_id, look) in looks {
            let file = self.store.case_file(&order_id).await?;
            let mut file = file.unwrap_or_else(|| CaseFile::new(order_id));
            file.take(look);
            files.push(file);
        }
        // What was read is shown also where it cannot be kept, and the user is told that it was not.
        let stored = if files.is_empty() { Ok(()) } else { self.store.put_case_files(&files).await };
        let refused = stored.err().map(|error| Notice::NotDone(error.to_string()));
        self.shown(&snapshot.address, orders, &files, collapsed, refused.as_ref().or(notice), at).await
    }

    /// The order that one of these lines was seen to belong to.
    async fn order_of_lines(&self, lines: &[String]) -> Result<Option<String>, AppError> {
        if lines.is_empty() {
            return Ok(None);
        }
        let files = self.store.case_files().await?;
        let holds = |file: &&CaseFile| {
            let mut seen = file.looks.iter().filter_map(Look::read);
            seen.any(|seen| seen.order.line_ids.iter().any(|id| lines.contains(id)))
        };
        Ok(files.iter().find(holds).map(|file| file.order_id.clone()))
    }

    /// What stands on a page that shows these orders. `fresh` are files that were read just now.
    async fn shown(
        &self,
        url: &str,
        orders: Vec<Option<String>>,
        fresh: &[CaseFile],
        collapsed: bool,
        notice: Option<&Notice>,
        at: &Moment<'_>,
    ) -> Result<Shown, AppError> {
        let address = Address::parse(url).ok();
        let subject = overlay_for(address.as_ref(), &orders);
        let mut shown = Shown { orders, ..Shown::default() };
        let mut changes = Vec::new();
        if let Some(order_id) = subject {
            if let Some(file) = self.file(&order_id, fresh).await? {
                let prepared = self.prepare(file, at).await?;
                changes.push(next_change(&prepared, at));
                shown.overlay = Some(view::overlay(&prepared.view(address.as_ref(), at), notice, collapsed));
            }
        } else {
            for (root, order_id) in shown.orders.iter().enumerate() {
                let Some(order_id) = order_id else { continue };
                let Some(file) = self.file(order_id, fresh).await? else { continue };
                let prepared = self.prepare(file, at).await?;
                changes.push(next_change(&prepared, at));
                shown.badges.push(CardBadge { root, node: view::badge(&prepared.view(None, at)).into() });
            }
        }
        shown.next_change_ms = changes.into_iter().min();
        Ok(shown)
    }

    async fn popup(
        &self,
        url: Option<String>,
        notice: Option<&Notice>,
        at: &Moment<'_>,
    ) -> Result<Screen, AppError> {
        let address = url.as_deref().and_then(|url| Address::parse(url).ok());
        let in_front = address.as_ref().and_then(Address::order_id);
        let mut all = Vec::new();
        for file in self.store.case_files().await? {
            all.push(self.prepare(file, at).await?);
        }
        all.sort_by_cached_key(|prepared| (nearest(prepared, at), prepared.history.order_id.clone()));
        let views: Vec<_> = all.iter().map(|prepared| prepared.view(address.as_ref(), at)).collect();
        let (front, others): (Vec<_>, Vec<_>) =
            views.iter().partition(|view| Some(view.order_id) == in_front);
        let front = match front.first() {
            Some(view) => Front::Order(view),
            None if address.as_ref().is_some_and(Address::is_ours) => Front::Shop,
            None => Front::Elsewhere,
        };
        Ok(Screen {
            title: "Redress".to_owned(),
            view: view::popup(front, &others, notice),
            next_change_ms: all.iter().map(|prepared| next_change(prepared, at)).min(),
        })
    }

    async fn dossier(
        &self,
        order_id: String,
        asking: Option<&CaptureId>,
        notice: Option<&Notice>,
        at: &Moment<'_>,
    ) -> Result<Screen, AppError> {
        let title = format!("{order_id} · Redress");
        let file = self.store.case_file(&order_id).await?;
        let prepared = self.prepare(file.unwrap_or_else(|| CaseFile::new(order_id)), at).await?;
        if prepared.is_empty() {
            return Ok(Screen { title, view: view::unknown_dossier(), next_change_ms: None });
        }
        let exhibits = Exhibit::number(prepared.records.clone());
        let view = view::dossier(&prepared.view(None, at), &prepared.events(), &exhibits, asking, notice);
        Ok(Screen { title, view, next_change_ms: Some(next_change(&prepared, at)) })
    }

    async fn delete(&self, id: &CaptureId, at: &Moment<'_>) -> Notice {
        match self.erase(id, at).await {
            Ok(()) => Notice::Deleted,
            Err(error) => Notice::NotDone(error.to_string()),
        }
    }

    async fn erase(&self, id: &CaptureId, at: &Moment<'_>) -> Result<(), AppError> {
        let record = self.store.record(id).await?.ok_or(AppError::NoSuchCapture)?;
        let event = ChainEvent::deleted(&record, Some(DeletionReason::User));
        let now = at.now;
        Ok(self.store.erase(id, move |head| append(head, event, now)).await?)
    }

    async fn badge(&self, at: &Moment<'_>) -> Result<Badge, AppError> {
        let mut all = Vec::new();
        for file in self.store.case_files().await? {
            all.push(Prepared::without_records(file, at));
        }
        Ok(Badge::of(&all, at))
    }

    /// The file of an order: the fresh one, else the stored one.
    async fn file(&self, order_id: &str, fresh: &[CaseFile]) -> Result<Option<CaseFile>, AppError> {
        match fresh.iter().find(|file| file.order_id == order_id) {
            Some(file) => Ok(Some(file.clone())),
            None => Ok(self.store.case_file(order_id).await?),
        }
    }

    /// Decides a case with its captures.
    async fn prepare(&self, file: CaseFile, at: &Moment<'_>) -> Result<Prepared, AppError> {
        let records = self.store.records(&file.order_id).await?;
        Ok(Prepared::new(file, records, at))
    }
}
