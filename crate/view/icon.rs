//! Icons as drawn paths, on a grid of 24.

use super::{Attribute, Element, Tag, element};

/// An icon. It never stands alone for a meaning: words or a label stand beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Icon {
    Alert,
    Camera,
    Check,
    Clock,
    Close,
    Corner,
    Done,
    Minus,
    Missing,
    Question,
    Shield,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Alert => "M12 4 2.8 20h18.4zM12 10v4.5M12 17.4v.1",
            Self::Camera => {
                "M4 8h3l1.6-2.5h6.8L17 8h3a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM12 16.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6z"
            }
            Self::Check => "M5 12.5 10 17.5 19.5 7",
            Self::Clock => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.2l3.4 2",
            Self::Close => "M6 6l12 12M18 6 6 18",
            Self::Corner => "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
            Self::Done => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12.3l2.8 2.8L16 9.6",
            Self::Minus => "M6 12h12",
            Self::Missing => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
            Self::Question => {
                "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9.6 9.4a2.5 2.5 0 1 1 3.4 2.3c-.7.3-1 .8-1 1.6M12 16.6v.1"
            }
            Self::Shield => {
                "M12 3l7.5 2.7v5.8c0 4.4-3 7.7-7.5 9.5-4.5-1.8-7.5-5.1-7.5-9.5V5.7zM9 10.2h4a2.3 2.3 0 0 1 0 4.6h-2.6M11 8l-2.2 2.2L11 12.4"
            }
        }
    }

    /// The icon as nodes, hidden from assistive technology.
    pub(super) fn draw(self) -> Element {
        element(Tag::Svg)
            .attribute(Attribute::ViewBox, "0 0 24 24")
            .attribute(Attribute::AriaHidden, "true")
            .child(element(Tag::Path).attribute(Attribute::D, self.path()))
    }
}
