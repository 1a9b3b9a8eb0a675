//! The state of an order in the page's words: status, dispute, whether a dispute can be opened.

use super::{
    Dispute, DisputeStage, Fact, Status, WarningCode,
    date::{self, Reading},
    money,
    phrases::{self, Kind, Label},
    reader::Reader,
    text::{after, clean, fold, is_cut, labelled},
};
use crate::page::{Region, Strategy};

/// The status of an order and its words.
pub(super) fn status(region: &Region, reader: &mut Reader) -> (Status, Option<String>) {
    let page = reader.page;
    if let Some(entry) =
        region.entries("status").find(|entry| entry.values.iter().any(|text| !clean(text).is_empty()))
    {
        reader.note(entry.by, "status");
        let texts: Vec<String> =
            entry.values.iter().map(|text| clean(text)).filter(|text| !text.is_empty()).collect();
        let whole = || texts.iter().filter(|_| !texts.iter().any(|text| is_cut(text)));
        let known = whole().find_map(|text| Some((meaning(text, page)?, text.clone())));
        let first = || texts.first().cloned().unwrap_or_default();
        // The shop's own code of the status, where the layout shows one, is the same in every language.
        let coded = || region.values("status_code").find_map(|code| Some((meaning(code, page)?, first())));
        let known = known.or_else(coded);
        let (status, text) = known.unwrap_or_else(|| (Status::Unknown, first()));
        if status == Status::Unknown {
            reader.warn(WarningCode::UnknownStatus, "status", &text);
        }
        return (status, Some(text));
    }
    // A known status that stands alone on a line or after its label, if all such lines agree. A dispute or its stage may
    // be that of one line of the order: with it, none is sure.
    let mut found = lines(region, page).filter(|text| meaning(text, page).is_some());
    let Some(text) = found.next() else { return (Status::Unknown, None) };
    let (status, mut is_same) = (own_meaning(&text, page), true);
    let agree = found.all(|other| {
        is_same &= other == text;
        own_meaning(&other, page) == status
    });
    match status.filter(|status| agree && !matches!(status, Status::InDispute | Status::Refunded)) {
        Some(status) => {
            reader.note(Strategy::Words, "status");
            (status, is_same.then_some(text))
        }
        None => (Status::Unknown, None),
    }
}

/// The known lines of a region, without the label of a status.
pub(super) fn lines<'a>(region: &'a Region, page: Option<&'a str>) -> impl Iterator<Item = String> + 'a {
    region.values("runs").map(clean).map(move |text| match labelled(&text, page) {
        Some((Label::Status, value)) => value.to_owned(),
        _ => text,
    })
}

fn meaning(text: &str, page: Option<&str>) -> Option<Status> {
    own_meaning(text, page).or_else(|| {
        // While a dispute runs, its stage stands where the order's status stood.
        phrases::meaning(page, whole(&fold(text))).map(|stage| match stage {
            DisputeStage::RefundProcessed => Status::Refunded,
            _ => Status::InDispute,
        })
    })
}

fn own_meaning(text: &str, page: Option<&str>) -> Option<Status> {
    phrases::meaning(page, whole(&fold(text)))
}

fn whole(folded: &str) -> &str {
    folded.trim_end_matches(['.', ':', ' '])
}

/// The dispute that the page shows: the line of a refund, the title of the status, or a button.
pub(super) fn dispute(
    region: &Region,
    status_text: Option<&str>,
    buttons: &[String],
    reader: &mut Reader,
) -> Option<Dispute> {
    let page = reader.page;
    if let Some(text) = region.values("dispute").map(clean).find(|text| !text.is_empty()) {
        let stage = phrases::languages(page)
            .flat_map(phrases::Language::entries)
            .filter(|(phrase, _)| after(&text, phrase).is_some())
            .max_by_key(|(phrase, _)| phrase.len())
            .map(|(_, stage)| stage);
        if stage.is_none() {
            reader.warn(WarningCode::UnknownStatus, "dispute", &text);
        }
        // A day in some other form is no loss here: nothing is counted from it.
        let updated_on = match date::read(&text, page) {
            Reading::Day(value) => Some(Fact { value, text: text.clone(), by: Strategy::Class }),
            _ => None,
        };
        let amount = money::read(&text);
        return Some(Dispute { stage: stage.unwrap_or(DisputeStage::Unknown), text, updated_on, amount });
    }
    let texts = status_text.into_iter().chain(buttons.iter().map(String::as_str));
    texts
        .map(clean)
        .find_map(|text| Some(Dispute { stage: stage(&text, page)?, text, updated_on: None, amount: None }))
}

pub(super) fn stage(text: &str, page: Option<&str>) -> Option<DisputeStage> {
    phrases::meaning(page, &fold(text))
}

/// Whether a dispute can be opened. `buttons` are those of the items.
///
/// A button or link for it says yes. No is said only where the items have buttons, all of them are whole and something
/// else, and the page's language is one whose buttons are known.
pub(super) fn can_dispute(region: &Region, buttons: &[String], reader: &mut Reader) -> Option<bool> {
    let page = reader.page;
    let opens = |text: &str| phrases::any_has(page, Kind::Button, &fold(text));
    let shown = buttons.iter().map(String::as_str).chain(region.values("status_button")).any(opens);
    // Beyond the known part of the page such a link may belong to the shop's help.
    let inside = !region.by.is_weak();
    if shown || (inside && region.values("dispute_link").next().is_some()) {
        return Some(true);
    }
    if inside && region.values("runs").any(opens) {
        reader.note(Strategy::Words, "can_dispute");
        return Some(true);
    }
    let other = |text: &String| {
        let folded = fold(text);
        stage(text, page).is_some()
            || !is_cut(text)
                && !phrases::languages(page)
                    .any(|language| language.words(Kind::Caution).any(|word| folded.contains(word)))
    };
    let known = page.is_some_and(|page| {
        phrases::known(page).is_some_and(|language| language.words(Kind::Button).next().is_some())
    });
    (known && !buttons.is_empty() && buttons.iter().all(other)).then_some(false)
}

/// Whether a tag or a line says that returns are free.
pub(super) fn free_returns<'a>(mut texts: impl Iterator<Item = &'a str>, page: Option<&str>) -> Option<bool> {
    let says = |text: &str| {
        let text = clean(text);
        phrases::languages(page).any(|language| {
            language.words(Kind::FreeReturn).any(|phrase| after(&text, phrase).is_some_and(str::is_empty))
        })
    };
    texts.any(says).then_some(true)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::page::Field;

    fn read(name: &str, by: Strategy, values: &[&str]) -> (Status, Option<String>) {
        let values = values.iter().map(|text| (*text).to_owned()).collect();
        let fields = vec![Field { name: name.to_owned(), by, values }];
        let region = Region { name: "order".to_owned(), by: Strategy::Class, fields, regions: Vec::new() };
        status(&region, &mut Reader::new(NaiveDate::MIN, Some("en")))
    }

    #[test]
    fn a_status_is_read_where_nothing_speaks_against_it() {
        let text = |text: &str| Some(text.to_owned());
        for (name, by, values, expected) in [
            ("status", Strategy::Class, &["Completed"][..], (Status::Completed, text("Completed"))),
            ("status", Strategy::Class, &["Complet…", "Cancelled"], (Status::Unknown, text("Complet…"))),
            ("runs", Strategy::Words, &["Completed"], (Status::Completed, text("Completed"))),
            ("runs", Strategy::Words, &["Completed", "Finished"], (Status::Completed, None)),
            ("runs", Strategy::Words, &["Completed", "Canceled"], (Status::Unknown, None)),
            ("runs", Strategy::Words, &["Completed", "Dispute finished"], (Status::Unknown, None)),
            ("runs", Strategy::Words, &["Dispute in progress"], (Status::Unknown, None)),
        ] {
            assert_eq!(read(name, by, values), expected, "{values:?}");
        }
    }
}
