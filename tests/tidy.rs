//! What holds for the whole tree of files: which part may use which, and what is nowhere.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

/// The folders that know nothing of a browser, a clock or a file.
const PURE: [&str; 6] = ["page", "order", "case", "evidence", "view", "app"];

/// Files below a folder of the repository, by the ends of their names, in order.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path, out) } else { out.push(path) }
        }
    }
    let mut all = Vec::new();
    walk(&root().join(folder), &mut all);
    all.retain(|path| endings.iter().any(|ending| path.extension().is_some_and(|own| own == *ending)));
    all.sort();
    assert!(!all.is_empty(), "no file in {folder}");
    all
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The lines of a text that hold one of the words, with their numbers. Comments may speak of what is not used.
fn lines_with<'t>(text: &'t str, words: &[&str]) -> Vec<(usize, &'t str)> {
    text.lines()
        .zip(1..)
        .map(|(line, number)| (number, line.trim()))
        .filter(|(_, line)| !line.starts_with("//") && words.iter().any(|word| line.contains(word)))
        .collect()
}

/// Lines with one of the words in these files, each as `file:line: text`.
fn found(files: &[PathBuf], words: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    for path in files {
        let name = path.strip_prefix(root()).unwrap().display();
        out.extend(
            lines_with(&read(path), words)
                .into_iter()
                .map(|(number, line)| format!("{name}:{number}: {line}")),
        );
    }
    out
}

fn manifest() -> Value {
    serde_json::from_str(&read("manifest.json")).unwrap()
}

/// The version in Cargo.toml.
const VERSION: &str = env!("CARGO_PKG_VERSION");

#[test]
fn pure_folders_name_neither_a_browser_nor_a_clock_nor_a_file() {
    let words = [
        "wasm_bindgen",
        "js_sys",
        "web_sys",
        "gloo",
        "std::time",
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "Utc::now",
        "Local::now",
    ];
    for folder in PURE {
        let folder = format!("crate/{folder}");
        // Tests may read the texts that they check.
        let files: Vec<_> = files(&folder, &["rs"])
            .into_iter()
            .filter(|path| {
                !path.components().any(|part| part.as_os_str().to_string_lossy().starts_with("tests"))
            })
            .collect();
        assert_eq!(found(&files, &words), Vec::<String>::new());
    }
}

#[test]
fn dependencies_point_one_way() {
    // Each part with those that it may not use.
    for (folder, above) in [
        ("page", &["order", "case", "evidence", "view", "app", "web"][..]),
        ("order", &["case", "evidence", "view", "app", "web"]),
        ("case", &["evidence", "view", "app", "web"]),
        ("evidence", &["order", "case", "view", "app", "web"]),
        ("view", &["app", "web"]),
        ("app", &["web"]),
        ("cli", &["web"]),
    ] {
        for path in files(&format!("crate/{folder}"), &["rs"]) {
            let text = read(&path);
            let wrong: Vec<_> = above.iter().filter(|part| uses_part(&text, part)).collect();
            assert!(wrong.is_empty(), "{}: uses {wrong:?}", path.display());
        }
    }
}

/// Whether a text of Rust names something in a part: `part::`, wherever a path may begin or go on.
fn uses_part(text: &str, part: &str) -> bool {
    let path = format!("{part}::");
    let word = |sign: char| sign.is_alphanumeric() || sign == '_';
    lines_with(text, &[&path]).into_iter().any(|(_, line)| {
        line.match_indices(&path).any(|(at, _)| !line.get(..at).is_some_and(|before| before.ends_with(word)))
    })
}

#[test]
fn the_checks_can_fail() {
    assert_eq!(lines_with("// eval(\nlet a = eval(b);\n", &["eval("]), [(2, "let a = eval(b);")]);
    let text = "use crate::{\n    app::App,\n    overview::Node,\n};\n// web::nothing\n";
    let parts: Vec<&str> = ["app", "view", "web"].into_iter().filter(|part| uses_part(text, part)).collect();
    assert_eq!(parts, ["app"]);
}

#[test]
fn no_script_makes_code_or_markup_of_text() {
    let words = [
        ".innerHTML",
        ".outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "setHTMLUnsafe",
        "DOMParser",
        "createContextualFragment",
        "srcdoc",
        "javascript:",
    ];
    assert_eq!(found(&files("extension", &["js", "html"]), &words), Vec::<String>::new());
}

#[test]
fn no_script_asks_the_network() {
    let words =
        ["XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon", "WebTransport", "RTCPeerConnection"];
    let scripts = files("extension", &["js", "html"]);
    assert_eq!(found(&scripts, &words), Vec::<String>::new());
    // What is fetched is a file of the extension itself.
    let fetched = found(&scripts, &["fetch("]);
    assert!(fetched.iter().all(|line| line.contains("fetch(api.runtime.getURL(")), "{fetched:?}");
}

#[test]
fn every_rust_file_begins_by_saying_what_it_is() {
    let files = [files("crate", &["rs"]), files("tests", &["rs"])].concat();
    let silent: Vec<_> = files.iter().filter(|path| !read(path).starts_with("//! ")).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn the_changelog_has_this_version() {
    let heading = format!("## {VERSION}");
    let text = read("CHANGELOG.md");
    assert!(
        text.lines().any(|line| {
            line.strip_prefix(&heading).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        }),
        "{heading} is missing"
    );
}

#[test]
fn the_manifest_asks_for_no_more_than_is_needed() {
    let manifest = manifest();
    let ours =
        json!(["https://*.aliexpress.com/*", "https://*.aliexpress.us/*", "https://*.aliexpress.ru/*"]);
    assert_eq!(
        manifest["permissions"],
        json!([
            "activeTab",
            "alarms",
            "contextMenus",
            "notifications",
            "scripting",
            "sidePanel",
            "storage",
            "unlimitedStorage"
        ])
    );
    assert_eq!(manifest["host_permissions"], ours);
    assert_eq!(manifest["content_scripts"].as_array().map(Vec::len), Some(1));
    assert_eq!(manifest["content_scripts"][0]["matches"], ours);
    assert_eq!(manifest["version"], VERSION);
    // A page can neither load our files nor talk to us.
    for key in ["web_accessible_resources", "externally_connectable"] {
        assert!(manifest.get(key).is_none_or(|list| *list == json!([])), "{key}");
    }
    // Asked for by a click in the settings, for captures without the toolbar.
    assert_eq!(manifest["optional_host_permissions"], json!(["<all_urls>"]));
    assert_eq!(manifest.get("optional_permissions"), None);
}

#[test]
fn our_own_pages_may_load_nothing_from_elsewhere() {
    let manifest = manifest();
    let policy = manifest["content_security_policy"]["extension_pages"].as_str().unwrap();
    let rules: BTreeSet<&str> = policy.split(';').map(str::trim).collect();
    assert!(rules.contains("default-src 'none'"), "{policy}");
    assert!(rules.contains("connect-src 'self'"), "{policy}");
    assert!(
        !["http:", "https:", "*", "'unsafe-eval'", "'unsafe-inline'"].iter().any(|word| {
            rules.iter().flat_map(|rule| rule.split(' ')).any(|source| source.starts_with(word))
        }),
        "{policy}"
    );
}

#[test]
fn the_hosts_of_the_manifest_are_those_of_the_layout_data() {
    let addresses = read("crate/data/sites/addresses.toml");
    let hosts = addresses.lines().find(|line| line.starts_with("hosts = ")).unwrap();
    let data: BTreeSet<String> =
        hosts.split('"').skip(1).step_by(2).map(|host| format!("https://*.{host}/*")).collect();
    let manifest = manifest();
    let asked: BTreeSet<String> = manifest["host_permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|host| host.as_str().unwrap().to_owned())
        .collect();
    assert_eq!(asked, data);
}
