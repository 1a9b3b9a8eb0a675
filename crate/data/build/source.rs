//! Reading data files and writing the Rust they become.

use std::{env, fs, path::Path};

use serde::de::DeserializeOwned;

/// Parses one TOML file. The error names the file and the place in one line.
pub(crate) fn parse<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    if let Some(number) = text.lines().position(|line| line.ends_with(char::is_whitespace)) {
        return Err(format!("{}: line {} ends in a space", path.display(), number + 1));
    }
    toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(0, |span| text.get(..span.start).map_or(0, |t| t.lines().count()));
        format!("{}: line {line}: {}", path.display(), error.message())
    })
}

/// Writes one generated file into the build's output folder.
pub(crate) fn write(name: &str, text: &str) -> Result<(), String> {
    let folder = env::var("OUT_DIR").map_err(|error| format!("OUT_DIR: {error}"))?;
    fs::write(Path::new(&folder).join(name), text).map_err(|error| format!("{name}: {error}"))
}

/// A static slice of the given expressions.
pub(crate) fn slice<I: IntoIterator<Item = String>>(items: I) -> String {
    format!("&[{}]", items.into_iter().collect::<Vec<_>>().join(","))
}

/// A static slice of string literals.
pub(crate) fn strings<S: AsRef<str>>(items: &[S]) -> String {
    slice(items.iter().map(|item| format!("{:?}", item.as_ref())))
}

/// An error where `items` are not sorted, unique and trimmed: one form for one content.
pub(crate) fn canonical<S: AsRef<str>>(place: &str, items: &[S]) -> Result<(), String> {
    for item in items {
        let item = item.as_ref();
        if item.is_empty() || item.trim() != item {
            return Err(format!("{place}: {item:?} is empty or has spaces around it"));
        }
    }
    for pair in items.windows(2) {
        if let [first, second] = pair
            && first.as_ref() >= second.as_ref()
        {
            return Err(format!("{place}: {:?} must stand before {:?}", second.as_ref(), first.as_ref()));
        }
    }
    Ok(())
}

/// `in_transit` → `InTransit`: a name of the data as a name in Rust.
pub(crate) fn camel(name: &str) -> String {
    name.split('_')
        .map(|part| {
            let mut chars = part.chars();
            chars
                .next()
                .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
        })
        .collect()
}
