//! Lower case in the scripts of the languages that are read: Latin, Cyrillic, Greek, full-width Latin. The other scripts
//! have one case. The standard library's table is for every script and was 13 KB of the core.

/// A text in lower case.
pub(super) fn lower(text: &str) -> String {
    text.chars().flat_map(lower_sign).collect()
}

/// A character in lower case. `İ` becomes an `i` and a dot above it, as the standard library has it.
pub(super) fn lower_sign(sign: char) -> impl Iterator<Item = char> {
    let code = u32::from(sign);
    let low = match code {
        0x41..=0x5a
        | 0xc0..=0xd6
        | 0xd8..=0xde
        | 0x391..=0x3a1
        | 0x3a3..=0x3ab
        | 0x410..=0x42f
        | 0xff21..=0xff3a => code + 32,
        0x130 => u32::from('i'),
        0x178 => 0xff,
        0x386 => 0x3ac,
        0x388..=0x38a => code + 37,
        0x38c => 0x3cc,
        0x38e..=0x38f => code + 63,
        0x400..=0x40f => code + 80,
        0x1e9e => 0xdf,
        // Capital and small letter side by side, the capital first: on an odd place here, on an even one elsewhere.
        0x139..=0x148 | 0x179..=0x17e | 0x1af | 0x4c1..=0x4ce if code % 2 == 1 => code + 1,
        0x100..=0x137
        | 0x14a..=0x177
        | 0x1a0
        | 0x218..=0x21f
        | 0x460..=0x481
        | 0x48a..=0x4bf
        | 0x4d0..=0x52f
        | 0x1e00..=0x1e95
        | 0x1ea0..=0x1eff
            if code % 2 == 0 =>
        {
            code + 1
        }
        _ => code,
    };
    let dot = (code == 0x130).then_some('\u{307}');
    char::from_u32(low).into_iter().chain(dot)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All letters that the data use, in both cases, and all of the scripts' main blocks.
    #[test]
    fn it_is_the_lower_case_of_the_standard_library() {
        let data = crate::order::phrases().chars();
        let signs = data.flat_map(|sign| sign.to_uppercase().chain([sign]));
        let blocks =
            ['\0'..='\u{17f}', '\u{386}'..='\u{3ab}', '\u{400}'..='\u{4bf}', '\u{1ea0}'..='\u{1eff}'];
        for sign in signs.chain(blocks.into_iter().flatten()) {
            assert!(lower_sign(sign).eq(sign.to_lowercase()), "{sign} {:x}", u32::from(sign));
        }
        assert_eq!(lower("İADE Ücreti, ƠN, ДЕНЬ"), "İADE Ücreti, ƠN, ДЕНЬ".to_lowercase());
    }
}
