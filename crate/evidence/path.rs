//! Which paths a dossier may use.

/// Names that Windows keeps for devices, with or without an ending.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Whether a path can be unpacked anywhere without surprise: relative, `/` between its parts, ASCII letters,
/// digits, `-`, `_` and `.` only, no part that is empty, begins or ends with a dot or is a device on Windows,
/// 200 bytes at most.
pub fn is_safe_path(path: &str) -> bool {
    path.len() <= 200 && path.split('/').all(is_safe_part)
}

fn is_safe_part(part: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let device =
        RESERVED.contains(&stem.as_str()) || numbered.is_some_and(|n| matches!(n.as_bytes(), [b'0'..=b'9']));
    !part.is_empty() && part.bytes().all(allowed) && !part.starts_with('.') && !part.ends_with('.') && !device
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safe_paths() {
        for path in ["README.txt", "captures/01-order_detail-20261123T102905Z.png", "SHA256SUMS", "a/b/c.d.e"]
        {
            assert!(is_safe_path(path), "{path}");
        }
    }

    #[test]
    fn unsafe_paths() {
        let long = "a".repeat(201);
        for path in [
            "",
            "/",
            "/etc/passwd",
            "../a",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            ".a",
            "a.",
            "a\\b",
            "C:a",
            "a b",
            "a\nb",
            "a\u{1b}[2J",
            "é",
            "NUL",
            "aux.txt",
            "a/COM1.png",
            "lpt9",
            &long,
        ] {
            assert!(!is_safe_path(path), "{path}");
        }
    }
}
