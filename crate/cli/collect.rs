//! The collector of the command line: runs a plan over saved HTML, as `extension/collect.js` does in a page.

use std::collections::{BTreeMap, BTreeSet};

use redress::page::{Field, PageSnapshot, Plan, Region, RegionPlan, Strategy, Way};
use scraper::{ElementRef, Html, Node, Selector, node::Element};

/// Runs a plan over a page. Selectors that do not parse match nothing; a test holds them all to parse.
pub(crate) fn collect(plan: &Plan, html: &str, address: &str) -> PageSnapshot {
    let document = Html::parse_document(html);
    let selectors = selectors(plan);
    let hidden = hidden(&document, selectors.get(plan.never));
    let collector = Collector { plan, selectors, hidden, root: document.root_element() };
    let root = collector.read(None, &plan.root, Strategy::Address);
    PageSnapshot { address: address.to_owned(), layout: plan.layout.to_owned(), root }
}

struct Collector<'a> {
    plan: &'a Plan,
    selectors: BTreeMap<&'static str, Selector>,
    /// All elements that must not be read, by their place in memory.
    hidden: BTreeSet<*const Element>,
    root: ElementRef<'a>,
}

fn selectors(plan: &Plan) -> BTreeMap<&'static str, Selector> {
    let mut texts = vec![plan.never, plan.inline];
    gather(&plan.root, &mut texts);
    texts.into_iter().filter_map(|text| Some((text, Selector::parse(text).ok()?))).collect()
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

fn key(element: ElementRef<'_>) -> *const Element {
    std::ptr::from_ref(element.value())
}

fn gather(region: &RegionPlan, texts: &mut Vec<&'static str>) {
    let fields = region.fields.iter().flat_map(|field| field.ways);
    texts.extend(region.ways.iter().chain(fields).map(|way| way.select));
    region.regions.iter().for_each(|inner| gather(inner, texts));
}

impl<'a> Collector<'a> {
    /// `root` is `None` for the whole document.
    fn read(&self, root: Option<ElementRef<'a>>, region: &RegionPlan, by: Strategy) -> Region {
        let ways = region.fields.iter().flat_map(|field| field.ways.iter().map(move |way| (field.name, way)));
        let fields = ways.filter_map(|(name, way)| {
            let all =
                self.find(root, way.select).into_iter().flat_map(|element| self.values(element, way.take));
            let kept = all.filter(|text| !text.is_empty()).take(self.plan.most as usize);
            let values: Vec<_> =
                kept.map(|text| text.chars().take(self.plan.longest as usize).collect()).collect();
            (!values.is_empty()).then(|| Field { name: name.to_owned(), by: way.by, values })
        });
        Region {
            name: region.name.to_owned(),
            by,
            fields: fields.collect(),
            regions: region.regions.iter().flat_map(|inner| self.regions(root, inner)).collect(),
        }
    }

    fn regions(&self, root: Option<ElementRef<'a>>, region: &RegionPlan) -> Vec<Region> {
        let found = |way: &Way| {
            let found = self.find(root, way.select);
            let mut found = match way.grow {
                Some(marks) => grow(root, found, marks),
                None => found,
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
        let first = region.ways.iter().map(|way| (found(way), way.by)).find(|(found, _)| !found.is_empty());
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

    fn values(&self, element: ElementRef<'a>, take: &str) -> Vec<String> {
        match take {
            "runs" => self.runs(element),
            "text" => vec![self.lines(element).join(" ")],
            attribute => {
                let name = attribute.trim_start_matches('@');
                element.attr(name).map(str::to_owned).into_iter().collect()
            }
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
                    if !self.selectors.get(self.plan.inline).is_some_and(|inline| inline.matches(&child)) {
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

    /// The lines that hold known words. A label alone takes the next line with it, where that has a digit.
    fn runs(&self, element: ElementRef<'a>) -> Vec<String> {
        let words = &self.plan.words;
        let lines = self.lines(element);
        let mut kept = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let low = line.to_lowercase();
            let rests: Vec<&str> = words.start.iter().filter_map(|word| low.strip_prefix(word)).collect();
            if rests.iter().any(|rest| rest.trim_start_matches(MARKS).is_empty()) {
                let next = lines.get(index + 1).map_or("", String::as_str);
                if next.bytes().any(|byte| byte.is_ascii_digit()) {
                    kept.push(format!("{line} {next}"));
                }
                continue;
            }
            let known = rests.iter().any(|rest| rest.starts_with(MARKS))
                || words.equal.contains(&low.as_str())
                || words.contain.iter().any(|word| low.contains(word));
            if known {
                kept.push(line.clone());
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

/// What may stand between a label and its value.
const MARKS: [char; 3] = [' ', ':', '：'];

/// White space as JavaScript's `\s` has it.
fn fold(text: &str) -> String {
    let is_space = |sign: char| sign == '\u{feff}' || (sign.is_whitespace() && sign != '\u{85}');
    text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// From each match up to the largest element without a match of another key.
fn grow<'a>(root: Option<ElementRef<'a>>, found: Vec<ElementRef<'a>>, marks: &[&str]) -> Vec<ElementRef<'a>> {
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
fn linked(element: ElementRef<'_>, marks: &[&str]) -> String {
    let href = element.attr("href").unwrap_or_default();
    let after = marks.iter().find_map(|mark| href.split_once(mark)).map_or("", |(_, after)| after);
    after.chars().take_while(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use redress::page::plan;

    use super::*;

    const ADDRESSES: [&str; 3] = [
        "https://www.aliexpress.com/p/order/index.html",
        "https://www.aliexpress.com/p/order/detail.html",
        "https://www.aliexpress.com/p/tracking/index.html",
    ];

    fn all_plans() -> Vec<Plan> {
        ADDRESSES.iter().filter_map(|address| plan(address)).collect()
    }

    /// A selector that matches nothing in any saved page is a guess that no test holds.
    #[test]
    fn every_selector_parses_and_matches_a_saved_page() {
        let pages: Vec<Html> = fs::read_dir("tests/pages")
            .unwrap()
            .map(|entry| {
                Html::parse_document(&fs::read_to_string(entry.unwrap().path().join("page.html")).unwrap())
            })
            .collect();
        let plans = all_plans();
        assert_eq!(plans.len(), ADDRESSES.len());
        let mut texts = Vec::new();
        for plan in &plans {
            gather(&plan.root, &mut texts);
            texts.extend(plan.never.split(", "));
        }
        texts.sort_unstable();
        texts.dedup();
        let mut unmatched = Vec::new();
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            let selector = Selector::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            if !pages.iter().any(|page| page.select(&selector).next().is_some()) {
                unmatched.push(text);
            }
        }
        assert!(unmatched.is_empty(), "these match no saved page: {unmatched:#?}");
    }

    #[test]
    fn the_browser_collector_stays_small_and_only_reads() {
        let text = fs::read_to_string("extension/collect.js").unwrap();
        assert!(text.len() < 4300, "{} bytes", text.len());
        for word in
            ["innerHTML", ".style", "setAttribute", "append", "remove(", "fetch", "import", "innerText"]
        {
            assert!(!text.contains(word), "{word}");
        }
    }

    #[test]
    fn lines_end_at_blocks_and_leave_out_what_is_hidden() {
        let plan = plan(ADDRESSES[1]).unwrap();
        let html = "<div class=order-wrap><p>Refund if no<b> delivery</b> before\u{a0}\n Sep 4, 2026<br>Total<div>US $3</div>\
                    <div class=contact-info>Refund if no delivery before 1</div><span>Order placed on:</span> Sep 1";
        let snapshot = collect(&plan, html, ADDRESSES[1]);
        let order = snapshot.root.regions("order").next().unwrap();
        let runs: Vec<_> = order.values("runs").collect();
        assert_eq!(
            runs,
            ["Refund if no delivery before Sep 4, 2026", "Total US $3", "Order placed on: Sep 1"]
        );
    }

    #[test]
    fn a_region_grows_up_to_the_next_one() {
        let plan = plan(ADDRESSES[0]).unwrap();
        let card = |id: u64| {
            format!("<div><p><a href='/p/order/detail.html?orderId={id}'>x</a></p><b>Completed</b></div>")
        };
        let html = format!("<main>{}{}</main>", card(8_200_000_000_000_001), card(8_200_000_000_000_002));
        let snapshot = collect(&plan, &html, ADDRESSES[0]);
        let orders: Vec<_> = snapshot.root.regions("order").collect();
        assert_eq!(orders.len(), 2);
        assert!(orders.iter().all(|order| order.values("runs").eq(["Completed"])));
    }
}
