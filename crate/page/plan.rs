//! The plan of a page: what the collector selects, what of it may leave the page, and what it must never touch.

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
#[derive(Debug, Clone, Serialize)]
pub struct Plan {
    /// The name of the layout data; empty where nothing but the common marks is read.
    pub layout: &'static str,
    /// The kind of page that the address leads to.
    pub page: PageKind,
    /// Selector of what is skipped with all that is in it, wherever it stands.
    pub never: &'static str,
    /// The elements that do not end a line of text, by name, separated by spaces.
    pub inline: &'static str,
    /// Parameters of links that may leave the page, separated by spaces.
    pub parameters: &'static str,
    /// What stands in front of an order's number in links, separated by spaces.
    pub order_marks: &'static str,
    /// Parts of the links to an order's own pages, separated by spaces.
    pub order_pages: &'static str,
    /// The words that may leave the page.
    pub words: Words,
    /// The most characters of one value.
    pub longest: u32,
    /// The most regions of one name in a region, and the most values of one field.
    pub most: u32,
    /// Selector of the place in an order's region where a badge stands; empty = nowhere.
    pub badge: &'static str,
    /// The page as JSON: a region is `[name, ways, fields, regions]`, a field `[name, keep, ways]`, a way
    /// `[by, select]`, with a third entry where it takes an attribute (a text) or grows (a list of marks). What `keep`
    /// means stands in `crate/data/sites/README.md`.
    pub root: &'static str,
}

/// Which plan a page has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanName {
    /// The name of the layout data; empty where nothing but the common marks is read.
    pub layout: &'static str,
    /// The kind of page that the address leads to.
    pub page: PageKind,
}

/// Which words may leave the page, in lower case; each list is a text with one entry a line.
///
/// They make the collector's allow list: a line or a word that is in none of them stays on the page, unless its field
/// is one for free words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Words {
    /// A line that is one of these, whatever stop follows it.
    pub equal: String,
    /// A label; after a tab, which kind of value follows it (`dates`, `money`, `id`, `number` or `known`).
    pub label: String,
    /// A line with a number that holds one of these.
    pub contain: String,
    /// The words of dates and times: months, weekdays, units.
    pub dates: String,
    /// Words that may stand inside a date or between two: "of", "until". Alone they make none.
    pub between: String,
    /// The words and the symbols of the signs of money.
    pub money: String,
    /// What a seller writes: each line is the code of a trick and, after tabs, the words of which one stands in a
    /// message. The code leaves the page, the words do not.
    pub trick: String,
}

/// The name of the plan for the page at an address, or `None` where the address is not the shop's.
///
/// Pages without layout data have the plan without a name: enough to see a sign-in form or a check for robots.
pub fn plan_name(address: &str) -> Option<PlanName> {
    let address = Address::parse(address).ok().filter(Address::is_ours)?;
    Some(PlanName { layout: address.layout(), page: address.kind() })
}

/// The plan of a name, with the words that the reader knows.
pub fn plan(name: &PlanName, words: Words) -> Option<Plan> {
    let planned =
        sites::PLANS.iter().find(|planned| planned.layout == name.layout && planned.page == name.page);
    let planned = planned.or_else(|| sites::PLANS.iter().find(|planned| planned.layout.is_empty()))?;
    Some(Plan {
        layout: planned.layout,
        page: name.page,
        never: sites::NEVER,
        inline: sites::INLINE,
        parameters: sites::PARAMETERS,
        order_marks: sites::ORDER_MARKS,
        order_pages: sites::ORDER_PAGES,
        words,
        longest: 1000,
        most: 5000,
        badge: planned.badge,
        root: planned.root,
    })
}

/// The names of all plans; the one without layout data has the kind `unknown`.
pub fn plan_names() -> impl Iterator<Item = PlanName> {
    sites::PLANS.iter().map(|planned| PlanName { layout: planned.layout, page: planned.page })
}
