//! The saved pages, and how one is read: as the command line does, in this process.

use std::{collections::BTreeSet, fs, path::Path};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use redress::{
    order,
    page::{PageSnapshot, Plan, Region, Strategy, Words},
};
use serde_json::Value;

use crate::{collect::collect, facts::Known};

/// A directory of `tests/pages`.
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) html: String,
    pub(crate) case: Value,
    /// `None` where the page is not the shop's.
    pub(crate) plan: Option<Plan>,
}

/// All of them, in the order of their names.
pub(crate) fn all() -> Vec<Page> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let page = |path: &Path| {
        let case: Value = serde_json::from_str(&fs::read_to_string(path.join("case.json")).unwrap()).unwrap();
        Page {
            name: path.file_name().unwrap().to_string_lossy().into_owned(),
            html: fs::read_to_string(path.join("page.html")).unwrap(),
            plan: order::plan_of(case["url"].as_str().unwrap_or_default()),
            case,
        }
    };
    paths.iter().map(|path| page(path)).collect()
}

impl Page {
    /// What is read from a page at this one's address and moment, in the form that `redress read` prints.
    pub(crate) fn read(&self, html: &str) -> Value {
        let now = DateTime::parse_from_rfc3339(self.text("now")).unwrap().with_timezone(&Utc);
        let zone: Tz = self.text("zone").parse().unwrap();
        let snapshot = match &self.plan {
            Some(plan) => collect(plan, html, self.text("url")),
            None => nothing(self.text("url")),
        };
        serde_json::to_value(order::read(&snapshot, now, now.with_timezone(&zone).date_naive())).unwrap()
    }

    /// The lines that a page shows at this one's address, without those that must never be read. A known label alone
    /// stands with the line after it.
    pub(crate) fn lines(&self, html: &str, known: &Known) -> Vec<String> {
        let Some(plan) = self.plan.clone() else { return Vec::new() };
        // Every sign of the page is a known word: no line is left out.
        let signs: BTreeSet<char> =
            html.to_lowercase().chars().filter(|sign| !sign.is_whitespace()).collect();
        let contain = signs.into_iter().map(String::from).collect::<Vec<_>>().join("\n");
        let words = Words { contain, ..Words::default() };
        let plan = Plan { words, root: ALL_LINES, longest: u32::MAX, most: u32::MAX, ..plan };
        let root = collect(&plan, html, self.text("url")).root;
        let lines: Vec<&str> = root.values("line").collect();
        let next = |place: usize| lines.get(place + 1).filter(|_| known.is_label(lines[place]));
        let joined = |(place, line): (usize, &&str)| match next(place) {
            Some(next) => format!("{line} {next}"),
            None => (*line).to_owned(),
        };
        lines.iter().enumerate().map(joined).collect()
    }

    fn text(&self, key: &str) -> &str {
        self.case[key].as_str().unwrap_or_else(|| panic!("{}: {key} is missing", self.name))
    }
}

/// A plan of one field, all lines of the page.
const ALL_LINES: &str = r#"["page", [], [["line", "runs", [["words", "body"]]]], []]"#;

/// Of another site's page nothing is looked at.
fn nothing(address: &str) -> PageSnapshot {
    let root =
        Region { name: "page".to_owned(), by: Strategy::Address, fields: Vec::new(), regions: Vec::new() };
    PageSnapshot { address: address.to_owned(), layout: String::new(), root }
}
