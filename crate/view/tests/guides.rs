//! The guides: which texts `guides.json` and `guides.js` ask for, and that each guide is whole.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use serde::Deserialize;

use super::{Use, root};

/// What `guides.json` holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Guides {
    /// The day on which the sources were read.
    read: chrono::NaiveDate,
    /// Addresses by the name that their text has.
    links: BTreeMap<String, String>,
    groups: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    id: String,
    /// What stands over the steps of its guides.
    heading: String,
    guides: Vec<Guide>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Guide {
    id: String,
    steps: usize,
    ready: usize,
    #[serde(default)]
    links: Vec<String>,
    /// Other guides.
    #[serde(default)]
    see: Vec<String>,
    basis: Vec<Basis>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Basis {
    /// As the handbook notes it, with its sign or with two letters.
    grade: Option<String>,
    age: String,
    sources: Vec<String>,
}

fn guides() -> Guides {
    serde_json::from_str(&fs::read_to_string(root().join("extension/guides.json")).unwrap()).unwrap()
}

/// The ending of the text that explains a grade of the handbook, or of none; between two letters the weaker one.
fn explanation(grade: Option<&str>) -> Option<&'static str> {
    Some(match grade {
        None => "none",
        Some("A") => "a",
        Some("A-" | "A/B" | "B") => "b",
        Some("C") => "c",
        Some(_) => return None,
    })
}

/// The texts that a file of guides names.
fn named(file: &Guides) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    keys.extend(file.links.keys().map(|name| format!("guides_link_{name}")));
    for group in &file.groups {
        keys.extend([format!("guides_group_{}", group.id), format!("guides_heading_{}", group.heading)]);
        for guide in &group.guides {
            let id = &guide.id;
            keys.extend([format!("guide_{id}_title"), format!("guide_{id}_when")]);
            for (part, count) in [("step", guide.steps), ("ready", guide.ready), ("basis", guide.basis.len())]
            {
                keys.extend((1..=count).map(|number| format!("guide_{id}_{part}_{number}")));
            }
            for basis in &guide.basis {
                keys.extend(explanation(basis.grade.as_deref()).map(|end| format!("guides_grade_{end}")));
                keys.insert(format!("guides_age_{}", basis.age));
            }
        }
    }
    keys
}

/// The texts that a script says by their whole keys: `say("key")`, or `say("key", value)` for one with a value.
fn said(script: &str) -> BTreeSet<(String, Use)> {
    let with_value = |key: &str| usize::from(script.contains(&format!("say(\"{key}\", ")));
    script
        .split('"')
        .filter(|quoted| quoted.starts_with("guides_"))
        .map(|key| (key.to_owned(), (with_value(key), false)))
        .collect()
}

/// Every text that the page of guides can show.
pub(super) fn uses() -> BTreeSet<(String, Use)> {
    let script = fs::read_to_string(root().join("extension/guides.js")).unwrap();
    let named = named(&guides()).into_iter().map(|key| (key, (0, false)));
    named.chain(said(&script)).collect()
}

#[test]
fn a_script_names_its_texts() {
    let script = "sheet(\"guides_ready\", x); say(\"guides_read\", { day: read }); say(`guides_age_${age}`);";
    let keys = [("guides_read", 1), ("guides_ready", 0)];
    assert_eq!(said(script), keys.map(|(key, values)| (key.to_owned(), (values, false))).into());
}

#[test]
fn every_guide_is_short_and_says_what_it_rests_on() {
    let file = guides();
    assert!(file.read.to_string().starts_with("20"), "{}", file.read);
    let all: Vec<&Guide> = file.groups.iter().flat_map(|group| &group.guides).collect();
    let ids: BTreeSet<&str> = all.iter().map(|guide| guide.id.as_str()).collect();
    assert_eq!(ids.len(), all.len(), "an id stands twice");
    for guide in &all {
        let id = &guide.id;
        assert!((3..=7).contains(&guide.steps), "{id} has {} steps", guide.steps);
        assert!(guide.ready > 0, "{id} says nothing to have ready");
        assert!(!guide.basis.is_empty(), "{id} rests on nothing");
        for basis in &guide.basis {
            assert!(!basis.sources.is_empty(), "{id} has a basis without a source");
            assert!(explanation(basis.grade.as_deref()).is_some(), "{id}: {:?} is no grade", basis.grade);
        }
        for other in &guide.see {
            assert!(other != id && ids.contains(other.as_str()), "{id} points to {other}");
        }
    }
    let used: BTreeSet<&String> = all.iter().flat_map(|guide| &guide.links).collect();
    assert_eq!(used, file.links.keys().collect(), "links that are named and links that are used");
}

/// Hosts outside the shop that a guide may lead to: authorities and payment firms that the handbook names.
const OFFICIAL: [&str; 6] = [
    "digital-strategy.ec.europa.eu",
    "europa.eu",
    "www.consumerfinance.gov",
    "www.klarna.com",
    "www.moneyhelper.org.uk",
    "www.paypal.com",
];

/// Whether an address is https and its host the shop's, by suffix, or an official one.
fn leads_to_a_known_host(address: &str) -> bool {
    let host = address.strip_prefix("https://").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let ours = |shop| host.strip_suffix(shop).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
    OFFICIAL.contains(&host) || ["aliexpress.com", "aliexpress.ru", "aliexpress.us"].into_iter().any(ours)
}

#[test]
fn guides_lead_only_to_the_shop_and_to_official_pages() {
    let wrong: Vec<_> =
        guides().links.into_values().filter(|address| !leads_to_a_known_host(address)).collect();
    assert_eq!(wrong, Vec::<String>::new());
    for address in [
        "http://www.aliexpress.com/",
        "https://notaliexpress.com/",
        "https://aliexpress.com.example/",
        "https://www.aliexpress.com@example.com/",
        "https://example.com/europa.eu",
    ] {
        assert!(!leads_to_a_known_host(address), "{address}");
    }
}
