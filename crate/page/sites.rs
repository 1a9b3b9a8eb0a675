//! The compiled data of `crate/data/sites`.

use super::PageKind;

/// One line of the table of addresses. Exactly one of host, path and part is not empty.
#[derive(Debug)]
pub(crate) struct PageRule {
    pub(crate) kind: PageKind,
    pub(crate) host: &'static str,
    pub(crate) path: &'static str,
    pub(crate) part: &'static str,
    pub(crate) id_in_path: bool,
    pub(crate) layout: &'static str,
}

/// What a layout says about one kind of page. An empty layout stands for what holds for every page.
#[derive(Debug)]
pub(crate) struct PlannedPage {
    pub(crate) layout: &'static str,
    pub(crate) page: PageKind,
    /// Where in an order's region a badge may stand without moving anything; empty = nowhere.
    pub(crate) badge: &'static str,
    /// The page in the form of [`super::Plan::root`].
    pub(crate) root: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/sites.rs"));
