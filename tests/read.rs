//! `redress read` over the saved pages in `tests/pages`: each directory is a test.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a test that fails")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

fn redress(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_redress")).arg("read").args(arguments).output().unwrap()
}

fn read(page: &Path, case: &Value) -> String {
    let text =
        |key: &str| case[key].as_str().unwrap_or_else(|| panic!("{}: {key} is missing", page.display()));
    let arguments =
        [page.to_str().unwrap(), "--url", text("url"), "--now", text("now"), "--zone", text("zone")];
    let output = redress(&arguments);
    assert!(output.status.success(), "{}: {}", page.display(), String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Differences of what was expected and what was read: objects by the expected keys, `orders` and `items` by length and
/// order, other lists as sets of which an empty one means empty, texts after folding white space.
fn differences(place: &str, expected: &Value, found: &Value, out: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, value) in expected {
                let place = format!("{place}.{key}");
                match found.get(key) {
                    Some(found) => differences(&place, value, found, out),
                    None => out.push(format!("{place} is missing")),
                }
            }
        }
        (Value::Array(expected), Value::Array(found)) => {
            let in_order = matches!(place.rsplit('.').next(), Some("orders" | "items"));
            if (in_order || expected.is_empty()) && expected.len() != found.len() {
                out.push(format!(
                    "{place}: {} expected, {} found: {}",
                    expected.len(),
                    found.len(),
                    Value::from(found.clone())
                ));
            }
            for (index, value) in expected.iter().enumerate() {
                let place = format!("{place}[{index}]");
                if in_order {
                    differences(&place, value, found.get(index).unwrap_or(&Value::Null), out);
                } else if !found.iter().any(|found| equal(value, found)) {
                    out.push(format!("{place}: {value} is not among {}", Value::from(found.clone())));
                }
            }
        }
        _ if equal(expected, found) => {}
        _ => out.push(format!("{place}: {expected} expected, {found} found")),
    }
}

fn equal(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::String(expected), Value::String(found)) => {
            expected.split_whitespace().eq(found.split_whitespace())
        }
        (Value::Object(_) | Value::Array(_), _) => {
            let mut out = Vec::new();
            if expected.is_object() == found.is_object() {
                differences("", expected, found, &mut out);
            }
            expected.is_object() == found.is_object() && out.is_empty()
        }
        _ => expected == found,
    }
}

fn directories() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut all: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

#[test]
fn saved_pages_are_read_as_expected() {
    let mut out = Vec::new();
    for directory in directories() {
        let slug = directory.file_name().unwrap().to_str().unwrap();
        let case: Value =
            serde_json::from_str(&fs::read_to_string(directory.join("case.json")).unwrap()).unwrap();
        assert!(
            case["about"].is_string() && case["expect"].is_object(),
            "{slug}: about or expect is missing"
        );
        let answer = read(&directory.join("page.html"), &case);
        differences(slug, &case["expect"], &serde_json::from_str(&answer).unwrap(), &mut out);
        for text in case["forbid"].as_array().into_iter().flatten() {
            let text = text.as_str().unwrap();
            if answer.contains(text) {
                out.push(format!("{slug}: {text:?} must not be in the answer"));
            }
        }
    }
    assert!(out.is_empty(), "\n{}", out.join("\n"));
}

#[test]
fn the_comparison_can_fail() {
    let found = serde_json::json!({"orders": [{"a": "x  y", "list": [1, 2]}], "items": []});
    for (expected, count) in [
        (serde_json::json!({"orders": [{"a": "x y", "list": [2]}]}), 0),
        (serde_json::json!({"orders": [{"a": "x z"}]}), 1),
        (serde_json::json!({"orders": []}), 1),
        (serde_json::json!({"orders": [{"list": []}]}), 1),
        (serde_json::json!({"orders": [{"list": [3]}]}), 1),
        (serde_json::json!({"other": null}), 1),
    ] {
        let mut out = Vec::new();
        differences("page", &expected, &found, &mut out);
        assert_eq!(out.len(), count, "{expected}: {out:?}");
    }
}

const LIST: &str = "https://www.aliexpress.com/p/order/index.html";

#[test]
fn bad_arguments_give_one_clear_line() {
    let page = directories()[0].join("page.html");
    let page = page.to_str().unwrap();
    for (arguments, word) in [
        (vec!["missing.html", "--url", LIST], "missing.html"),
        (vec!["tests", "--url", LIST], "tests"),
        (vec![page, "--url", "not an address"], "--url"),
        (vec![page, "--url", "file:///tmp/page.html"], "--url"),
        (vec![page, "--url", LIST, "--now", "yesterday"], "--now"),
        (vec![page, "--url", LIST, "--zone", "Mars/Olympus"], "--zone"),
    ] {
        let output = redress(&arguments);
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success(), "{arguments:?}");
        assert_eq!(message.lines().count(), 1, "{message}");
        assert!(message.contains(word), "{message}");
    }
}

#[test]
fn any_bytes_are_read() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let whole =
        fs::read(directories().iter().find(|path| path.ends_with("list-cards")).unwrap().join("page.html"));
    let whole = whole.unwrap();
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(String::from_utf8_lossy(&whole).encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let bytes: Vec<u8> = (0..=255).cycle().take(20_000).collect();
    let mut broken = whole.clone();
    broken.iter_mut().step_by(97).for_each(|byte| *byte = 0xf0);
    let nested = "<div class='order-item'><b>".repeat(3_000).into_bytes();
    let text = format!("<title>x</title><div class='order-item'>{}", "Date: ".repeat(200_000)).into_bytes();
    for (name, content) in [
        ("empty", Vec::new()),
        ("cut", whole[..whole.len() / 3].to_vec()),
        ("binary", bytes),
        ("broken", broken),
        ("nested", nested),
        ("long", text),
        ("utf16", utf16),
    ] {
        let path = folder.join(format!("{name}.html"));
        fs::write(&path, content).unwrap();
        let output = redress(&[path.to_str().unwrap(), "--url", LIST, "--now", "2026-09-07T12:00:00Z"]);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let reading: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(reading["page"], "order_list", "{name}");
        if name == "utf16" {
            assert_eq!(reading["orders"][0]["order_id"], "8200000000000001");
        }
    }
}

/// Pages hold invented data only.
#[test]
fn saved_pages_are_anonymous() {
    for directory in directories() {
        for name in ["page.html", "case.json"] {
            let text = fs::read_to_string(directory.join(name)).unwrap();
            let place = format!("{}/{name}", directory.display());
            for run in text.split(|sign: char| !sign.is_ascii_digit()).filter(|run| run.len() >= 10) {
                let invented = ["82000000000", "100500000000", "11000000", "00000"];
                assert!(
                    invented.iter().any(|start| run.starts_with(start)),
                    "{place}: {run} is no invented number"
                );
            }
            for word in text.split(|sign: char| sign.is_whitespace() || "\"'<>()=,;".contains(sign)) {
                let mail =
                    word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
                assert!(!mail, "{place}: {word} looks like an e-mail address");
            }
            for after in text.split('+').skip(1) {
                let near: String = after.chars().take(14).collect();
                let digits = near.chars().filter(char::is_ascii_digit).count();
                assert!(digits < 8, "{place}: {near:?} looks like a telephone number");
            }
        }
    }
}
