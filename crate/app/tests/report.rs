//! The report of how a page is read: it holds nothing that the page says.

use super::*;

impl Buyer {
    fn report(&self, url: &str, now: DateTime<Utc>) -> String {
        let request = json!({"report": {"order_id": ORDER, "url": url, "extension_version": "0.1.0"}});
        match self.ask(request, now).unwrap() {
            Answer::Report { report } => report,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn the_report_says_how_each_field_was_found_and_its_shape() {
    let buyer = Buyer::new();
    let mut seen =
        detail(ORDER, "Awaiting delivery", &["Order placed on: Sep 1, 2026"], &["Total: US $12.83"]);
    seen["address"] =
        json!(format!("https://www.aliexpress.com/p/order/detail.html?orderId={ORDER}&name=Marker"));
    buyer.see(&seen, noon(7));
    buyer.see(&tracking(ORDER, &[], &[("Sep 5, 2026", "Departed")]), noon(8));
    let report = buyer.report(&detail_url(ORDER), noon(8));
    for line in [
        "Redress 0.1.0",
        "layout: current",
        "page: order_detail",
        "path: /p/order/detail.html",
        "language: en",
        "warning: layout_changed total",
        "order by class",
        "  status by class, 1: a a",
        "  row by class, 2: a a: 9 | a a a: a 9, 9",
        "  runs by words, 1: a: a $9.9",
    ] {
        assert!(report.lines().any(|own| own == line), "{line} is missing in\n{report}");
    }
    assert!(buyer.report(&tracking_url(ORDER), noon(8)).contains("page: tracking"));
}

#[test]
fn without_a_look_the_report_names_the_version_alone() {
    assert_eq!(Buyer::new().report(&detail_url(ORDER), noon(7)), "Redress 0.1.0");
}
