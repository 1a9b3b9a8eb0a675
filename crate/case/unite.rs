//! Two case files of one order, from two vaults, become one.

use super::{CaseFile, Look, Statement, file::MOST_LOOKS};
use crate::page::{Address, PageKind};

impl CaseFile {
    /// What both files say. Looks add up. Of two corrections of one field, and of two answers to one question, the newer one
    /// stands; events add up. Both ways round the same, and with a file that was taken in before it changes nothing.
    #[must_use]
    pub fn unite(&self, other: &Self) -> Self {
        let mut united = self.clone();
        for look in &other.looks {
            if !united.looks.contains(look) {
                united.looks.push(look.clone());
            }
        }
        // Newest first: only the newest of a kind of page says how things stand.
        united.looks.sort_by_key(|look| std::cmp::Reverse(look.at));
        united.looks = thinned(united.looks);
        for theirs in &other.corrections {
            match united.corrections.iter_mut().find(|own| own.field == theirs.field) {
                Some(own) if own.at < theirs.at => own.clone_from(theirs),
                Some(_) => {}
                None => united.corrections.push(theirs.clone()),
            }
        }
        united.corrections.sort_by_key(|correction| correction.at);
        for theirs in &other.statements {
            if let Some(own) = united.statements.iter_mut().find(|own| own.is_replaced_by(theirs)) {
                if own.at < theirs.at {
                    own.clone_from(theirs);
                }
            } else if !united.statements.contains(theirs) {
                united.statements.push(theirs.clone());
            }
        }
        united.statements.sort_by_key(|statement| statement.at);
        united
    }
}

/// Of each kind of page the newest looks and the first one, no more than a file that was never united has.
fn thinned(looks: Vec<Look>) -> Vec<Look> {
    let kind = |look: &Look| Address::parse(&look.snapshot.address).ok().map(|address| address.kind());
    let kinds: Vec<Option<PageKind>> = looks.iter().map(kind).collect();
    let stays = |place: usize, own: &Option<PageKind>| {
        let newer = kinds.iter().take(place).filter(|kind| *kind == own).count();
        newer < MOST_LOOKS - 1 || !kinds.iter().skip(place + 1).any(|kind| kind == own)
    };
    let places = kinds.iter().enumerate().map(|(place, own)| stays(place, own));
    looks.into_iter().zip(places).filter_map(|(look, stays)| stays.then_some(look)).collect()
}

impl Statement {
    /// Whether both answer one question: of an event there may be several.
    fn is_replaced_by(&self, other: &Self) -> bool {
        !self.topic.starts_with("event.") && self.topic == other.topic && self.item == other.item
    }
}
