//! The collector of the command line: runs a plan over saved HTML, as `extension/collect.js` does in a page.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use redress::page::{Field, PageSnapshot, Plan, Region, Strategy};
use scraper::{ElementRef, Html, Node, Selector, node::Element};
use serde::Deserialize;

mod keep;

use keep::{Keep, Known, fold};

/// A region of a plan, in the form of [`Plan::root`].
#[derive(Deserialize)]
struct RegionPlan(String, Vec<Way>, Vec<FieldPlan>, Vec<RegionPlan>);

/// A field: its name, what may leave the page, the ways to find it.
#[derive(Deserialize)]
struct FieldPlan(String, Keep, Vec<Way>);

/// A way: the kind of mark, the selector, and what else there is.
#[derive(Deserialize)]
struct Way(Strategy, String, #[serde(default)] Option<Extra>);

/// An attribute to take, or the marks up to which a region grows.
#[derive(Deserialize)]
#[serde(untagged)]
enum Extra {
    Attribute(String),
    Marks(Vec<String>),
}

/// Runs a plan over a page. Selectors that do not parse match nothing; a test holds them all to parse.
pub(crate) fn collect(plan: &Plan, html: &str, address: &str) -> PageSnapshot {
    let document = Html::parse_document(html);
    let steps = Steps::of(plan);
    let mut hidden = hidden(&document, steps.selectors.get(plan.never));
    hide_others(&document, plan, address, &mut hidden);
    let selectors = &steps.selectors;
    let collector =
        Collector { plan, known: Known::of(plan), selectors, hidden, root: document.root_element() };
    let root = collector.read(None, &steps.root, Strategy::Address);
    PageSnapshot { address: address.to_owned(), layout: plan.layout.to_owned(), root }
}

/// A plan's page and its selectors.
struct Steps {
    root: RegionPlan,
    selectors: BTreeMap<String, Selector>,
}

thread_local! {
    /// The steps of the plans that were run, by the text of their pages. Tests run a plan thousands of times, and to
    /// parse its selectors takes longer than to collect with them.
    static STEPS: RefCell<BTreeMap<&'static str, Rc<Steps>>> = const { RefCell::new(BTreeMap::new()) };
}

impl Steps {
    fn of(plan: &Plan) -> Rc<Self> {
        STEPS.with_borrow_mut(|known| {
            Rc::clone(known.entry(plan.root).or_insert_with(|| Rc::new(Self::parse(plan))))
        })
    }

    fn parse(plan: &Plan) -> Self {
        let root: RegionPlan = serde_json::from_str(plan.root)
            .unwrap_or_else(|_| RegionPlan("page".to_owned(), Vec::new(), Vec::new(), Vec::new()));
        let mut texts = vec![plan.never.to_owned()];
        gather(&root, &mut texts);
        let parsed = texts.into_iter().filter_map(|text| {
            let selector = Selector::parse(&text).ok()?;
            Some((text, selector))
        });
        Self { selectors: parsed.collect(), root }
    }
}

struct Collector<'a> {
    plan: &'a Plan,
    known: Known<'a>,
    selectors: &'a BTreeMap<String, Selector>,
    /// All elements that must not be read, by their place in memory.
    hidden: BTreeSet<*const Element>,
    root: ElementRef<'a>,
}

/// The elements that match `never`, and all below them.
fn hidden(document: &Html, never: Option<&Selector>) -> BTreeSet<*const Element> {
    let mut hidden = BTreeSet::new();
    for element in document.root_element().descendent_elements() {
        // What is in a template hangs below a fragment.
        let above = element.ancestors().find_map(ElementRef::wrap);
        let inherited = above.is_some_and(|above| hidden.contains(&key(above)));
        if inherited || never.is_some_and(|never| never.matches(&element)) {
            hidden.insert(key(element));
        }
    }
    hidden
}

/// On the page of one order a link to another one is not the order's, and neither is what stands around it: up to the
/// largest element that does not show the page's own number.
fn hide_others(document: &Html, plan: &Plan, address: &str, hidden: &mut BTreeSet<*const Element>) {
    let number = |link: &str| digits_after(link, plan.order_marks.split(' '));
    let own = number(address);
    if own.is_empty() {
        return;
    }
    let shows_own = |element: ElementRef<'_>| {
        element.text().flat_map(str::chars).filter(|sign| *sign != ' ').collect::<String>().contains(&own)
            || element.descendent_elements().any(|link| number(link.attr("href").unwrap_or_default()) == own)
    };
    for link in document.root_element().descendent_elements().filter(|link| link.value().name() == "a") {
        let href = link.attr("href").unwrap_or_default();
        let other = if plan.order_pages.split(' ').any(|part| href.contains(part)) {
            number(href)
        } else {
            String::new()
        };
        if other.is_empty() || other == own || hidden.contains(&key(link)) {
            continue;
        }
        let mut top = link;
        while let Some(above) = top.parent().and_then(ElementRef::wrap)
            && !matches!(above.value().name(), "html" | "body")
            && !shows_own(above)
        {
            top = above;
        }
        hidden.extend(top.descendent_elements().map(key));
    }
}

fn key(element: ElementRef<'_>) -> *const Element {
    std::ptr::from_ref(element.value())
}

fn gather(RegionPlan(_, ways, fields, regions): &RegionPlan, texts: &mut Vec<String>) {
    let of_fields = fields.iter().flat_map(|FieldPlan(_, _, ways)| ways);
    texts.extend(ways.iter().chain(of_fields).map(|Way(_, select, _)| select.clone()));
    for inner in regions {
        gather(inner, texts);
    }
}

impl<'a> Collector<'a> {
    /// `root` is `None` for the whole document.
    fn read(&self, root: Option<ElementRef<'a>>, region: &RegionPlan, by: Strategy) -> Region {
        let RegionPlan(name, _, fields, regions) = region;
        let ways = fields.iter().flat_map(|field| field.2.iter().map(move |way| (field, way)));
        let fields = ways.filter_map(|(FieldPlan(name, keep, _), Way(by, select, extra))| {
            let mut all = self.find(root, select);
            if matches!(keep, Keep::Row) {
                let mut seen = BTreeSet::new();
                // The same row twice is one.
                all.retain(|element| seen.insert(self.lines(*element)));
            }
            let kept = all.into_iter().flat_map(|element| self.values(element, *keep, extra.as_ref()));
            let kept = kept.filter(|text| !text.is_empty()).take(self.plan.most as usize);
            let values: Vec<_> =
                kept.map(|text| text.chars().take(self.plan.longest as usize).collect()).collect();
            (!values.is_empty()).then(|| Field { name: name.clone(), by: *by, values })
        });
        Region {
            name: name.clone(),
            by,
            fields: fields.collect(),
            regions: regions.iter().flat_map(|inner| self.regions(root, inner)).collect(),
        }
    }

    fn regions(&self, root: Option<ElementRef<'a>>, region: &RegionPlan) -> Vec<Region> {
        let found = |Way(_, select, extra): &Way| {
            let found = self.find(root, select);
            let mut found = match extra {
                Some(Extra::Marks(marks)) => grow(root, found, marks),
                _ => found,
            };
            // A match within a match is a part of it.
            let mut last: Option<ElementRef<'a>> = None;
            found.retain(|at| {
                let inner = last
                    .is_some_and(|last| last == *at || at.ancestors().any(|above| above.id() == last.id()));
                last = if inner { last } else { Some(*at) };
                !inner
            });
            found
        };
        let first = region.1.iter().map(|way| (found(way), way.0)).find(|(found, _)| !found.is_empty());
        let (found, by) = first.unwrap_or((Vec::new(), Strategy::Place));
        found
            .into_iter()
            .take(self.plan.most as usize)
            .map(|element| self.read(Some(element), region, by))
            .collect()
    }

    /// The region's own element and all below it; an empty selector is the region itself.
    fn find(&self, root: Option<ElementRef<'a>>, select: &str) -> Vec<ElementRef<'a>> {
        let scope = root.unwrap_or(self.root);
        if select.is_empty() {
            return vec![scope];
        }
        let Some(selector) = self.selectors.get(select) else { return Vec::new() };
        let own = Some(scope).filter(|own| selector.matches(own));
        own.into_iter().chain(scope.select(selector)).filter(|element| !self.is_hidden(*element)).collect()
    }

    fn is_hidden(&self, element: ElementRef<'_>) -> bool {
        self.hidden.contains(&key(element))
    }

    fn values(&self, element: ElementRef<'a>, keep: Keep, extra: Option<&Extra>) -> Vec<String> {
        match (keep, extra) {
            (Keep::Runs, _) => self.runs(element),
            (Keep::Trick, _) => self.known.tricks(&self.lines(element).join(" ")),
            (Keep::Mark, _) => vec!["yes".to_owned()],
            (_, Some(Extra::Attribute(name))) => {
                vec![self.known.keep(keep, &fold(element.attr(name).unwrap_or_default()))]
            }
            _ => vec![self.known.keep(keep, &self.lines(element).join(" "))],
        }
    }

    /// The lines of an element: inline elements join, all others and `<br>` end a line. White space is folded.
    /// Without recursion: a saved page can be nested without limit.
    fn lines(&self, element: ElementRef<'a>) -> Vec<String> {
        let mut found = Vec::new();
        let mut line = String::new();
        let mut end = |line: &mut String| {
            let folded = fold(line);
            if !folded.is_empty() {
                found.push(folded);
            }
            line.clear();
        };
        let mut left = steps(element);
        while let Some(step) = left.pop() {
            match step {
                Step::Text(text) => line.push_str(text),
                Step::End => end(&mut line),
                Step::Enter(child) if self.is_hidden(child) => {}
                Step::Enter(child) => {
                    if !self.known.is_inline(child.value().name()) {
                        end(&mut line);
                        left.push(Step::End);
                    }
                    left.append(&mut steps(child));
                }
            }
        }
        end(&mut line);
        found
    }

    /// The lines with known words. A label alone takes along a next line with a number.
    fn runs(&self, element: ElementRef<'a>) -> Vec<String> {
        let lines = self.lines(element);
        let mut kept = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            if self.known.is_line(line) {
                kept.push(line.clone());
            } else if self.known.is_label(line) {
                let next = lines.get(index + 1).map_or("", String::as_str);
                if next.contains(char::is_numeric) {
                    kept.push(self.known.keep(Keep::Row, &format!("{line} {next}")));
                }
            } else if self.known.has_label(line) {
                kept.push(self.known.keep(Keep::Row, line));
            }
        }
        kept
    }
}

/// What is left to do in a walk through an element.
enum Step<'a> {
    Text(&'a str),
    Enter(ElementRef<'a>),
    /// The end of a block.
    End,
}

/// The children of an element, the first one last.
fn steps(element: ElementRef<'_>) -> Vec<Step<'_>> {
    let step = |node| match ElementRef::wrap(node) {
        Some(child) => Some(Step::Enter(child)),
        None => match node.value() {
            Node::Text(text) => Some(Step::Text(text)),
            _ => None,
        },
    };
    element.children().rev().filter_map(step).collect()
}

/// From each match up to the largest element without a match of another key.
fn grow<'a>(
    root: Option<ElementRef<'a>>,
    found: Vec<ElementRef<'a>>,
    marks: &[String],
) -> Vec<ElementRef<'a>> {
    let mut keys: BTreeMap<_, Option<String>> = BTreeMap::new();
    for (index, element) in found.iter().enumerate() {
        let key = if marks.is_empty() { index.to_string() } else { linked(*element, marks) };
        if key.is_empty() {
            continue;
        }
        let above = element.ancestors().map_while(ElementRef::wrap);
        for at in std::iter::once(*element).chain(above) {
            if root == Some(at) || matches!(at.value().name(), "html" | "body") {
                break;
            }
            let known = keys.entry(at.id()).or_insert_with(|| Some(key.clone()));
            if known.as_deref() != Some(key.as_str()) {
                *known = None;
            }
        }
    }
    let mut tops: Vec<ElementRef<'a>> = Vec::new();
    for element in found.into_iter().filter(|element| keys.contains_key(&element.id())) {
        let mut top = element;
        while let Some(parent) = top.parent().and_then(ElementRef::wrap)
            && keys.get(&parent.id()).is_some_and(Option::is_some)
        {
            top = parent;
        }
        if !tops.contains(&top) {
            tops.push(top);
        }
    }
    tops
}

/// The digits after the first mark that a link has.
fn linked(element: ElementRef<'_>, marks: &[String]) -> String {
    digits_after(element.attr("href").unwrap_or_default(), marks.iter().map(String::as_str))
}

fn digits_after<'a>(link: &str, mut marks: impl Iterator<Item = &'a str>) -> String {
    let after = marks.find_map(|mark| link.split_once(mark)).map_or("", |(_, after)| after);
    after.chars().take_while(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use redress::order::plan_of;

    use super::*;

    const LIST: &str = "https://www.aliexpress.com/p/order/index.html";
    const DETAIL: &str = "https://www.aliexpress.com/p/order/detail.html";

    #[test]
    fn the_browser_collector_only_reads() {
        let text = fs::read_to_string("extension/collect.js").unwrap();
        for word in
            ["innerHTML", ".style", "setAttribute", "append", "remove(", "fetch", "import", "innerText"]
        {
            assert!(!text.contains(word), "{word}");
        }
    }

    #[test]
    fn lines_end_at_blocks_and_leave_out_what_is_hidden() {
        let plan = plan_of(DETAIL).unwrap();
        let html = "<div class=order-wrap><p>Refund if no<b> delivery</b> before\u{a0}\n Sep 4, 2026<br>Total<div>US $3</div>\
                    <div class=contact-info>Refund if no delivery before 1</div><span>Order placed on:</span> Sep 1";
        let snapshot = collect(&plan, html, DETAIL);
        let order = snapshot.root.regions("order").next().unwrap();
        let runs: Vec<_> = order.values("runs").collect();
        assert_eq!(
            runs,
            ["Refund if no delivery before Sep 4, 2026", "Total US $3", "Order placed on: Sep 1"]
        );
    }

    #[test]
    fn a_region_grows_up_to_the_next_one() {
        let plan = plan_of(LIST).unwrap();
        let card = |id: u64| {
            format!("<div><p><a href='/p/order/detail.html?orderId={id}'>x</a></p><b>Completed</b></div>")
        };
        let html = format!("<main>{}{}</main>", card(8_200_000_000_000_001), card(8_200_000_000_000_002));
        let snapshot = collect(&plan, &html, LIST);
        let orders: Vec<_> = snapshot.root.regions("order").collect();
        assert_eq!(orders.len(), 2);
        assert!(orders.iter().all(|order| order.values("runs").eq(["Completed"])));
    }
}
