//! Places on an axis of time: by time, at least so far apart that no two marks overlap, and with a break in the one gap that
//! would squeeze all others.

/// Marks on an axis.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Axis {
    /// The place of each, from 0 to the length.
    pub(super) places: Vec<i64>,
    /// Where the axis is broken: the middle of a gap that is drawn shorter than it is.
    pub(super) broken: Option<i64>,
}

/// A gap is broken only where it is longer than this, in milliseconds: 90 days, beyond what a protection lasts as a rule.
pub(super) const FAR: i64 = 90 * 86_400_000;

impl Axis {
    /// The places of `times` (milliseconds, in their order) on an axis of this length, so far `apart` that no two marks
    /// overlap. All of them must fit on it.
    ///
    /// Loops instead of chains of iterators: each chain is code of its own in the core.
    pub(super) fn new(times: &[i64], length: i64, apart: i64) -> Self {
        let mut gaps = Vec::new();
        let (mut whole, mut widest, mut before) = (0, 0, None);
        for time in times {
            let gap = before.map_or(0, |before| time - before);
            before = Some(*time);
            whole += gap;
            widest = gap.max(widest);
            gaps.push(gap);
        }
        let rest = whole - widest;
        // No second gap can be as wide. Broken, it takes a fifth of the axis.
        let is_broken = widest > FAR && widest / 2 > rest && rest > 0;
        let drawn = |gap: i64| if is_broken && gap == widest { rest / 4 } else { gap };
        let all = (rest + drawn(widest)).max(1);
        let mut places = Vec::new();
        let (mut sum, mut least) = (0, 0);
        for gap in &gaps {
            sum += drawn(*gap);
            let place = (sum * length / all).max(least);
            least = place + apart;
            places.push(place);
        }
        // Those that were pushed beyond the end push back.
        let mut most = length;
        for place in places.iter_mut().rev() {
            *place = (*place).min(most);
            most = *place - apart;
        }
        let (mut broken, mut before) = (None, 0);
        for (place, gap) in places.iter().zip(&gaps) {
            if is_broken && *gap == widest {
                broken = Some(i64::midpoint(before, *place));
            }
            before = *place;
        }
        Self { places, broken }
    }
}
