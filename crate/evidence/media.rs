//! Kinds of files, told by their first bytes. What a name says is not asked.

use std::str::from_utf8;

use crate::code::codes;

codes! {
    /// The media type of a file that is kept.
    MediaType {
        /// A picture without loss, as the browser's capture gives it.
        Png = "image/png",
        /// A photo.
        Jpeg = "image/jpeg",
        /// A picture for the web.
        Webp = "image/webp",
        /// A photo of a telephone, HEIF with HEVC.
        Heic = "image/heic",
        /// A video, MPEG-4.
        Mp4 = "video/mp4",
        /// A video, `WebM`.
        Webm = "video/webm",
        /// A video, `QuickTime`.
        Quicktime = "video/quicktime",
        /// A document.
        Pdf = "application/pdf",
        /// A text in UTF-8.
        Text = "text/plain",
    }
}

/// How many of a file's first bytes are enough to tell its type.
pub const START: usize = 64;

/// "Major brands" of files after ISO/IEC 14496-12, as cameras and telephones write them (registry: mp4ra.org).
const BRANDS: [(MediaType, &[&[u8; 4]]); 3] = [
    (MediaType::Heic, &[b"heic", b"heix", b"heim", b"heis", b"mif1"]),
    (MediaType::Quicktime, &[b"qt  "]),
    (
        MediaType::Mp4,
        &[
            b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV",
            b"3gp4", b"3gp5", b"3gp6",
        ],
    ),
];

impl MediaType {
    /// The type of a file that begins with these bytes, the first [`START`] of it or all.
    ///
    /// Signatures: PNG (its specification, 5.2), JPEG (ITU T.81, B.1.1.2), WebP (RFC 9649, 2.3), `ftyp` (ISO/IEC
    /// 14496-12, 4.3), `WebM` (RFC 8794, 8.1, and its `DocType`), PDF (ISO 32000-1, 7.5.2).
    pub fn of(start: &[u8]) -> Option<Self> {
        let holds = |text: &[u8]| start.windows(text.len()).take(START).any(|window| window == text);
        let at = |place: usize, text: &[u8]| start.get(place..).is_some_and(|rest| rest.starts_with(text));
        if at(4, b"ftyp") {
            let is_one = |brands: &[&[u8; 4]]| brands.iter().any(|brand| at(8, *brand));
            return BRANDS.iter().find(|(_, brands)| is_one(brands)).map(|(kind, _)| *kind);
        }
        match () {
            () if at(0, b"\x89PNG\r\n\x1a\n") => Some(Self::Png),
            () if at(0, b"\xff\xd8\xff") => Some(Self::Jpeg),
            () if at(0, b"RIFF") && at(8, b"WEBP") => Some(Self::Webp),
            () if at(0, b"\x1a\x45\xdf\xa3") && holds(b"webm") => Some(Self::Webm),
            () if at(0, b"%PDF-") => Some(Self::Pdf),
            () if is_text(start) => Some(Self::Text),
            () => None,
        }
    }

    /// The ending of a file of this type, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
            Self::Heic => "heic",
            Self::Mp4 => "mp4",
            Self::Webm => "webm",
            Self::Quicktime => "mov",
            Self::Pdf => "pdf",
            Self::Text => "txt",
        }
    }

    /// Whether it is a picture.
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Webp | Self::Heic)
    }

    /// Whether it is a picture that the browsers of the extension can show. HEIC is none.
    pub const fn is_shown(self) -> bool {
        self.is_picture() && !matches!(self, Self::Heic)
    }

    /// Whether it is a video.
    pub const fn is_video(self) -> bool {
        matches!(self, Self::Mp4 | Self::Webm | Self::Quicktime)
    }
}

/// Whether these are the first bytes of a text in UTF-8, without control characters but tabs and line ends. The last
/// character may be cut.
fn is_text(start: &[u8]) -> bool {
    let text = match from_utf8(start) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            start.get(..error.valid_up_to()).and_then(|whole| from_utf8(whole).ok()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.is_empty() && !text.contains(|one: char| one.is_control() && !matches!(one, '\t' | '\n' | '\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_told_by_the_first_bytes() {
        for (start, expected) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], Some(MediaType::Png)),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Some(MediaType::Jpeg)),
            (b"RIFF\x24\0\0\0WEBPVP8 ", Some(MediaType::Webp)),
            (b"RIFF\x24\0\0\0WAVEfmt ", None),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Some(MediaType::Heic)),
            (b"\0\0\0\x18ftypmp42\0\0\0\0", Some(MediaType::Mp4)),
            (b"\0\0\0\x14ftypqt  \0\0\0\0", Some(MediaType::Quicktime)),
            (b"\0\0\0\x14ftypavif\0\0\0\0", None),
            (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webmB", Some(MediaType::Webm)),
            (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska", None),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", Some(MediaType::Pdf)),
            ("Der Bote war nicht da.\r\n".as_bytes(), Some(MediaType::Text)),
            ("заказ".as_bytes(), Some(MediaType::Text)),
            // Cut within a character.
            ("заказ".as_bytes().split_last().unwrap().1, Some(MediaType::Text)),
            (b"MZ\x90\0\x03\0", None),
            (b"PK\x03\x04\x14\0", None),
            (b"caf\xe9 au lait", None),
            (b"", None),
        ] {
            assert_eq!(MediaType::of(start), expected, "{start:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_have_a_type_or_none(start in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..80)) {
            let _ = MediaType::of(&start);
        }
    }
}
