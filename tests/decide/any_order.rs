//! Looks at pages in any order: an order's pages are opened, reloaded and read as the buyer likes, and clocks of machines
//! are set back.

use std::{fs, path::Path, sync::LazyLock};

use chrono::{DateTime, TimeDelta, Utc};
use proptest::{collection::vec, prelude::*, sample::Index};
use redress::{
    case::{CaseFile, Look, Moment, decide, ladder},
    order,
    page::{PageKind, PageSnapshot},
};
use serde_json::Value;

use super::{Database, collect::collect};

/// What the extension collects of every saved page that is the shop's: one part for each order on it.
static PAGES: LazyLock<Vec<PageSnapshot>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let parts = |path: &Path| -> Vec<PageSnapshot> {
        let case: Value = serde_json::from_str(&fs::read_to_string(path.join("case.json")).unwrap()).unwrap();
        let url = case["url"].as_str().unwrap();
        let html = fs::read_to_string(path.join("page.html")).unwrap();
        order::plan_of(url).map(|plan| collect(&plan, &html, url).orders().collect()).unwrap_or_default()
    };
    paths.iter().flat_map(|path| parts(path)).collect()
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn looks_in_any_order_are_decided(
        looks in vec((any::<Index>(), -40_i64..400, 0..3_i64), 1..9),
        wait in 0_i64..5000,
    ) {
        let mut file = CaseFile::new("8200000000000001".to_owned());
        let mut now: DateTime<Utc> = "2026-09-01T12:00:00Z".parse().unwrap();
        for (page, hours, visit) in looks {
            now += TimeDelta::hours(hours);
            let snapshot = page.get(&PAGES).clone();
            file.take(Look::new(now, now.date_naive(), visit, snapshot));
            let later = now + TimeDelta::hours(wait);
            let history = file.read();
            history.conflicts();
            for now in [now, later] {
                let at = Moment { now, zone: "Europe/Warsaw", zones: &Database };
                let (facts, _) = history.facts(&[PageKind::OrderDetail], None, &at);
                let decision = decide(&facts, &at);
                prop_assert_eq!(ladder(&facts, &decision, &[PageKind::OrderDetail], &[], &[]).len(), 5);
                // Nothing that is decided was seen after the last look.
                for reading in facts.readings.iter().flatten() {
                    prop_assert!(history.seen.iter().any(|seen| seen.at == reading.observed_at || seen.countdown_at == reading.observed_at));
                }
            }
        }
    }
}

#[test]
fn there_are_pages_enough() {
    assert!(PAGES.len() > 100, "{}", PAGES.len());
}
