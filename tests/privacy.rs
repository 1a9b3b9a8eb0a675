//! Nothing leaves a page but what its layout names: a person's data put everywhere into every saved page does not come out.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use redress::order::plan_of;
use scraper::{ElementRef, Html, Node, Selector, node::Text};
use serde_json::Value;

/// Invented. A number of one or two digits may pass beside a date and tells nothing; every longer piece is looked for.
const PERSON: &str = "Zarquon Qwyzzle, 17 Blorptown Road, 90317 Vexley, Tel. 00000 555 0123, Visa 0000 1112, zarquon at vexley";
const PIECES: [&str; 10] =
    ["Zarquon", "Qwyzzle", "Blorptown", "Road", "Vexley", "90317", "555", "0123", "1112", "Visa"];
/// Stands in the tree where the person is put in; no page has it.
const PLACE: &str = "\u{e000}";

/// The elements of the fields whose words may be anything: what the shop or the seller wrote there is shown to the buyer.
fn free(root: &Value, out: &mut Vec<Selector>) {
    for field in root[2].as_array().unwrap().iter().filter(|field| field[1] == "words") {
        for way in field[2].as_array().unwrap() {
            out.push(Selector::parse(way[1].as_str().unwrap()).unwrap());
        }
    }
    root[3].as_array().unwrap().iter().for_each(|inner| free(inner, out));
}

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut all: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

/// The page with a mark at the end of every element that is not free for any words and holds none that is a promise.
fn marked(html: &str, free: &[Selector], promises: &[&str], inline: bool) -> String {
    let mut page = Html::parse_document(html);
    let body = page.select(&Selector::parse("body").unwrap()).next().unwrap();
    let is_free = |element: &ElementRef<'_>| {
        let above = element.ancestors().filter_map(ElementRef::wrap).chain([*element]);
        above.into_iter().any(|at| free.iter().any(|selector| selector.matches(&at)))
    };
    // In the middle of a promise's own line words are a part of what the shop promises.
    let in_promise = |element: &ElementRef<'_>| {
        let line = element.ancestors().filter_map(ElementRef::wrap).take(2).chain([*element]);
        line.into_iter().any(|part| {
            let text = part.text().collect::<String>().to_lowercase();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            text.len() < 400 && promises.iter().any(|promise| text.contains(promise))
        })
    };
    let places: Vec<_> = body
        .descendent_elements()
        .filter(|element| {
            !matches!(element.value().name(), "script" | "style" | "textarea" | "select" | "option")
        })
        // The shop writes a price with an element for each character: nothing else stands inside one.
        .filter(|element| element.text().map(str::len).sum::<usize>() != 1)
        .filter(|element| !(is_free(element) || (inline && in_promise(element))))
        .map(|element| element.id())
        .collect();
    for place in places {
        page.tree.get_mut(place).unwrap().append(Node::Text(Text { text: PLACE.into() }));
    }
    let person = if inline { format!(" {PERSON} ") } else { format!("<div>{PERSON}</div>") };
    page.html().replace(PLACE, &person)
}

#[test]
fn a_person_put_everywhere_into_a_page_does_not_come_out() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut leaks = Vec::new();
    let mut read = 0;
    for directory in pages() {
        let slug = directory.file_name().unwrap().to_str().unwrap().to_owned();
        let case: Value =
            serde_json::from_str(&fs::read_to_string(directory.join("case.json")).unwrap()).unwrap();
        let url = case["url"].as_str().unwrap();
        let Some(plan) = plan_of(url) else { continue };
        let mut selectors = Vec::new();
        free(&serde_json::from_str(plan.root).unwrap(), &mut selectors);
        let promises: Vec<&str> = plan.words.contain.lines().collect();
        let html = String::from_utf8_lossy(&fs::read(directory.join("page.html")).unwrap()).into_owned();
        for inline in [false, true] {
            let path = folder.join(format!("privacy-{slug}.html"));
            fs::write(&path, marked(&html, &selectors, &promises, inline)).unwrap();
            let output = Command::new(env!("CARGO_BIN_EXE_redress"))
                .args(["read", "--snapshot", path.to_str().unwrap(), "--url", url])
                .output()
                .unwrap();
            assert!(output.status.success());
            let text = String::from_utf8(output.stdout).unwrap();
            read += text.matches("\"values\"").count();
            for line in text.lines().filter(|line| PIECES.iter().any(|piece| line.contains(piece))) {
                leaks.push(format!("{slug} ({}): {}", if inline { "inline" } else { "block" }, line.trim()));
            }
            fs::remove_file(path).unwrap();
        }
    }
    // The pages are still read, or their silence would prove nothing.
    assert!(read > 2000, "{read}");
    assert!(leaks.is_empty(), "{} lines\n{}", leaks.len(), leaks.join("\n"));
}

/// The test can fail: in a free field the person comes out.
#[test]
fn what_stands_in_a_title_comes_out() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("privacy-title.html");
    fs::write(&path, format!("<div class=order-item><div class=order-item-content-body><div class=order-item-content-info><div class=order-item-content-info-name>{PERSON}</div></div></div></div>")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_redress"))
        .args([
            "read",
            "--snapshot",
            path.to_str().unwrap(),
            "--url",
            "https://www.aliexpress.com/p/order/index.html",
        ])
        .output()
        .unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("Zarquon"));
}
