//! `policy/*.toml`: read, checked, and written as static Rust data to `OUT_DIR`.

mod ladder;
mod rules;

use std::{env, fmt::Write as _, fs, path::Path};

use serde::de::DeserializeOwned;

/// Compiles both files. An error is one line that names the file and the entry.
pub(crate) fn compile() -> Result<(), String> {
    compile_one("rules", rules::write)?;
    compile_one("ladder", ladder::write)
}

fn compile_one<T: DeserializeOwned>(
    name: &str,
    write: fn(&T, &mut String) -> Result<(), String>,
) -> Result<(), String> {
    let file = format!("policy/{name}.toml");
    let mut code = String::new();
    write(&read(&file)?, &mut code).map_err(|problem| format!("{file}: {problem}"))?;
    let directory = env::var("OUT_DIR").map_err(|error| error.to_string())?;
    fs::write(Path::new(&directory).join(format!("policy_{name}.rs")), code)
        .map_err(|error| error.to_string())
}

fn read<T: DeserializeOwned>(file: &str) -> Result<T, String> {
    let text =
        fs::read_to_string(Path::new("crate/data").join(file)).map_err(|error| format!("{file}: {error}"))?;
    toml::from_str(&text).map_err(|error| {
        let line =
            error.span().and_then(|span| text.get(..span.start)).map_or(0, |head| head.lines().count());
        format!("{file}: near line {line}: {}", error.message().replace('\n', " "))
    })
}

fn unique<'a>(ids: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut seen = Vec::new();
    for id in ids {
        if seen.contains(&id) {
            return Err(format!("`{id}` is there twice"));
        }
        seen.push(id);
    }
    Ok(())
}

/// `short_promise` becomes `ShortPromise`.
fn camel(code: &str) -> String {
    code.split('_')
        .flat_map(|word| {
            let mut signs = word.chars();
            signs.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(signs)
        })
        .collect()
}

fn line(code: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(code, "{text}");
}
