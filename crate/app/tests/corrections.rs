//! Corrections: what they stand in place of, when a page overtakes them, and that they can be taken back.

use super::*;
use crate::{
    case::{Field, Next, OrderStatus, Refusal, Subject},
    view::Notice,
};

impl Buyer {
    pub(super) fn told(&self, request: Value, now: DateTime<Utc>) -> Notice {
        match self.ask(request, now).unwrap() {
            Answer::Told { notice } => notice,
            other => panic!("{other:?}"),
        }
    }

    fn correct(&self, field: &str, value: &str, now: DateTime<Utc>) -> Notice {
        self.told(
            json!({"correct": {"order_id": ORDER, "field": field, "text": value, "url": detail_url(ORDER)}}),
            now,
        )
    }

    fn undo(&self, field: &str, now: DateTime<Utc>) -> Notice {
        self.told(json!({"undo_correction": {"order_id": ORDER, "field": field}}), now)
    }

    fn select(&self, field: &str, text: &str, now: DateTime<Utc>) -> Notice {
        self.told(json!({"use_selection": {"url": detail_url(ORDER), "field": field, "text": text}}), now)
    }

    fn facts(&self, now: DateTime<Utc>) -> Value {
        serde_json::to_value(self.file(ORDER).unwrap().read().facts(&[], None, &moment(now)).0).unwrap()
    }

    /// The rules of the deadlines of a subject, with their ends.
    fn ends(&self, subject: Subject, now: DateTime<Utc>) -> Vec<(&'static str, String)> {
        let decision = self.decision(ORDER, now);
        let own = decision.deadlines.iter().filter(|one| one.subject == subject);
        own.map(|one| (one.rule(), format!("{:?}", one.at))).collect()
    }

    fn overlay(&self, now: DateTime<Utc>) -> Value {
        let redraw = json!({"redraw": {"url": detail_url(ORDER), "orders": [ORDER], "collapsed": false}});
        match self.ask(redraw, now).unwrap() {
            Answer::Shown(shown) => tree(&shown.overlay.unwrap()),
            other => panic!("{other:?}"),
        }
    }
}

const ROWS: [&str; 3] =
    ["Order placed on: Sep 1, 2026", "Paid on: Sep 1, 2026", "Shipment completed on: Sep 3, 2026"];

fn seen() -> Buyer {
    let buyer = Buyer::new();
    buyer.see(
        &detail(ORDER, "Awaiting delivery", &ROWS, &["Refund if no delivery before Nov 10, 2026"]),
        noon(7),
    );
    buyer
}

#[test]
fn a_day_stands_in_the_place_of_the_page_and_can_be_taken_back() {
    let buyer = seen();
    let before = buyer.file(ORDER);
    let ends = buyer.ends(Subject::OpenFrom, noon(7));
    assert_eq!(buyer.correct("shipped_on", "2026-09-05", noon(7)), Notice::Corrected);
    assert_eq!(buyer.facts(noon(7))["shipped_at"], "2026-09-05");
    assert_ne!(buyer.ends(Subject::OpenFrom, noon(7)), ends);
    let overlay = buyer.overlay(noon(7));
    assert!(keys(&overlay).contains(&"basis_from_user"), "what rests on it says so");
    assert_eq!(with_class(&overlay, "mark-user").len(), 2, "in the dates and in what was read");
    // The dossier says so too.
    let report = json!({"report": {"order_id": ORDER}});
    let PageAnswer::Report(report) = buyer.ask_page(report, noon(7)).unwrap() else { panic!() };
    let case = serde_json::to_string(&report).unwrap();
    assert!(case.contains("counts from what was entered by you") && case.contains("shipped_on"), "{case}");

    assert_eq!(buyer.undo("shipped_on", noon(8)), Notice::Undone);
    assert_eq!(buyer.file(ORDER), before);
    assert_eq!(buyer.ends(Subject::OpenFrom, noon(7)), ends);
    assert_eq!(buyer.undo("shipped_on", noon(8)), Notice::Refused(Refusal::NotCorrected));
}

#[test]
fn the_page_wins_again_when_it_says_something_else() {
    let buyer = seen();
    buyer.correct("placed_on", "2026-08-30", noon(7));
    // The same words, a day later, and on another page.
    buyer.see(&detail(ORDER, "Awaiting delivery", &ROWS, &[]), noon(8));
    buyer.see(&list(&[card(ORDER, "Awaiting delivery", &["Bestellt am 1 Sep, 2026"])]), noon(8));
    assert_eq!(buyer.facts(noon(8))["placed_at"], "2026-08-30");
    // A page that shows nothing says nothing else.
    buyer.see(&detail(ORDER, "Awaiting delivery", &[], &[]), noon(9));
    assert_eq!(buyer.facts(noon(9))["placed_at"], "2026-08-30");
    buyer.see(&detail(ORDER, "Awaiting delivery", &["Order placed on: Sep 2, 2026"], &[]), noon(10));
    assert_eq!(buyer.facts(noon(10))["placed_at"], "2026-09-01", "the earliest of what the pages say now");
    assert!(keys(&buyer.overlay(noon(10))).contains(&"fact_overtaken"));
    assert_eq!(buyer.undo("placed_on", noon(10)), Notice::Undone);
    assert!(!keys(&buyer.overlay(noon(10))).contains(&"fact_overtaken"));
}

#[test]
fn what_no_page_shows_can_be_entered_until_one_shows_it() {
    let buyer = Buyer::new();
    buyer.see(&detail(ORDER, "Awaiting delivery", &["Order placed on: 03/04/2026"], &[]), noon(7));
    buyer.correct("placed_on", "2026-04-03", noon(7));
    assert_eq!(buyer.facts(noon(7))["placed_at"], "2026-04-03");
    buyer.see(&detail(ORDER, "Awaiting delivery", &["Order placed on: Mar 4, 2026"], &[]), noon(8));
    assert_eq!(buyer.facts(noon(8))["placed_at"], "2026-03-04");
}

#[test]
fn a_limit_stands_in_the_place_of_the_words_that_it_replaces() {
    let buyer = seen();
    let page = buyer.ends(Subject::Delivery, noon(7));
    assert_eq!(page[0].0, "page");
    assert_eq!(buyer.correct("delivery_end", "2026-10-20", noon(7)), Notice::Corrected);
    let own = buyer.ends(Subject::Delivery, noon(7));
    assert_eq!(own[0].0, "user");
    assert!(own[0].1.contains("2026-10-19") || own[0].1.contains("2026-10-20"), "{own:?}");
    // The other page of the pair, with its own day, was not seen then: the page wins.
    buyer.see(&tracking(ORDER, &["Refund if no delivery before Nov 9, 2026"], &[]), noon(8));
    assert_eq!(buyer.ends(Subject::Delivery, noon(8))[0].0, "page");
    // Entered again, it replaces what both say.
    buyer.correct("delivery_end", "2026-10-20", noon(8));
    assert_eq!(buyer.ends(Subject::Delivery, noon(8))[0].0, "user");
    buyer.see(
        &detail(ORDER, "Awaiting delivery", &ROWS, &["Refund if no delivery before Nov 10, 2026"]),
        noon(9),
    );
    assert_eq!(buyer.ends(Subject::Delivery, noon(9))[0].0, "user");
    buyer.undo("delivery_end", noon(9));
    assert_eq!(buyer.ends(Subject::Delivery, noon(9))[0].0, "page");
}

#[test]
fn a_limit_beats_a_rule_and_a_delivery_makes_it_stale() {
    let buyer = Buyer::new();
    buyer.see(&detail(ORDER, "Awaiting delivery", &ROWS, &[]), noon(7));
    assert_eq!(buyer.ends(Subject::Delivery, noon(7))[0].0, "R06");
    buyer.correct("delivery_end", "2026-10-20", noon(7));
    assert_eq!(buyer.ends(Subject::Delivery, noon(7))[0].0, "user");
    buyer.see(&tracking(ORDER, &[], &[("Sep 8, 2026", "Delivered")]), noon(9));
    assert!(buyer.ends(Subject::Delivery, noon(9)).iter().all(|(rule, _)| *rule != "user"));
    assert_eq!(buyer.decision(ORDER, noon(9)).next, Next::RecheckPage);
}

#[test]
fn a_status_can_be_corrected() {
    let buyer = Buyer::new();
    buyer.see(&detail(ORDER, "Odd words", &ROWS, &[]), noon(7));
    assert_eq!(buyer.facts(noon(7))["order_status"], "unknown");
    assert_eq!(buyer.correct("status", "in_transit", noon(7)), Notice::Corrected);
    assert_eq!(buyer.facts(noon(7))["order_status"], "in_transit");
    assert_eq!(buyer.correct("status", "nonsense", noon(7)), Notice::Refused(Refusal::NotRead));
    assert_eq!(buyer.correct("status", "2026-09-01", noon(7)), Notice::Refused(Refusal::NotRead));
    buyer.see(&detail(ORDER, "Completed", &ROWS, &[]), noon(8));
    assert_eq!(buyer.facts(noon(8))["order_status"], OrderStatus::Completed.code());
}

#[test]
fn a_value_that_cannot_be_is_refused_and_nothing_is_lost() {
    let buyer = seen();
    buyer.see(&tracking(ORDER, &[], &[("Sep 5, 2026", "Delivered")]), noon(7));
    buyer.correct("paid_on", "2026-09-02", noon(7));
    let before = buyer.file(ORDER);
    for (field, value, why) in [
        ("placed_on", "2026-09-09", Refusal::Future),
        ("delivered_on", "2026-09-09", Refusal::Future),
        ("paid_on", "2027-01-01", Refusal::Future),
        ("placed_on", "2026-09-06", Refusal::BeforeOrder),
        ("delivered_on", "2026-08-31", Refusal::BeforeOrder),
        ("completed_on", "2026-08-31", Refusal::BeforeOrder),
        ("delivery_end", "2026-08-31", Refusal::BeforeOrder),
        ("paid_on", "2009-12-31", Refusal::NotRead),
        ("delivery_end", "2100-01-01", Refusal::NotRead),
        ("paid_on", "", Refusal::NotRead),
        ("paid_on", "in_transit", Refusal::NotRead),
        ("paid_on", "2026-02-30", Refusal::NotRead),
        ("paid_on", "03/04/2026", Refusal::Ambiguous),
    ] {
        assert_eq!(buyer.correct(field, value, noon(7)), Notice::Refused(why), "{field} {value}");
        assert_eq!(buyer.file(ORDER), before, "{field} {value}");
    }
    // Somewhere it is tomorrow already.
    assert_eq!(buyer.correct("delivered_on", "2026-09-08", noon(7)), Notice::Corrected);
}

#[test]
fn a_selected_text_is_read_as_on_a_page() {
    let buyer = seen();
    assert_eq!(buyer.select("shipped_on", " Shipped: 5 Sep, 2026 ", noon(7)), Notice::Corrected);
    let file = buyer.file(ORDER).unwrap();
    assert_eq!(file.corrections[0].words.as_deref(), Some(" Shipped: 5 Sep, 2026 "));
    assert_eq!(file.corrections[0].field, Field::ShippedOn);
    assert_eq!(file.corrections[0].url, detail_url(ORDER));
    for (text, why) in
        [("03/04/2026", Refusal::Ambiguous), ("Sep 5", Refusal::Ambiguous), ("soon", Refusal::NotRead)]
    {
        assert_eq!(buyer.select("paid_on", text, noon(7)), Notice::Refused(why), "{text}");
        assert_eq!(buyer.file(ORDER), Some(file.clone()));
    }
    let elsewhere = json!({"use_selection": {"url": LIST_URL, "field": "paid_on", "text": "Sep 5, 2026"}});
    assert_eq!(buyer.told(elsewhere, noon(7)), Notice::Refused(Refusal::NoOrder));
}

#[test]
fn an_order_whose_page_gave_nothing_can_be_described_by_selecting() {
    let buyer = Buyer::new();
    buyer.see(&snapshot(&detail_url(ORDER), &[]), noon(7));
    assert!(buyer.file(ORDER).is_none());
    assert_eq!(buyer.select("placed_on", "Sep 1, 2026", noon(7)), Notice::Corrected);
    assert!(keys(&buyer.overlay(noon(7))).contains(&"fact_placed_on"));
    let dossier = buyer.screen(json!({"dossier": {"order_id": ORDER}}), noon(7));
    assert!(keys(&tree(&dossier.view)).contains(&"event_corrected"));
}

#[test]
fn a_correction_that_cannot_be_kept_is_told() {
    let buyer = seen();
    let before = buyer.file(ORDER);
    buyer.app.store.fail_next(crate::app::StoreError::Full);
    assert!(matches!(buyer.correct("placed_on", "2026-09-02", noon(7)), Notice::NotDone(_)));
    assert_eq!(buyer.file(ORDER), before);
}

#[test]
fn a_changed_layout_opens_what_was_read_with_its_sources() {
    let buyer = seen();
    let details = |overlay: &Value, id: &str| elements(overlay, &|node| node["id"] == id).len();
    assert_eq!(
        (details(&buyer.overlay(noon(7)), "facts"), details(&buyer.overlay(noon(7)), "facts-open")),
        (1, 0)
    );
    let mut page = detail(ORDER, "Awaiting delivery", &[], &[]);
    page["root"]["regions"][0] = json!({"name": "order", "by": "place", "regions": [], "fields": [
        field("runs", "words", &["Awaiting delivery", "Total: US $12.83", "Order placed on: Sep 1, 2026"]),
    ]});
    let overlay = tree(&buyer.see(&page, noon(8)).overlay.unwrap());
    assert_eq!((details(&overlay, "facts"), details(&overlay, "facts-open")), (0, 1));
    let row = |name: &str| elements(&overlay, &|node| node["id"] == format!("fact-{name}"))[0].clone();
    for name in ["status", "placed_on", "total"] {
        assert!(keys(&row(name)).contains(&"how_words"), "{name}: {:?}", row(name));
    }
    assert!(keys(&row("delivered_on")).contains(&"fact_not_read"));
    let forms = elements(&overlay, &|node| node["tag"] == "form" && node["action"]["do"] == "correct");
    assert_eq!(forms.len(), Field::ALL.len(), "each field can be corrected");
}
