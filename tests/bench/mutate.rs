//! Reads the saved pages after they were damaged, and compares with what was read before.

use std::{collections::BTreeMap, fmt};

use redress::page::{Address, PageKind};
use scraper::Html;
use serde_json::Value;

use crate::{
    damage::{self, ALL, Damage},
    facts::{self, Fact, Known},
    foreign,
    pages::{self, Page},
    random::Random,
};

/// Facts over all readings of damaged pages.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Tally {
    /// Read as before.
    pub(crate) right: u32,
    /// Read, and neither this nor any other value that the order had in that field before.
    pub(crate) wrong: u32,
    /// Not read any more.
    pub(crate) unread: u32,
    /// Those that the damaged page still shows beside a known label or in known words.
    pub(crate) readable: u32,
    /// Those of them that were read.
    pub(crate) readable_read: u32,
}

impl Tally {
    pub(crate) fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.unread += other.unread;
        self.readable += other.readable;
        self.readable_read += other.readable_read;
    }

    /// How many of a hundred facts that stand beside a known label are read.
    pub(crate) fn percent(&self) -> f64 {
        if self.readable == 0 {
            return 100.0;
        }
        100.0 * f64::from(self.readable_read) / f64::from(self.readable)
    }
}

/// A wrong value of a damaged page.
pub(crate) struct Wrong {
    page: String,
    damage: String,
    seed: u64,
    fact: Fact,
    /// What the order had in that field.
    before: Vec<Value>,
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { page, damage, seed, fact, before } = self;
        write!(
            out,
            "{page}, {damage}, seed {seed}: {} is {}, was {}",
            fact.field,
            fact.value,
            Value::from(before.clone())
        )
    }
}

/// All damages, each with as many seeds on every page.
pub(crate) fn run(seeds: u64) -> (BTreeMap<&'static str, Tally>, Vec<Wrong>) {
    let mut tallies: BTreeMap<&'static str, Tally> = BTreeMap::new();
    let mut wrong = Vec::new();
    for page in pages::all() {
        let truth = Truth::of(page);
        for seed in 0..seeds {
            for damage in &ALL {
                let tally = truth.judge(&[damage], seed, &mut wrong);
                tallies.entry(damage.name).or_default().add(tally);
            }
            let tally = truth.judge(&two(&truth.page.name, seed), seed, &mut wrong);
            tallies.entry("two of these").or_default().add(tally);
        }
    }
    (tallies, wrong)
}

/// Two different damages, in the order of the list.
fn two(page: &str, seed: u64) -> [&'static Damage; 2] {
    let mut random = Random::new(page, seed);
    let mut places: Vec<usize> = (0..ALL.len()).collect();
    damage::shuffle(&mut places, &mut random);
    let (one, other) = (places[0].min(places[1]), places[0].max(places[1]));
    [&ALL[one], &ALL[other]]
}

/// What was read from a page before it was damaged.
struct Truth {
    page: Page,
    html: String,
    orders: Vec<Vec<Fact>>,
    /// The order that may be injected: in a list it is one more order, on the page of an order it is nothing.
    stranger: Vec<Fact>,
    lines: Vec<String>,
    known: Known,
    /// The page of one order whose address does not say of which: where another number stands on it too, nobody can
    /// tell.
    is_of_any_order: bool,
}

impl Truth {
    fn of(page: Page) -> Self {
        let mut document = Html::parse_document(&page.html);
        damage::thin(&mut document);
        let html = document.html();
        let orders = orders(&page.read(&html));
        let is_list = page.plan.as_ref().is_some_and(|plan| plan.page == PageKind::OrderList);
        let stranger = if is_list { facts::of_order(&foreign::order()) } else { Vec::new() };
        let known = Known::of(&page.plan.as_ref().map(|plan| plan.words.clone()).unwrap_or_default());
        let lines = page.lines(&html, &known);
        let address = Address::parse(page.case["url"].as_str().unwrap()).unwrap();
        let is_of_any_order = address.kind() == PageKind::OrderDetail && address.order_id().is_none();
        Self { page, html, orders, stranger, lines, known, is_of_any_order }
    }

    fn judge(&self, damages: &[&Damage], seed: u64, wrong: &mut Vec<Wrong>) -> Tally {
        let names: Vec<&str> = damages.iter().map(|damage| damage.name).collect();
        if self.is_of_any_order && damages.iter().any(|damage| damage.adds_order) {
            return Tally::default();
        }
        let mut random = Random::new(&format!("{} {}", self.page.name, names.join(" ")), seed);
        let mut document = Html::parse_document(&self.html);
        for damage in damages {
            (damage.run)(&mut document, &mut random);
        }
        let html = document.html();
        let excluded =
            |fact: &Fact| damages.iter().any(|damage| damage.excludes.contains(&fact.field.as_str()));

        let labelled_only = damages.iter().any(|damage| damage.labelled_only);

        let read = orders(&self.page.read(&html));
        let lines = self.page.lines(&html, &self.known);
        let before = wrong.len();
        let mut matched: Vec<Vec<&Fact>> = vec![Vec::new(); self.orders.len()];
        for order in &read {
            let (place, own) = self.nearest(order, &lines);
            for fact in
                order.iter().filter(|fact| !excluded(fact) && (!labelled_only || self.is_labelled(own, fact)))
            {
                let values: Vec<Value> = of_field(own, &fact.field).map(|fact| fact.value.clone()).collect();
                if !values.contains(&fact.value)
                    && !self.is_address(fact)
                    && !is_other_wording(fact, order, own, &lines)
                    && !values.iter().any(|whole| is_marked_piece(fact, whole))
                {
                    let (page, damage, fact) = (self.page.name.clone(), names.join(" + "), fact.clone());
                    wrong.push(Wrong { page, damage, seed, fact, before: values });
                }
            }
            if let Some(facts) = place.and_then(|place| matched.get_mut(place)) {
                facts.extend(order);
            }
        }

        let mut tally = Tally { wrong: u32::try_from(wrong.len() - before).unwrap(), ..Tally::default() };
        let (counts_before, counts) = (facts::counted(&self.lines), facts::counted(&lines));
        for (own, found) in self.orders.iter().zip(&matched) {
            for fact in own.iter().filter(|fact| !excluded(fact)) {
                let is_read =
                    found.iter().any(|found| found.field == fact.field && found.value == fact.value);
                *(if is_read { &mut tally.right } else { &mut tally.unread }) += 1;
                let shown = fact.lines(&self.lines, &self.known);
                if !shown.is_empty() && shown.iter().all(|line| counts.get(line) >= counts_before.get(line)) {
                    tally.readable += 1;
                    tally.readable_read += u32::from(is_read);
                }
            }
        }
        tally
    }

    /// Whether the saved page shows what an order has in the field of a fact beside a known label.
    fn is_labelled(&self, own: &[Fact], fact: &Fact) -> bool {
        of_field(own, &fact.field).any(|own| !own.lines(&self.lines, &self.known).is_empty())
    }

    /// The number that the address states is the order's, whatever the page shows.
    fn is_address(&self, fact: &Fact) -> bool {
        let url = self.page.case["url"].as_str();
        let mut numbers = url.into_iter().flat_map(|url| url.split(|sign: char| !sign.is_ascii_digit()));
        fact.field == "order_id" && numbers.any(|number| fact.value == number)
    }

    /// The order that has the same number; where none was read, the one that it contradicts least. An order that the page
    /// did not have before has no facts: all that is said of it is wrong. Where a page that had moved on does not show its
    /// own number any more, the number of its address is all there is.
    fn nearest(&self, order: &[Fact], lines: &[String]) -> (Option<usize>, &[Fact]) {
        let strange = |own: &Vec<Fact>| {
            order
                .iter()
                .filter(|fact| !of_field(own, &fact.field).any(|known| known.value == fact.value))
                .count()
        };
        let id = of_field(order, "order_id").next();
        let is_gone =
            |own: &Fact| !lines.iter().any(|line| own.value.as_str().is_some_and(|id| line.contains(id)));
        let same = |id: &Fact, own: &Fact| own.value == id.value || (self.is_address(id) && is_gone(own));
        let candidates = self.orders.iter().enumerate();
        let candidates = candidates.filter(|(_, own)| {
            id.is_none_or(|id| {
                let mut numbers = of_field(own, "order_id").peekable();
                // Where the page showed a number that could not be read, the address is all there is.
                if numbers.peek().is_none() { self.is_address(id) } else { numbers.any(|own| same(id, own)) }
            })
        });
        match candidates.min_by_key(|(_, own)| strange(own)) {
            Some((place, own)) => (Some(place), own),
            None if id.is_some_and(|id| id.value == foreign::ORDER_ID) => (None, &self.stranger),
            None => (None, &[]),
        }
    }
}

fn orders(reading: &Value) -> Vec<Vec<Fact>> {
    reading["orders"].as_array().into_iter().flatten().map(facts::of_order).collect()
}

fn of_field<'a>(facts: &'a [Fact], field: &'a str) -> impl Iterator<Item = &'a Fact> {
    facts.iter().filter(move |fact| fact.field == field)
}

/// Other words of the page that say the same about the status: `Order cancelled` beside `Cancelled`. They count as not
/// read.
fn is_other_wording(fact: &Fact, order: &[Fact], own: &[Fact], lines: &[String]) -> bool {
    let status = |facts| of_field(facts, "status").next().map(|fact| fact.value.clone());
    let is_line = || lines.iter().any(|line| fact.value == line.as_str());
    fact.field == "status_text" && status(order).is_some() && status(order) == status(own) && is_line()
}

/// A quotation that is the beginning of the true one and itself shows the mark of a cut: it claims no more than the page
/// does. It counts as not read.
fn is_marked_piece(fact: &Fact, whole: &Value) -> bool {
    let is_quotation =
        matches!(fact.field.as_str(), "items.title" | "store.name" | "items.store.name" | "status_text");
    let (Some(value), Some(whole)) = (fact.value.as_str(), whole.as_str()) else { return false };
    // It may have been cut twice.
    let piece = value.trim_end_matches(['…', '.']);
    is_quotation && piece.len() < value.len() && piece.len() < whole.len() && whole.starts_with(piece)
}
