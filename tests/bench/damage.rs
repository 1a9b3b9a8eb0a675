//! What may happen to the shop's pages: each is a small change of a parsed page.

use ego_tree::NodeId;
use redress::order;
use scraper::{ElementRef, Html, Node, Selector};

use crate::{foreign, random::Random};

/// One way in which a page may differ from the saved one.
pub(crate) struct Damage {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&mut Html, &mut Random),
    /// Facts that depend on what it changes: the page itself says something else afterwards.
    pub(crate) excludes: &'static [&'static str],
    /// Whether only facts beside a known label are judged: nothing tells other products from the order's any more.
    pub(crate) labelled_only: bool,
    /// Whether the page shows one more order afterwards.
    pub(crate) adds_order: bool,
}

const fn plain(name: &'static str, run: fn(&mut Html, &mut Random)) -> Damage {
    Damage { name, run, excludes: &[], labelled_only: false, adds_order: false }
}

/// All of them. Those that find their places by class names stand before those that rename classes.
pub(crate) static ALL: [Damage; 13] = [
    plain("rows reordered", |page, random| reorder(page, ROWS, random)),
    Damage {
        // The newest event stands first, and its year follows from the others.
        excludes: &["delivered_on", "last_tracking_on", "placed_on"],
        ..plain("events reordered", |page, random| reorder(page, EVENTS, random))
    },
    plain("rows missing", drop_rows),
    // A message twice is one message more.
    Damage { excludes: &["chat.messages"], ..plain("nodes duplicated", duplicate) },
    plain("texts cut", cut),
    plain("a recommendation injected", |page, random| inject(page, foreign::RECOMMENDATION, random)),
    Damage {
        adds_order: true,
        ..plain("another order injected", |page, random| inject(page, foreign::ORDER, random))
    },
    plain("a dialog injected", |page, random| inject(page, foreign::DIALOG, random)),
    plain("an advertisement injected", |page, random| inject(page, foreign::ADVERTISEMENT, random)),
    plain("data-pl removed", |page, _| drop_data_pl(page)),
    plain("classes renamed partly", |page, random| rename(page, random, 2, &never(page))),
    plain("all classes renamed", |page, random| rename(page, random, 1, &never(page))),
    Damage {
        labelled_only: true,
        ..plain("all classes renamed everywhere", |page, random| rename(page, random, 1, &[]))
    },
];

const ROWS: &str = "[class*=\"info-row\"], [data-pl=\"order_item_header_info\"] > *, \
                    .order-item-header-right-info > *, [class*=\"order-price-item\"], .order-item";
const EVENTS: &str = "[class*=\"--node--\"]";
/// The characters of an amount stand in elements of their own: one of them twice is another amount.
const WHOLE: &str = "[class*=\"es--wrap\"] *";
const CONTENT: &str = "#root *";
/// An element within a line, twice, is another line: `Sample StoreSample Store` stands there then.
const BLOCKS: &str = "#root :is(button, div, h2, li, ol, p, section, ul)";

fn select(page: &Html, selector: &str) -> Vec<NodeId> {
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector).map(|element| element.id()).collect()
}

pub(crate) fn shuffle<T>(all: &mut [T], random: &mut Random) {
    for end in (1..all.len()).rev() {
        all.swap(end, random.below(end + 1));
    }
}

/// Cards of recommended goods after the fourth say no more than those before, and take most of the time.
pub(crate) fn thin(page: &mut Html) {
    for id in select(page, "[class*=\"recommend-card\"]").into_iter().skip(4) {
        page.tree.get_mut(id).unwrap().detach();
    }
}

fn reorder(page: &mut Html, rows: &str, random: &mut Random) {
    let mut rows = select(page, rows);
    shuffle(&mut rows, random);
    for row in rows {
        let parent = page.tree.get(row).unwrap().parent().unwrap().id();
        page.tree.get_mut(parent).unwrap().append_id(row);
    }
}

/// About a third of the rows.
fn drop_rows(page: &mut Html, random: &mut Random) {
    let mut rows = select(page, ROWS);
    shuffle(&mut rows, random);
    for row in rows.iter().take(rows.len().div_ceil(3)) {
        page.tree.get_mut(*row).unwrap().detach();
    }
}

/// Three blocks, each right after itself.
fn duplicate(page: &mut Html, random: &mut Random) {
    let inner = select(page, WHOLE);
    let mut all = select(page, BLOCKS);
    all.retain(|id| !inner.contains(id));
    for _ in 0..3 {
        let Some(id) = random.pick(&all) else { return };
        let mut node = page.tree.get_mut(*id).unwrap();
        let copy = node.clone_subtree().id();
        node.insert_id_after(copy);
    }
}

/// Three texts, each with the mark that shops set. A cut without a mark cannot be told from the truth by anybody: `Sep 1`
/// may have been `Sep 12`. So there is none here.
fn cut(page: &mut Html, random: &mut Random) {
    let texts: Vec<NodeId> = select(page, CONTENT)
        .into_iter()
        .flat_map(|id| page.tree.get(id).unwrap().children().map(|child| child.id()).collect::<Vec<_>>())
        .filter(|id| match page.tree.get(*id).unwrap().value() {
            Node::Text(text) => text.trim().chars().count() >= 4,
            _ => false,
        })
        .collect();
    for _ in 0..3 {
        let Some(id) = random.pick(&texts) else { return };
        let mut node = page.tree.get_mut(*id).unwrap();
        let Node::Text(text) = node.value() else { continue };
        let whole = text.trim();
        let left = 1 + random.below(whole.chars().count() - 1);
        let mark = random.pick(&["…", "..."]).unwrap();
        let short: String = whole.chars().take(left).chain(mark.chars()).collect();
        text.text = short.as_str().into();
    }
}

/// Puts a block somewhere beside or below the large parts of the page.
fn inject(page: &mut Html, block: &str, random: &mut Random) {
    let places = select(page, "body > *, #root > *, .order-wrap, .order-wrap > *");
    let Some(place) = random.pick(&places).copied() else { return };
    let block = Html::parse_fragment(block);
    let roots: Vec<ElementRef<'_>> = block.root_element().child_elements().collect();
    let marker = page.tree.get_mut(place).unwrap().insert_after(Node::Element(roots[0].value().clone())).id();
    copy_below(page, marker, roots[0]);
}

fn copy_below(page: &mut Html, to: NodeId, from: ElementRef<'_>) {
    for child in from.children() {
        let copy = page.tree.get_mut(to).unwrap().append(child.value().clone()).id();
        if let Some(child) = ElementRef::wrap(child) {
            copy_below(page, copy, child);
        }
    }
}

fn drop_data_pl(page: &mut Html) {
    for id in select(page, "[data-pl]") {
        if let Node::Element(element) = page.tree.get_mut(id).unwrap().value() {
            element.attrs.retain(|(name, _)| &*name.local != "data-pl");
        }
    }
}

/// What the layouts never read. Where such a block loses its mark too, nobody can tell other products from the order's:
/// the decoys of the saved pages are made like that. So the marks stay, but in one damage.
fn never(page: &Html) -> Vec<NodeId> {
    let plan = order::plan_of("https://www.aliexpress.com/p/order/detail.html").unwrap();
    select(page, plan.never)
}

/// Gives one in `share` of the class names another name, the same one everywhere but on the elements to `keep`.
fn rename(page: &mut Html, random: &mut Random, share: u64, keep: &[NodeId]) {
    let salt = random.number();
    for id in select(page, "[class]").into_iter().filter(|id| !keep.contains(id)) {
        let mut node = page.tree.get_mut(id).unwrap();
        let Node::Element(element) = node.value() else { continue };
        for (_, value) in element.attrs.iter_mut().filter(|(name, _)| &*name.local == "class") {
            let renamed = value.split_whitespace().map(|class| {
                let number = Random::new(class, salt).number();
                if number.is_multiple_of(share) { format!("x{:x}", number >> 36) } else { class.to_owned() }
            });
            let renamed: Vec<String> = renamed.collect();
            *value = renamed.join(" ").as_str().into();
        }
    }
}
