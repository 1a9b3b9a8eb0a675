//! The saved pages, and how one is read: as the command line does, in this process.

use std::{fs, path::Path};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use redress::{
    order,
    page::{self, FieldPlan, PageSnapshot, Plan, Region, RegionPlan, Strategy, Way, Words},
};
use serde_json::Value;

use crate::collect::collect;

/// A directory of `tests/pages`.
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) html: String,
    pub(crate) case: Value,
}

/// All of them, in the order of their names.
pub(crate) fn all() -> Vec<Page> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let page = |path: &Path| Page {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        html: fs::read_to_string(path.join("page.html")).unwrap(),
        case: serde_json::from_str(&fs::read_to_string(path.join("case.json")).unwrap()).unwrap(),
    };
    paths.iter().map(|path| page(path)).collect()
}

impl Page {
    /// What is read from a page at this one's address and moment, in the form that `redress read` prints.
    pub(crate) fn read(&self, html: &str) -> Value {
        let now = DateTime::parse_from_rfc3339(self.text("now")).unwrap().with_timezone(&Utc);
        let zone: Tz = self.text("zone").parse().unwrap();
        let snapshot = match page::plan(self.text("url")) {
            Some(plan) => collect(&plan, html, self.text("url")),
            None => nothing(self.text("url")),
        };
        serde_json::to_value(order::read(&snapshot, now, now.with_timezone(&zone).date_naive())).unwrap()
    }

    /// The lines that a page shows at this one's address, without those that must never be read. A known label alone
    /// stands with the line after it.
    pub(crate) fn lines(&self, html: &str) -> Vec<String> {
        let Some(plan) = self.plan() else { return Vec::new() };
        let words = Words { equal: &[], contain: &[""], ..plan.words };
        let plan = Plan { words, root: ALL_LINES, longest: u32::MAX, most: u32::MAX, ..plan };
        collect(&plan, html, self.text("url")).root.values("line").map(str::to_owned).collect()
    }

    pub(crate) fn plan(&self) -> Option<Plan> {
        page::plan(self.text("url"))
    }

    fn text(&self, key: &str) -> &str {
        self.case[key].as_str().unwrap_or_else(|| panic!("{}: {key} is missing", self.name))
    }
}

const ALL_LINES: RegionPlan = RegionPlan {
    name: "page",
    ways: &[],
    fields: &[FieldPlan {
        name: "line",
        ways: &[Way { by: Strategy::Words, select: "body", take: "runs", grow: None }],
    }],
    regions: &[],
};

/// Of another site's page nothing is looked at.
fn nothing(address: &str) -> PageSnapshot {
    let root =
        Region { name: "page".to_owned(), by: Strategy::Address, fields: Vec::new(), regions: Vec::new() };
    PageSnapshot { address: address.to_owned(), layout: String::new(), root }
}
