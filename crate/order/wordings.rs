//! Every wording of the data means on a page of its language what its file says, and nothing else.

use chrono::{DateTime, NaiveDate};

use super::{
    Commitment, DisputeStage, Start, Status, WarningCode, date,
    phrases::{self, Kind, Label, Language, Promise},
    reader::Reader,
    sentence,
    template::{Part, parts},
    text,
};

const CODES: [&str; 18] = [
    "ar", "de", "en", "es", "fr", "he", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "uk",
    "vi",
];

fn all() -> impl Iterator<Item = (&'static str, &'static Language)> {
    CODES.into_iter().map(|code| (code, phrases::known(code).unwrap()))
}

fn filled(template: &'static str) -> String {
    let piece = |part| match part {
        Part::Fixed(text) => text.to_owned(),
        Part::Date => "2026-11-05".to_owned(),
        Part::N => "15".to_owned(),
        Part::Countdown => "12:34:56".to_owned(),
    };
    parts(template).map(piece).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_language_has_what_changes_a_decision() {
    assert_eq!(phrases::languages(None).count(), CODES.len());
    for (code, language) in all() {
        for label in
            ["Placed", "Paid", "Shipped", "Completed", "OrderId", "Estimate", "Total", "TrackingNumber"]
        {
            let found = language.entries().any(|(_, of): (_, Label)| format!("{of:?}") == label);
            assert!(found, "{code}: no label {label}");
        }
        for status in
            ["Unpaid", "ToShip", "InTransit", "Delivered", "Completed", "Cancelled", "Expired", "Refunded"]
        {
            let found = language.entries().any(|(_, means): (_, Status)| format!("{means:?}") == status);
            assert!(found, "{code}: no status {status}");
        }
        for stage in
            ["WaitSeller", "WaitBuyer", "Mediation", "RefundProcessed", "Withdrawn", "Closed", "Unknown"]
        {
            let found = language.entries().any(|(_, at): (_, DisputeStage)| format!("{at:?}") == stage);
            assert!(found, "{code}: no stage {stage}");
        }
        for kind in [Kind::Timer, Kind::Button, Kind::FreeReturn, Kind::Delivered, Kind::Caution, Kind::Until]
        {
            assert!(language.words(kind).next().is_some(), "{code}: no {kind:?}");
        }
    }
}

#[test]
fn statuses_and_labels_mean_one_thing() {
    for (code, language) in all() {
        for (phrase, means) in language.entries::<Status>() {
            assert_eq!(phrases::meaning::<Status>(Some(code), phrase), Some(means), "{code}: {phrase}");
            assert_eq!(text::labelled(phrase, Some(code)), None, "{code}: {phrase} is a label too");
        }
        for (phrase, of) in language.entries::<Label>() {
            let row = format!("{phrase}: 2026-11-05");
            assert_eq!(text::labelled(&row, Some(code)), Some((of, "2026-11-05")), "{code}: {phrase}");
        }
    }
}

#[test]
fn every_promise_is_found_once_and_as_what_it_is() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 5).unwrap();
    for (code, language) in all() {
        for (template, (promise, start)) in language.entries::<(Promise, Start)>() {
            let line = filled(template);
            let mut reader = Reader::new(DateTime::UNIX_EPOCH.date_naive(), Some(code));
            let found = sentence::in_lines(std::iter::once(line.as_str()), &mut reader);
            let text = line.clone();
            let expected = match promise {
                Promise::RefundIfNotDeliveredBefore => {
                    Commitment::RefundIfNotDeliveredBefore { date: day, text }
                }
                Promise::CouponIfDelayed => Commitment::CouponIfDelayed { date: day, text },
                Promise::OpenDisputeWithin => Commitment::OpenDisputeWithin { days: 15, from: start, text },
                Promise::ReturnWithin => Commitment::ReturnWithin { days: 15, from: start, text },
            };
            assert_eq!(found, [expected], "{code}: {line}");
            assert_eq!(reader.warnings, [], "{code}: {line}");
        }
    }
}

#[test]
fn a_promise_whose_date_is_cut_off_is_none() {
    for (code, language) in all() {
        let templates = language.entries::<(Promise, Start)>().map(|(template, _)| template);
        for template in templates.filter(|template| parts(template).any(|part| part == Part::Date)) {
            let line = filled(template).replace("2026-11-05", "2026-11-0…");
            let mut reader = Reader::new(DateTime::UNIX_EPOCH.date_naive(), Some(code));
            assert_eq!(sentence::in_lines(std::iter::once(line.as_str()), &mut reader), [], "{code}: {line}");
            let codes: Vec<_> = reader.warnings.into_iter().map(|warning| warning.code).collect();
            assert!(codes.iter().all(|code| *code == WarningCode::UnreadableDate), "{code}: {line}");
        }
    }
}

#[test]
fn every_timer_is_found() {
    for (code, language) in all() {
        for template in language.words(Kind::Timer) {
            let line = filled(template);
            let found = sentence::timer(std::iter::once(line.as_str()), Some(code));
            assert_eq!(found.map(|found| found.ms), Some(45_296_000), "{code}: {line}");
        }
    }
}

#[test]
fn every_month_is_read_on_either_side_of_its_day() {
    for (code, language) in all() {
        for (month, name) in (1..=12).flat_map(|month| {
            let names = language
                .words(Kind::Month)
                .filter(move |name| phrases::month(Some(code), name) == Some(month));
            names.map(move |name| (month, name))
        }) {
            let expected = date::Reading::Day(NaiveDate::from_ymd_opt(2026, month, 15).unwrap());
            assert_eq!(date::read(&format!("15 {name} 2026"), Some(code)), expected, "{code}: {name}");
            assert_eq!(date::read(&format!("{name} 15, 2026"), Some(code)), expected, "{code}: {name}");
        }
    }
}
