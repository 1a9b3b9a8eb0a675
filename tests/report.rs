//! The report of how a page is read holds no text of any saved page.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::{fs, path::Path, process::Command};

use chrono::DateTime;
use redress::{
    app::report,
    case::{CaseFile, Look},
    page::{PageSnapshot, Region},
};
use serde_json::Value;

/// What `redress read --snapshot` collects from a saved page.
fn collected(page: &Path, url: &str) -> PageSnapshot {
    let arguments = ["read", page.to_str().unwrap(), "--url", url, "--snapshot"];
    let output = Command::new(env!("CARGO_BIN_EXE_redress")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", page.display());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The report of a case file that holds this look alone.
fn reported(snapshot: PageSnapshot) -> String {
    let at = DateTime::from_timestamp(1_788_782_400, 0).unwrap();
    let url = snapshot.address.clone();
    let look = Look::new(at, at.date_naive(), 0, snapshot);
    let file = CaseFile { looks: vec![look], ..CaseFile::new("8200000000000001".to_owned()) };
    report(Some(&file), &url, "0.1.0")
}

/// Every text of a region and those in it, but the page's language, which the report names.
fn values<'r>(region: &'r Region, out: &mut Vec<&'r str>) {
    let fields = region.fields.iter().filter(|field| field.name != "language");
    out.extend(fields.flat_map(|field| field.values.iter().map(String::as_str)));
    region.regions.iter().for_each(|inner| values(inner, out));
}

/// What of a snapshot stands in a text: each value, and each of its words that is long enough to tell anything.
fn survivors(snapshot: &PageSnapshot, report: &str) -> Vec<String> {
    let mut all = Vec::new();
    values(&snapshot.root, &mut all);
    let digits = snapshot.address.split(|sign: char| !sign.is_ascii_digit());
    let ids = digits.filter(|run| run.len() > 4).map(str::to_owned);
    let words = all.iter().flat_map(|value| value.split_whitespace()).chain(all.iter().copied());
    let telling = words.filter(|word| word.chars().filter(|sign| sign.is_alphanumeric()).count() > 3);
    // The report's own words stand alone on its lines; a text of a page would keep its capital or its sign.
    let own: Vec<&str> = report.split(|sign: char| !sign.is_alphanumeric()).collect();
    let foreign = telling.filter(|word| !own.contains(word) || word.chars().any(char::is_uppercase));
    foreign.map(str::to_owned).chain(ids).filter(|text| report.contains(text.as_str())).collect()
}

#[test]
fn no_text_of_a_saved_page_survives() {
    let mut reports = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages")).unwrap() {
        let folder = entry.unwrap().path();
        let case: Value =
            serde_json::from_str(&fs::read_to_string(folder.join("case.json")).unwrap()).unwrap();
        let whole = collected(&folder.join("page.html"), case["url"].as_str().unwrap());
        // As the extension keeps it, order by order; and the whole page, which holds more.
        for snapshot in whole.orders().chain([whole.clone()]) {
            let report = reported(snapshot.clone());
            let left = survivors(&snapshot, &report);
            assert!(left.is_empty(), "{}: {left:?} in\n{report}", folder.display());
            for marker in case["forbid"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                assert!(!report.contains(marker), "{}: {marker} in\n{report}", folder.display());
            }
            reports += usize::from(report.lines().count() > 6);
        }
    }
    assert!(reports > 40, "only {reports} reports describe anything");
}

#[test]
fn the_check_can_fail() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/detail-completed/page.html");
    let snapshot =
        collected(&page, "https://www.aliexpress.com/p/order/detail.html?orderId=8200000000000001");
    let report = reported(snapshot.clone());
    for text in ["Completed", "8200000000000001"] {
        assert!(!survivors(&snapshot, &format!("{report}\n{text}")).is_empty(), "{text}");
    }
}
