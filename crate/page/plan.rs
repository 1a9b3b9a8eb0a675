//! The plan of a page: what the collector selects, and what it must never touch.

use serde::{Deserialize, Serialize};

use super::{Address, PageKind, sites};

/// By which kind of mark a fact was found, from the most to the least trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strategy {
    /// The address of the page.
    Address,
    /// An attribute made for the shop's own tests.
    DataPl,
    /// Where a link leads.
    Link,
    /// A stable class name.
    Class,
    /// The first part of a hashed class name.
    Prefix,
    /// The words next to a value.
    Words,
    /// Nothing but the position.
    Place,
}

impl Strategy {
    /// Whether a fact that was found only this way says that the page's layout has changed.
    pub fn is_weak(self) -> bool {
        self >= Self::Words
    }
}

/// What a collector does on one page. The same for the browser's collector and the command line's.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Plan {
    /// The name of the layout data; empty where nothing but the common marks is read.
    pub layout: &'static str,
    /// The kind of page that the address leads to.
    pub page: PageKind,
    /// Selector of what is skipped with all that is in it, wherever it stands.
    pub never: &'static str,
    /// Selector of the elements that do not end a line of text.
    pub inline: &'static str,
    /// The known words of `take: "runs"`.
    pub words: Words,
    /// The most characters of one value.
    pub longest: u32,
    /// The most regions of one name in a region, and the most values of one field.
    pub most: u32,
    /// Selector of the place in an order's region where a badge stands; empty = nowhere.
    pub badge: &'static str,
    /// The page itself; it has no ways.
    pub root: RegionPlan,
}

/// Which lines of text may leave the page. All words are lower case.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Words {
    /// A line that is one of these.
    pub equal: &'static [&'static str],
    /// A line that begins with one of these, followed by its end, a space or a colon. A line that is nothing else but
    /// a label takes the next line with it, where that has a digit.
    pub start: &'static [&'static str],
    /// A line that holds one of these.
    pub contain: &'static [&'static str],
}

/// A part of the page that holds facts of one thing.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct RegionPlan {
    /// Its name in the snapshot.
    pub name: &'static str,
    /// The first way that matches anything counts.
    pub ways: &'static [Way],
    /// What is read in it.
    pub fields: &'static [FieldPlan],
    /// The regions in it.
    pub regions: &'static [RegionPlan],
}

/// One fact of a region.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct FieldPlan {
    /// Its name in the snapshot.
    pub name: &'static str,
    /// All of them are tried; the reader takes the first whose text makes sense.
    pub ways: &'static [Way],
}

/// One way to find something.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Way {
    /// The kind of mark.
    pub by: Strategy,
    /// A selector, for the region's own element and all below it; empty for the region itself.
    pub select: &'static str,
    /// `text`, `runs` or `@attribute`.
    pub take: &'static str,
    /// For a region: take in all around the match up to the next match. Matches whose `href` has the same digits after
    /// one of these marks belong together; without marks each match stands alone.
    pub grow: Option<&'static [&'static str]>,
}

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The plan for the page at an address, or `None` where the address is not the shop's.
///
/// Pages without layout data get the common part only: enough to see a sign-in form or a check for robots.
pub fn plan(address: &str) -> Option<Plan> {
    let address = Address::parse(address).ok().filter(Address::is_ours)?;
    let (layout, page) = (address.layout(), address.kind());
    let planned = sites::PLANS.iter().find(|planned| planned.layout == layout && planned.page == page);
    let planned = planned.or_else(|| sites::PLANS.iter().find(|planned| planned.layout.is_empty()))?;
    Some(Plan {
        layout: planned.layout,
        page,
        never: sites::NEVER,
        inline: sites::INLINE,
        words: WORDS,
        longest: 1000,
        most: 400,
        badge: planned.badge,
        root: planned.root,
    })
}
